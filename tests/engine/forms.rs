//! Which forms of body go in and out, and what an action answers.

use crate::{
    support::{admin, ask, get, job_id, post, request, step_id},
    world,
};
use task_monitor::wire::Method;

#[tokio::test]
async fn json_is_given_to_all_who_can_take_it() {
    let jobs = || get("/jobs");
    let rows = [
        (jobs(), 200),
        (jobs().with_header("accept", "*/*"), 200),
        (jobs().with_header("accept", "application/json"), 200),
        (jobs().with_header("accept", "application/xml, application/json;q=0.5"), 200),
        (jobs().with_header("accept", "application/*;q=0.1"), 200),
        (jobs().with_header("accept", "text/html"), 406),
        (jobs().with_header("accept", "text/html").with_query("accept", "application/json"), 200),
        (jobs().with_header("accept", "application/json").with_query("accept", "application/xml"), 406),
        (jobs().with_header("version", "4"), 200),
        (request(Method::Post, "/jobs").with_header("content-type", "application/json; charset=utf-8"), 400),
        (request(Method::Post, "/jobs").with_header("content-type", "text/plain"), 415),
        (request(Method::Post, "/jobs"), 400),
    ];
    for (request, status) in rows {
        let shown = format!("{request:?}");
        let answer = ask(&world(), &admin(), request).await;
        assert_eq!(answer.status, status, "{shown}");
        let expected = matches!(status, 200 | 400).then_some("application/json");
        assert_eq!(answer.header("content-type"), expected, "{shown}");
    }
}

#[tokio::test]
async fn a_405_says_what_is_allowed() {
    let job = format!("/jobs/{}", job_id(1));
    for (path, allowed) in [("/jobs".to_owned(), "GET, POST"), (job.clone(), "GET"), (format!("{job}/end"), "POST")] {
        let answer = ask(&world(), &admin(), request(Method::Other, &path)).await;
        assert_eq!((answer.status, answer.header("allow")), (405, Some(allowed)));
    }
}

#[tokio::test]
async fn an_action_answers_with_itself() {
    let job = |base: &str| {
        let href = format!("{base}/jobs/{}", job_id(1));
        format!(
            r#""job":{{"actions":{{"link":[{{"href":"{href}/clear","rel":"clear"}},{{"href":"{href}/end","rel":"end"}}]}},"link":[{{"href":"{href}/steps","rel":"steps"}}],"href":"{href}","id":"{}"}}"#,
            job_id(1)
        )
    };
    let plain = job("/ovirt-engine/api");
    let path = format!("/jobs/{}", job_id(1));
    let step = format!("{path}/steps/{}/end", step_id(11));
    let rows = [
        (format!("{path}/clear"), "{}", format!(r#"{{{plain},"status":"complete"}}"#)),
        (format!("/v4{path}/clear"), "{}", format!(r#"{{{},"status":"complete"}}"#, job("/ovirt-engine/api/v4"))),
        (
            format!("{path}/end"),
            r#"{"succeeded":1,"force":"TRUE"}"#,
            format!(r#"{{"force":"true",{plain},"status":"complete","succeeded":"true"}}"#),
        ),
        (
            format!("{path}/end"),
            r#"{"async":false,"grace_period":{"expiry":10},"status":"failed"}"#,
            format!(r#"{{"async":"false","grace_period":{{"expiry":"10"}},{plain},"status":"complete"}}"#),
        ),
        (step, r#"{"succeeded":"0"}"#, r#"{"status":"complete","succeeded":"false"}"#.to_owned()),
    ];
    for (path, body, expected) in rows {
        let answer = ask(&world(), &admin(), post(&path, body)).await;
        assert_eq!((answer.status, answer.body), (200, expected), "{path} {body}");
    }
}
