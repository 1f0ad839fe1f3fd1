//! Refusals with status and body.

use super::{add_job, add_step, bare_request, get, post, request, send};
use task_monitor::{
    api::Transport,
    wire::{Format, Method, fault},
};

const NOBODY: &str = "0aaaaaaa-0000-4000-8000-00000000dead";

pub(super) async fn run<T: Transport>(format: Format, door: &T) {
    missing_things(door).await;
    refused_bodies(format, door).await;
    refused_forms(door).await;
}

async fn missing_things<T: Transport>(door: &T) {
    let job = add_job(door, "Has no such step").await;
    for path in [
        "/jobs/junk".to_owned(),
        format!("/jobs/{NOBODY}"),
        format!("{job}/steps/junk"),
        format!("{job}/steps/{NOBODY}"),
        format!("/users/{NOBODY}"),
        "/clusters".to_owned(),
        "/JOBS".to_owned(),
        "/v4/clusters".to_owned(),
    ] {
        let answer = get(door, &path).await;
        assert_eq!((answer.status, answer.body.as_str()), (404, ""), "{path}");
    }
    assert_eq!(get(door, &format!("/jobs/{NOBODY}/steps")).await.body, "{}");
    for (path, detail) in [
        (format!("/jobs/{NOBODY}/end"), "[Cannot Clear External Job. Job not found.]"),
        (format!("/jobs/{NOBODY}/clear"), "[Cannot Clear External Job. Job not found.]"),
        (format!("{job}/steps/{NOBODY}/end"), "[Cannot ${action} ${type}. Step not found.]"),
    ] {
        let answer = post(door, &path, r#"{"succeeded":true}"#).await;
        let expected = format!(
            r#"{{"fault":{{"detail":"{detail}","reason":"Operation Failed"}},"status":"failed","succeeded":"true"}}"#
        );
        assert_eq!((answer.status, answer.body), (400, expected), "{path}");
    }
}

async fn refused_bodies<T: Transport>(format: Format, door: &T) {
    let job = add_job(door, "Stays as it is").await;
    let step = add_step(door, &job, "Stays as it is", None).await;
    let (steps, end) = (format!("{job}/steps"), format!("{job}/steps/{step}/end"));
    let (syntax, invalid, failed) =
        ("Request syntactically incorrect.", "Input validation failed.", "Operation Failed");
    // Only XML has its own refusal of bad booleans and words.
    let value = if format == Format::Xml { "Invalid value" } else { syntax };
    let rows = [
        ("/jobs", "{}", invalid),
        ("/jobs", r#"{"description":" "}"#, failed),
        ("/jobs", r#"{"description":""}"#, "Incomplete parameters"),
        ("/jobs", "", if format == Format::Xml { syntax } else { invalid }),
        ("/jobs", "{", syntax),
        (&steps, r#"{"description":"a"}"#, invalid),
        (&steps, r#"{"type":"executing"}"#, invalid),
        (&steps, r#"{"type":"executing","description":" "}"#, failed),
        (&steps, r#"{"type":"executing","description":""}"#, "Incomplete parameters"),
        (&steps, r#"{"type":"dancing","description":"a"}"#, value),
        (&steps, r#"{"type":"executing","description":"a","parent_step":{}}"#, "Incomplete parameters"),
        (&steps, r#"{"type":"executing","description":"a","parent_step":{"id":"junk"}}"#, "Operation failed"),
        (&end, "{}", invalid),
        (&end, r#"{"status":"started"}"#, invalid),
        (&end, r#"{"succeeded":"yes"}"#, value),
    ];
    let before = (get(door, &job).await.body, get(door, &steps).await.body);
    for (path, body, reason) in rows {
        let answer = post(door, path, body).await;
        let fault = fault::read(answer.body.as_bytes()).unwrap_or_default();
        assert_eq!((answer.status, fault.reason.as_deref()), (400, Some(reason)), "{path} {body}: {answer:?}");
        assert!(fault.detail.is_some());
    }
    // An engine refuses unknown members with a line of HTML: one of the departures.
    for body in [r#"{"job":{"description":"a"}}"#, r#"{"description":"a","autoCleared":true}"#] {
        let answer = post(door, "/jobs", body).await;
        assert_eq!(answer.status, 400, "{body}: {answer:?}");
        assert!(fault::read(answer.body.as_bytes()).is_some_and(|fault| fault.detail.is_some()), "{body}: {answer:?}");
    }
    assert_eq!((get(door, &job).await.body, get(door, &steps).await.body), before);
}

async fn refused_forms<T: Transport>(door: &T) {
    let job = add_job(door, "Refuses forms").await;
    assert_eq!(post(door, &job, "{}").await.status, 405);
    assert_eq!(get(door, &format!("{job}/end")).await.status, 405);
    let accept = |accept: &'static str| bare_request(Method::Get, "/jobs").with_header("accept", accept);
    for (request, status) in [
        (accept("application/xml"), 200),
        (accept("text/html"), 406),
        (accept("text/html, */*;q=0.1"), 200),
        (accept("text/html").with_query("accept", "application/json"), 200),
        (accept("application/json").with_query("accept", "text/html"), 406),
    ] {
        let shown = format!("{request:?}");
        assert_eq!(send(door, request).await.status, status, "{shown}");
    }
    let mut adding = request(Method::Post, "/jobs").with_header("content-type", "text/xml");
    adding.body = b"<job><description>a</description></job>".to_vec();
    assert_eq!(send(door, adding).await.status, 415);
}
