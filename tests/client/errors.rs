//! What each refusal means, its sentence, and when to repeat the request.

use task_monitor::{
    api::{ApiError, EngineMessage, NotNow, Retry, TransportError},
    wire::Response,
};

use crate::{ACTION, FAULT, HTML, Recorder, answer, calls::correlation, client, list, run, support::job_id};

pub(crate) fn message(text: &str) -> EngineMessage {
    EngineMessage(Some(text).filter(|text| !text.is_empty()).map(str::to_owned))
}

pub(crate) fn server(status: u16, retry_after: Option<u32>, text: &str) -> ApiError {
    ApiError::Server(NotNow { status, retry_after, message: message(text) })
}

/// The errors of a read and of a write with the same answer.
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
    let refused = |text: &str| [ApiError::Forbidden(message(text)), ApiError::Rejected(message(text))];
    let rows = [
        (401, HTML, same(ApiError::Unauthenticated)),
        (401, "", same(ApiError::Unauthenticated)),
        (401, FAULT, same(ApiError::Unauthenticated)),
        (403, "", same(ApiError::Forbidden(message("")))),
        (403, HTML, same(ApiError::Forbidden(message("")))),
        (403, FAULT, same(ApiError::Forbidden(message(permission)))),
        (404, "", same(ApiError::NotFound)),
        (404, HTML, same(ApiError::NotFound)),
        (400, FAULT, refused(permission)),
        (400, ACTION, refused("Cannot Clear External Job. Job not found.")),
        (400, HTML, refused("")),
        (400, "", refused("")),
        (409, FAULT, same(ApiError::Rejected(message(permission)))),
        (405, "", same(ApiError::Rejected(message("")))),
        (413, HTML, same(ApiError::Rejected(message("")))),
        (500, FAULT, same(server(500, None, permission))),
        (502, HTML, same(server(502, None, ""))),
        (503, "", same(server(503, None, ""))),
    ];
    for (status, body, expected) in rows {
        assert_eq!(errors(|| Ok(answer(status, body))), expected, "{status} {body}");
    }
    for status in [301, 302, 303, 304, 307] {
        let errors = errors(|| Ok(answer(status, "").with_header("location", "/ovirt-engine/login")));
        assert_eq!(errors, same(ApiError::Redirected), "{status}");
    }
    for (error, expected) in [
        (TransportError::Unreachable, ApiError::Unreachable),
        (TransportError::TimedOut, ApiError::TimedOut),
        (TransportError::Cancelled, ApiError::Cancelled),
        (TransportError::NoToken, ApiError::Unauthenticated),
        (
            TransportError::Foreign,
            ApiError::Forbidden(message("The engine's address is not that of this page. Nothing was sent.")),
        ),
        (
            TransportError::NoHeader,
            ApiError::Forbidden(message(
                "The token of this session has characters that cannot be sent. Nothing was sent.",
            )),
        ),
    ] {
        assert_eq!(errors(|| Err(error)), same(expected));
    }
}

/// The list of jobs says which permission is missing. Every other message stays the engine's own.
#[test]
fn the_list_of_jobs_says_which_role_is_missing() {
    let no_jobs = "You may not see jobs. Ask for a role with job access.";
    let other = FAULT.replace("query execution failed", "action failed");
    let rows = [
        (400, FAULT, ApiError::Forbidden(message(no_jobs))),
        (403, FAULT, ApiError::Forbidden(message(no_jobs))),
        (400, &other, ApiError::Forbidden(message("action failed due to insufficient permissions."))),
        (400, HTML, ApiError::Forbidden(message(""))),
        (409, FAULT, ApiError::Rejected(message("query execution failed due to insufficient permissions."))),
    ];
    for (status, body, expected) in rows {
        for follow in [false, true] {
            let recorder = Recorder::answering(Ok(answer(status, body)));
            assert_eq!(run(list(&client(&recorder), follow)).map(drop), Err(expected.clone()), "{status} {body}");
        }
        let recorder = Recorder::answering(Ok(answer(status, body)));
        assert_eq!(run(client(&recorder).jobs_of(&correlation())), Err(expected), "{status} {body}");
    }
}

#[test]
fn an_engines_message_is_made_readable() {
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
        assert_eq!(error, ApiError::Rejected(message(expected)), "{body}");
    }
}

#[test]
fn each_error_has_a_sentence_and_a_time_to_retry() {
    let rows = [
        (ApiError::Unreachable, "The engine cannot be reached.", Retry::Later, true),
        (ApiError::TimedOut, "The engine did not answer in time.", Retry::Later, true),
        (ApiError::Cancelled, "The request was cancelled.", Retry::Later, true),
        (ApiError::Unauthenticated, "The session has ended. Log in again.", Retry::AfterLogIn, false),
        (ApiError::Forbidden(message("")), "You are not allowed to do this.", Retry::Soon(None), false),
        (ApiError::Forbidden(message("Not you.")), "Not you.", Retry::Rarely, false),
        (ApiError::NotFound, "The engine does not have this any more.", Retry::Soon(None), false),
        (ApiError::Rejected(message("")), "The engine refused this and gave no reason.", Retry::Soon(None), false),
        (ApiError::Rejected(message("Too late.")), "Too late.", Retry::Soon(None), false),
        (ApiError::Undecodable("x".to_owned()), "The engine's answer cannot be read.", Retry::Later, true),
        (server(503, Some(9), ""), "The engine reported an error (HTTP 503).", Retry::Soon(Some(9)), true),
        (server(500, None, "Broken."), "The engine reported an error (HTTP 500): Broken.", Retry::Later, true),
        (server(502, None, "No route."), "The engine cannot be reached (HTTP 502): No route.", Retry::Later, true),
        (server(504, None, ""), "The engine did not answer in time (HTTP 504).", Retry::Later, true),
    ];
    for (error, sentence, retry, unknown) in rows {
        assert_eq!((error.to_string().as_str(), error.retry(), error.outcome_is_unknown()), (sentence, retry, unknown));
    }
}

#[test]
fn an_unknown_outcome_has_a_sentence() {
    let lost = "The reply was lost.";
    let rows = [
        (ApiError::Unreachable, lost),
        (ApiError::TimedOut, lost),
        (ApiError::Cancelled, lost),
        (ApiError::Undecodable("x".to_owned()), "The engine's answer cannot be read."),
        (server(503, None, ""), "The engine reported an error (HTTP 503)."),
        (server(503, None, "Too much at once"), "The engine reported an error (HTTP 503): Too much at once."),
        (server(500, None, "Broken!"), "The engine reported an error (HTTP 500): Broken!"),
    ];
    for (error, sentence) in rows {
        assert!(error.outcome_is_unknown());
        assert_eq!(error.in_place_of_reply(), sentence);
    }
}
