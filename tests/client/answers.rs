//! What the client makes of answers.

use task_monitor::{
    api::ApiError,
    domain::rules::Outcome,
    wire::{Body, Response},
};

use crate::{
    HTML, Recorder, answer,
    calls::{backup, correlation},
    client, list, run,
    support::{job_id, time},
};

#[test]
fn answers_that_cannot_be_read() {
    let bodies = [HTML, "", "[]", "{\"job\":[", "{\"detail\":\"x\"}", "{\"message\":\"Maintenance\"}", "{\"step\":[]}"];
    for body in bodies {
        let recorder = Recorder::answering(Ok(answer(200, body)));
        let result = run(list(&client(&recorder), false));
        assert!(matches!(result, Err(ApiError::Undecodable(_))), "{body}");
    }
    let recorder = Recorder::answering(Ok(Response { body: Body::Bytes(vec![0xff]), ..Response::empty(200) }));
    assert!(matches!(run(client(&recorder).raw(job_id(1), None)), Err(ApiError::Undecodable(_))));
    // A write with an unreadable answer may have been carried out.
    let recorder = Recorder::answering(Ok(answer(201, HTML)));
    assert!(run(client(&recorder).add_job(&backup(), &correlation())).unwrap_err().outcome_is_unknown());
    // The reply to an action only echoes the request and is not read.
    let recorder = Recorder::answering(Ok(answer(200, HTML)));
    assert_eq!(run(client(&recorder).end_job(job_id(1), Outcome::Failed, false)), Ok(()));
}

#[test]
fn the_engines_time_is_returned() {
    let rows = [
        (Some("Thu, 01 Jan 2026 00:00:00 GMT"), Some(time(1_767_225_600_000))),
        (Some("Thursday, 01-Jan-26 00:00:00 GMT"), Some(time(1_767_225_600_000))),
        (Some("yesterday"), None),
        (Some(""), None),
        (None, None),
    ];
    for (header, expected) in rows {
        let response = answer(200, "{}");
        let response = match header {
            Some(header) => response.with_header("Date", header),
            None => response,
        };
        let recorder = Recorder::answering(Ok(response));
        let jobs = run(list(&client(&recorder), false)).unwrap();
        assert_eq!((jobs.engine_time, jobs.value.read().items.len()), (expected, 0), "{header:?}");
    }
}
