//! What the page says about each answer, and whether a write may have been carried out.

use task_monitor::api::{ApiError, LogInError, is_of_origin, log_in};

use crate::{
    HTML, Recorder, answer, client, list, run,
    support::{answers::answers, job_id},
};

#[test]
fn each_answer_is_told_by_its_cause() {
    for row in answers() {
        let (reading, writing) = (Recorder::answering(Ok(row.response())), Recorder::answering(Ok(row.response())));
        let read = run(client(&reading).steps(job_id(1))).unwrap_err();
        let write = run(client(&writing).clear_job(job_id(1))).unwrap_err();
        let case = format!("{} {:?} {}", row.status, row.headers, row.body);
        assert_eq!([read.to_string().as_str(), write.to_string().as_str()], [row.says, row.says], "{case}");
        assert_eq!(write.outcome_is_unknown(), row.unknown, "{case}");
    }
}

/// Whoever has pressed a button is told when to press it again.
#[test]
fn a_refusal_says_when_to_try_again() {
    let rows = [
        (Some("30"), "The engine, or a proxy before it, asks for fewer requests (HTTP 429). Try again in 30 s."),
        (None, "The engine, or a proxy before it, asks for fewer requests (HTTP 429)."),
    ];
    for (seconds, sentence) in rows {
        let make = || match seconds {
            Some(seconds) => answer(429, HTML).with_header("retry-after", seconds),
            None => answer(429, HTML),
        };
        let recorder = Recorder::answering(Ok(make()));
        assert_eq!(run(client(&recorder).clear_job(job_id(1))).unwrap_err().refusal(), sentence);
        let recorder = Recorder::answering(Ok(make()));
        assert_eq!(
            run(log_in(&&recorder, "a", "b")).unwrap_err().to_string(),
            sentence,
            "a proxy's answer to a log-in"
        );
    }
}

/// Every engine has a list of jobs.
#[test]
fn a_missing_list_of_jobs_is_a_missing_engine() {
    let recorder = Recorder::answering(Ok(answer(404, HTML)));
    let error = run(list(&client(&recorder), false)).unwrap_err();
    assert_eq!(error, ApiError::NoEngine);
    assert_eq!(error.to_string(), "There is no engine at this address (HTTP 404). It may be starting.");
    let recorder = Recorder::answering(Ok(answer(404, HTML)));
    assert_eq!(run(log_in(&&recorder, "a", "b")), Err(LogInError::Api(ApiError::NoEngine)));
}

/// After these, the page asks for nothing else by itself until its next poll.
#[test]
fn a_server_that_asks_to_wait_gets_no_other_request() {
    let stops = [401, 408, 425, 429, 302];
    for status in [302, 400, 401, 403, 404, 408, 409, 425, 429, 500, 502, 503, 504] {
        let recorder = Recorder::answering(Ok(answer(status, "")));
        let error = run(client(&recorder).steps(job_id(1))).unwrap_err();
        assert_eq!(error.stops_reads(), stops.contains(&status), "{status}");
        let recorder = Recorder::answering(Ok(answer(status, "").with_header("retry-after", "3")));
        let error = run(client(&recorder).steps(job_id(1))).unwrap_err();
        assert!(error.stops_reads(), "{status} with advice");
    }
}

/// The key goes to the page's own origin only: engines do not let another origin send it.
#[test]
fn addresses_of_the_own_origin() {
    let rows = [
        ("/ovirt-engine/api", true),
        ("https://engine.example/ovirt-engine/api", true),
        ("https://engine.example", false),
        ("https://engine.example:8443/ovirt-engine/api", false),
        ("https://engine.example.evil/ovirt-engine/api", false),
        ("http://engine.example/ovirt-engine/api", false),
        ("//engine.example/ovirt-engine/api", false),
        ("", false),
    ];
    for (address, own) in rows {
        assert_eq!(is_of_origin(address, "https://engine.example"), own, "{address}");
    }
}
