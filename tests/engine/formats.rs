//! Forms of bodies, and the answers to actions.

use crate::{
    support::{admin, ask, get, job_id, post, request, step_id},
    world,
};
use task_monitor::wire::Method;

const JSON: &str = "application/json";
const XML: &str = "application/xml;charset=UTF-8";

/// Section 1, "Bodies": `Accept` headers and the format of the answer; `None` is 406.
#[tokio::test]
async fn content_negotiation() {
    let rows: &[(Option<&str>, Option<&str>)] = &[
        (None, Some(XML)),
        (Some(""), Some(XML)),
        (Some("junk"), Some(XML)),
        (Some("*/*"), Some(XML)),
        (Some("*"), Some(XML)),
        (Some("application/*"), Some(XML)),
        (Some("application/xml"), Some(XML)),
        (Some("APPLICATION/JSON"), Some(JSON)),
        (Some("application/json; charset=utf-8"), Some(JSON)),
        (Some("application/json, application/xml"), Some(JSON)),
        (Some("application/xml, application/json"), Some(XML)),
        (Some("application/xml;q=0.5, application/json"), Some(JSON)),
        (Some("application/xml, application/json;q=0.5"), Some(XML)),
        (Some("application/json, */*;q=0.1"), Some(JSON)),
        (Some("application/json, */*"), Some(JSON)),
        (Some("*/*, application/json"), Some(JSON)),
        (Some("application/xml;q=0, */*"), Some(JSON)),
        (Some("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"), Some(XML)),
        (Some("application/json;q=0.001"), Some(JSON)),
        (Some("application/xml;Q=0.5, application/json"), Some(JSON)),
        (Some("application/xml ; q = 0.5, application/json"), Some(JSON)),
        (Some("application/json;charset=utf-8;q=0.5, application/xml;q=0.4"), Some(JSON)),
        (Some("application/json;q=0"), None),
        (Some("*/*;q=0"), None),
        (Some("text/html"), None),
        (Some("text/xml"), None),
        (Some("text/*"), None),
        (Some("application/json;q=much, text/html"), None),
    ];
    for (accept, expected) in rows {
        // A fault has the same format.
        for (path, status) in [("/jobs", 200), ("/jobs?max=-1", 400)] {
            let bare = || request(Method::Get, path);
            let by_header = accept.map_or_else(bare, |accept| bare().with_header("accept", accept));
            let mut ways = vec![by_header];
            ways.extend(accept.filter(|accept| !accept.is_empty()).map(|accept| {
                // The parameter overrules the header.
                bare().with_header("accept", "text/html").with_query("accept", accept)
            }));
            for request in ways {
                let answer = ask(&world(), &admin(), request).await;
                let status = if expected.is_some() { status } else { 406 };
                assert_eq!((answer.status, answer.header("content-type")), (status, *expected), "{accept:?} {path}");
                let first = expected.map(|format| if format == XML { '<' } else { '{' });
                assert_eq!(answer.body.chars().next(), first, "{accept:?} {path}");
            }
        }
    }
}

/// Several `Accept` headers are one list.
#[tokio::test]
async fn accept_headers_add_up() {
    for (first, second, expected) in [
        ("text/html", "application/json", JSON),
        ("application/xml;q=0.5", "application/json", JSON),
        ("application/xml", "application/json;q=0.5", XML),
    ] {
        let request = request(Method::Get, "/jobs").with_header("accept", first).with_header("Accept", second);
        let answer = ask(&world(), &admin(), request).await;
        assert_eq!((answer.status, answer.header("content-type")), (200, Some(expected)), "{first} and {second}");
    }
}

#[tokio::test]
async fn accepted_forms_and_versions() {
    let (json, xml) = (r#"{"description":"a"}"#, "<job><description>a</description></job>");
    let rows = [
        (Some("application/json"), json, 201),
        (Some("Application/JSON; charset=utf-8"), json, 201),
        (Some("application/xml"), xml, 201),
        (Some("application/xml;charset=UTF-8"), xml, 201),
        (Some("application/json"), xml, 400),
        (Some("application/xml"), json, 400),
        (Some("application/json"), "", 400),
        (Some("application/xml"), "", 400),
        (Some("text/plain"), json, 415),
        (Some("text/xml"), xml, 415),
        (Some(""), json, 415),
        (None, json, 415),
        (None, "", 415),
    ];
    for (content_type, body, status) in rows {
        let mut adding = request(Method::Post, "/jobs").with_header("accept", JSON);
        adding.body = body.as_bytes().to_vec();
        let adding = content_type.map_or(adding.clone(), |format| adding.with_header("content-type", format));
        assert_eq!(ask(&world(), &admin(), adding).await.status, status, "{content_type:?} {body}");
    }
    for (version, status) in [("4", 200), (" 4 ", 200), ("", 200), ("3", 405), ("5", 400), ("four", 400)] {
        let answer = ask(&world(), &admin(), get("/jobs").with_header("version", version)).await;
        assert_eq!(answer.status, status, "{version}");
    }
}

#[tokio::test]
async fn a_405_lists_the_allowed_methods() {
    let job = format!("/jobs/{}", job_id(1));
    for (path, allowed) in [
        ("/jobs".to_owned(), "HEAD, POST, GET, OPTIONS"),
        (job.clone(), "HEAD, GET, OPTIONS"),
        (format!("{job}/end"), "POST, OPTIONS"),
    ] {
        let answer = ask(&world(), &admin(), request(Method::Other, &path)).await;
        assert_eq!((answer.status, answer.header("allow")), (405, Some(allowed)));
        let options = ask(&world(), &admin(), request(Method::Options, &path)).await;
        assert_eq!((options.status, options.header("allow"), options.body.as_str()), (200, Some(allowed), allowed));
    }
}

#[tokio::test]
async fn the_answer_to_an_action_is_the_action() {
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
