//! What each refusal means, and what to say and do about it.

use task_monitor::{
    api::{ApiError, Retry, TransportError, Words},
    wire::Response,
};

use crate::{ACTION, FAULT, HTML, Recorder, answer, client, run, support::job_id};

pub(crate) fn words(text: &str) -> Words {
    Words(Some(text).filter(|text| !text.is_empty()).map(str::to_owned))
}

pub(crate) fn server(status: u16, retry_after: Option<u32>, text: &str) -> ApiError {
    ApiError::Server { status, retry_after, words: words(text) }
}

/// The error of a read and that of a write, for one answer.
fn errors(make: impl Fn() -> Result<Response, TransportError>) -> [ApiError; 2] {
    let (reading, writing) = (Recorder::answering(make()), Recorder::answering(make()));
    let read = run(client(&reading).steps(job_id(1))).map(drop);
    let write = run(client(&writing).clear_job(job_id(1)));
    [read.unwrap_err(), write.unwrap_err()]
}

#[test]
fn what_each_refusal_means() {
    let permission = "query execution failed due to insufficient permissions.";
    let same = |error: ApiError| [error.clone(), error];
    let refused = |text: &str| [ApiError::Forbidden(words(text)), ApiError::Rejected(words(text))];
    let rows = [
        (401, HTML, same(ApiError::Unauthenticated)),
        (401, "", same(ApiError::Unauthenticated)),
        (401, FAULT, same(ApiError::Unauthenticated)),
        (403, "", same(ApiError::Forbidden(words("")))),
        (403, HTML, same(ApiError::Forbidden(words("")))),
        (403, FAULT, same(ApiError::Forbidden(words(permission)))),
        (404, "", same(ApiError::NotFound)),
        (404, HTML, same(ApiError::NotFound)),
        (400, FAULT, refused(permission)),
        (400, ACTION, refused("Cannot Clear External Job. Job not found.")),
        (400, HTML, refused("")),
        (400, "", refused("")),
        (409, FAULT, same(ApiError::Rejected(words(permission)))),
        (405, "", same(ApiError::Rejected(words("")))),
        (413, HTML, same(ApiError::Rejected(words("")))),
        (500, FAULT, same(server(500, None, permission))),
        (502, HTML, same(server(502, None, ""))),
        (503, "", same(server(503, None, ""))),
    ];
    for (status, body, expected) in rows {
        assert_eq!(errors(|| Ok(answer(status, body))), expected, "{status} {body}");
    }
    for status in [301, 302, 303, 304, 307] {
        let errors = errors(|| Ok(answer(status, "").with_header("location", "/ovirt-engine/login")));
        assert!(errors.iter().all(|error| matches!(error, ApiError::Undecodable(_))), "{status}");
    }
    for (error, expected) in [
        (TransportError::Unreachable, ApiError::Unreachable),
        (TransportError::TimedOut, ApiError::TimedOut),
        (TransportError::Cancelled, ApiError::Cancelled),
        (TransportError::NoToken, ApiError::Unauthenticated),
        (
            TransportError::Foreign,
            ApiError::Forbidden(words(
                "The engine is said to be at another address than this page. Nothing was sent there.",
            )),
        ),
    ] {
        assert_eq!(errors(|| Err(error)), same(expected));
    }
}

#[test]
fn how_long_an_engine_wants_to_be_left_alone() {
    let rows = [
        ("120", Some(120)),
        ("0", Some(0)),
        ("Wed, 21 Oct 2026 07:28:00 GMT", None),
        ("-5", None),
        ("99999999999", None),
        ("", None),
    ];
    for (header, expected) in rows {
        let [error, _] = errors(|| Ok(answer(503, "").with_header("Retry-After", header)));
        assert_eq!(error, server(503, expected, ""), "{header:?}");
        assert_eq!(error.retry(), Retry::Later(expected));
    }
}

#[test]
fn an_engines_words_are_made_readable() {
    let fault = |detail: &str| serde_json::json!({"detail": detail, "reason": "Operation Failed"}).to_string();
    let rows = [
        (
            include_str!("../samples/g1-action-refused.json").to_owned(),
            "Cannot hibernate VM. This VM is not managed by the engine.",
        ),
        (include_str!("../samples/g2-incomplete.json").to_owned(), "Vm [name] required for add"),
        (
            include_str!("../samples/g3-conflict.json").to_owned(),
            "Cannot do this Storage. Storage Domain OVF data is currently being updated.",
        ),
        (include_str!("../samples/g3-no-detail.json").to_owned(), "Operation Failed"),
        (include_str!("../samples/g4-unauthorized.html").to_owned(), ""),
        (fault("[User is not authorized to perform this action.]"), "User is not authorized to perform this action."),
        (fault("[One thing., Another thing.]"), "One thing., Another thing."),
        (fault("[Cannot ${action} ${type}. Step not found.]"), "Cannot do this. Step not found."),
        (fault("[Cannot ${action} Host.]"), "Cannot do this Host."),
        (fault("[Cannot add ${type}.]"), "Cannot add object."),
        (fault("  [ spaced ]  "), "spaced"),
        (fault("[unclosed"), "[unclosed"),
        (fault(""), "Operation Failed"),
        (r#"{"reason":"Incomplete parameters"}"#.to_owned(), "Incomplete parameters"),
        (r#"{"fault":{"reason":"Operation Failed"}}"#.to_owned(), "Operation Failed"),
        (r#"{"fault":{}}"#.to_owned(), ""),
        (r#"{"detail":"[]"}"#.to_owned(), ""),
        (
            r#"{"fault":{"detail":"[Die Aktion ist nicht erlaubt.]"},"status":"failed"}"#.to_owned(),
            "Die Aktion ist nicht erlaubt.",
        ),
    ];
    for (body, expected) in rows {
        let [_, error] = errors(|| Ok(answer(400, &body)));
        assert_eq!(error, ApiError::Rejected(words(expected)), "{body}");
    }
}

#[test]
fn a_sentence_and_a_next_step_for_each_error() {
    let rows = [
        (ApiError::Unreachable, "The engine cannot be reached.", Retry::Later(None), true),
        (ApiError::TimedOut, "The engine did not answer in time.", Retry::Later(None), true),
        (ApiError::Cancelled, "The request was given up.", Retry::Never, true),
        (ApiError::Unauthenticated, "The session has ended. Log in again.", Retry::AfterLogIn, false),
        (ApiError::Forbidden(words("")), "You are not allowed to do this.", Retry::Never, false),
        (ApiError::Forbidden(words("Not you.")), "Not you.", Retry::Never, false),
        (ApiError::NotFound, "The engine does not have this any more.", Retry::Never, false),
        (ApiError::Rejected(words("")), "The engine refused this and gave no reason.", Retry::Never, false),
        (ApiError::Rejected(words("Too late.")), "Too late.", Retry::Never, false),
        (
            ApiError::Undecodable("x".to_owned()),
            "The answer was not one that an engine gives.",
            Retry::Later(None),
            true,
        ),
        (server(503, Some(9), ""), "The engine is in trouble (HTTP 503).", Retry::Later(Some(9)), true),
        (server(500, None, "Broken."), "The engine is in trouble (HTTP 500): Broken.", Retry::Later(None), true),
    ];
    for (error, sentence, retry, doubt) in rows {
        assert_eq!((error.to_string().as_str(), error.retry(), error.leaves_doubt()), (sentence, retry, doubt));
    }
}

#[test]
fn what_came_in_place_of_a_good_reply_is_said_in_a_sentence() {
    let lost = "The reply was lost.";
    let rows = [
        (ApiError::Unreachable, lost),
        (ApiError::TimedOut, lost),
        (ApiError::Cancelled, lost),
        (ApiError::Undecodable("x".to_owned()), "The answer was not one that an engine gives."),
        (server(503, None, ""), "The engine is in trouble (HTTP 503)."),
        (server(503, None, "Too much at once"), "The engine is in trouble (HTTP 503): Too much at once."),
        (server(500, None, "Broken!"), "The engine is in trouble (HTTP 500): Broken!"),
    ];
    for (error, sentence) in rows {
        assert!(error.leaves_doubt());
        assert_eq!(error.in_place_of_reply(), sentence);
    }
}
