//! What each call sends.

use task_monitor::{
    api::{ApiError, Client, CorrelationId, Credentials, EventQuery, NewEvent, NewJob, NewStep},
    domain::{
        HostId, StepType,
        event::{EventId, Severity},
        rules::Outcome,
    },
};

use crate::{
    Recorder, client, list, run,
    support::{job_id, step_id, user_id},
};

/// The request that a call sends.
macro_rules! sent {
    (|$client:ident| $call:expr) => {{
        let recorder = Recorder::default();
        let $client = client(&recorder);
        let result = run($call);
        assert_eq!(result.map(drop), Err(ApiError::Unreachable));
        recorder.sent()
    }};
}

pub(crate) fn correlation() -> CorrelationId {
    CorrelationId::new(uuid::Uuid::from_u128(7))
}

pub(crate) fn backup() -> NewJob {
    NewJob { description: "Nightly \"backup\" & more".to_owned(), auto_cleared: true }
}

fn copy() -> NewStep {
    NewStep { job: job_id(1), parent: Some(step_id(2)), step_type: StepType::Executing, description: "Copy".to_owned() }
}

fn ended() -> NewEvent {
    NewEvent {
        origin: "Task Monitor".to_owned(),
        severity: Severity::Error,
        custom_id: 7,
        description: "Ended by hand:\ndisk full".to_owned(),
        correlation_id: "cap-1".to_owned(),
    }
}

#[test]
fn what_each_call_sends() {
    let (job, step) = ("aaaa0000-0000-4000-8000-000000000001", "bbbb0000-0000-4000-8000-000000000002");
    let api = "/ovirt-engine/api";
    let signed = "accept: application/json\nauthorization: Bearer s3cret";
    let keyed = "accept: application/json\nidempotency-key: 00000000-0000-0000-0000-000000000007\ncontent-type: application/json\nauthorization: Bearer s3cret";
    let json = "accept: application/json\ncontent-type: application/json\nauthorization: Bearer s3cret";
    let correlated = "00000000-0000-0000-0000-000000000007";
    let plain = NewStep { parent: None, step_type: StepType::Unknown, ..copy() };
    let rows = [
        (sent!(|c| c.root()), format!("GET {api}\n{signed}")),
        (sent!(|c| list(&c, false)), format!("GET {api}/jobs\n{signed}")),
        (sent!(|c| list(&c, true)), format!("GET {api}/jobs\n? follow=steps\n{signed}")),
        (
            sent!(|c| c.jobs_of(&correlation())),
            format!("GET {api}/jobs\n? search=correlation_id={correlated}\n{signed}"),
        ),
        (sent!(|c| c.job(job_id(1))), format!("GET {api}/jobs/{job}\n{signed}")),
        (sent!(|c| c.steps(job_id(1))), format!("GET {api}/jobs/{job}/steps\n{signed}")),
        (sent!(|c| c.raw(job_id(1), None)), format!("GET {api}/jobs/{job}\n{signed}")),
        (sent!(|c| c.raw(job_id(1), Some(step_id(2)))), format!("GET {api}/jobs/{job}/steps/{step}\n{signed}")),
        (
            sent!(|c| c.events(&EventQuery::Unusual(1))),
            format!("GET {api}/events\n? max=200\n? search=severity>normal\n{signed}"),
        ),
        (
            sent!(|c| c.events(&EventQuery::Since(EventId(41)))),
            format!("GET {api}/events\n? max=500\n? from=41\n{signed}"),
        ),
        (
            sent!(|c| c.events(&EventQuery::OldestSince(EventId(41), 2))),
            format!("GET {api}/events\n? max=500\n? search=sortby time asc page 2\n? from=41\n{signed}"),
        ),
        (
            sent!(|c| c.events(&EventQuery::Of("cap-1".to_owned()))),
            format!("GET {api}/events\n? max=100\n? search=correlation_id=cap-1\n? case_sensitive=true\n{signed}"),
        ),
        (sent!(|c| c.jobs_with("cap-1")), format!("GET {api}/jobs\n? search=correlation_id=cap-1\n{signed}")),
        (
            sent!(|c| c.add_event(&ended())),
            format!(
                "POST {api}/events\n{json}\n{{\"origin\":\"Task Monitor\",\"severity\":\"error\",\"custom_id\":7,\"description\":\"Ended by hand:\\ndisk full\",\"correlation_id\":\"cap-1\"}}"
            ),
        ),
        (sent!(|c| c.user(user_id(3))), format!("GET {api}/users/00000000-0000-4000-8000-000000000003\n{signed}")),
        (
            sent!(|c| c.host(HostId::new(uuid::Uuid::from_u128(4)))),
            format!("GET {api}/hosts/00000000-0000-0000-0000-000000000004\n{signed}"),
        ),
        (
            sent!(|c| c.add_job(&backup(), &correlation())),
            format!(
                "POST {api}/jobs\n? correlation_id={correlated}\n{keyed}\n{}",
                r#"{"description":"Nightly \"backup\" & more","auto_cleared":true}"#
            ),
        ),
        (
            sent!(|c| c.add_step(&copy(), &correlation())),
            format!(
                "POST {api}/jobs/{job}/steps\n{keyed}\n{{\"type\":\"executing\",\"description\":\"Copy\",\"parent_step\":{{\"id\":\"{step}\"}}}}"
            ),
        ),
        (
            sent!(|c| c.add_step(&plain, &correlation())),
            format!("POST {api}/jobs/{job}/steps\n{keyed}\n{}", r#"{"type":"unknown","description":"Copy"}"#),
        ),
        (
            sent!(|c| c.end_job(job_id(1), Outcome::Succeeded, false)),
            format!("POST {api}/jobs/{job}/end\n{json}\n{}", r#"{"status":"finished","succeeded":true}"#),
        ),
        (
            sent!(|c| c.end_job(job_id(1), Outcome::Failed, true)),
            format!("POST {api}/jobs/{job}/end\n{json}\n{}", r#"{"force":true,"status":"failed","succeeded":false}"#),
        ),
        (
            sent!(|c| c.end_job(job_id(1), Outcome::Aborted, false)),
            format!("POST {api}/jobs/{job}/end\n{json}\n{}", r#"{"status":"aborted"}"#),
        ),
        (
            sent!(|c| c.end_step(job_id(1), step_id(2), Outcome::Failed)),
            format!("POST {api}/jobs/{job}/steps/{step}/end\n{json}\n{}", r#"{"status":"failed","succeeded":false}"#),
        ),
        (sent!(|c| c.clear_job(job_id(1))), format!("POST {api}/jobs/{job}/clear\n{json}\n{{}}")),
    ];
    for (sent, expected) in rows {
        assert_eq!(sent, expected);
        assert!(!sent.to_lowercase().contains("filter") && !sent.contains("/v4"), "traps 14 and 8: {sent}");
    }
}

#[test]
fn without_credentials_none_are_sent() {
    let recorder = Recorder::default();
    let result = run(Client::new(&recorder, Credentials::none()).root());
    assert_eq!(result, Err(ApiError::Unreachable));
    assert_eq!(recorder.sent(), "GET /ovirt-engine/api\naccept: application/json");
}
