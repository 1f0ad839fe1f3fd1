//! Limits, long lists, request ids, and the log.

use reqwest::{Method, header::ACCEPT_ENCODING};
use serde_json::json;

use super::process::{ADMIN, Installation, header, json};

const MEBIBYTE: usize = 1024 * 1024;

#[tokio::test]
async fn bodies_are_limited() {
    let installation = Installation::new();
    let server = installation.serve(&[]).await;
    let admin = server.admin().await;
    for (length, expected) in [(MEBIBYTE, 400), (MEBIBYTE + 1, 413), (5 * MEBIBYTE, 413)] {
        let request = admin.request(Method::POST, "/jobs").header("content-type", "application/json");
        let request = request.header("correlation-id", "nightly");
        let response = request.body("x".repeat(length)).send().await.unwrap();
        assert_eq!(response.status().as_u16(), expected, "{length}");
        assert_eq!(header(&response, "correlation-id"), "nightly");
        let fault = json(response).await;
        assert!(fault["reason"].is_string() && fault["detail"].is_string(), "{fault}");
    }
    let request = server.request(Method::POST, "/ovirt-engine/sso/oauth/token").header("accept", "application/json");
    assert_eq!(request.body("x".repeat(MEBIBYTE + 1)).send().await.unwrap().status(), 413);
    let unnamed = admin.request(Method::POST, "/jobs").body("x".repeat(MEBIBYTE + 1)).send().await.unwrap();
    assert_eq!((unnamed.status().as_u16(), header(&unnamed, "correlation-id").len()), (413, 36));
    assert_eq!(admin.get("/jobs").await, json!({}));
}

/// Lists that are longer than a page are complete and in order, in both forms, with and without `max`.
#[tokio::test]
async fn long_lists_are_complete() {
    const JOBS: usize = 620;
    let installation = Installation::new();
    let server = installation.serve(&[]).await;
    let admin = server.admin().await;
    let ids = installation.fill(JOBS).await;
    let listed = async |path: &str| -> Vec<serde_json::Value> {
        admin.get(path).await["job"].as_array().cloned().unwrap_or_default()
    };
    for (path, expected) in [
        ("/jobs", JOBS),
        ("/jobs?follow=steps", JOBS),
        ("/jobs?search=correlation_id%3Dfilled", JOBS),
        ("/jobs?max=0", 0),
        ("/jobs?max=249", 249),
        ("/jobs?max=250", 250),
        ("/jobs?max=251", 251),
        ("/jobs?max=500", 500),
        ("/jobs?max=10000", JOBS),
        ("/jobs?search=correlation_id%3Dnothing", 0),
    ] {
        let jobs = listed(path).await;
        let found: Vec<&str> = jobs.iter().map(|job| job["id"].as_str().unwrap()).collect();
        assert_eq!(found, ids[..expected], "{path}");
        if path.contains("follow") {
            assert!(jobs.iter().all(|job| job["steps"]["step"].as_array().unwrap().len() == 2));
        }
    }
    let request = admin.request(Method::GET, "/jobs?accept=application/xml");
    let xml = request.send().await.unwrap().text().await.unwrap();
    assert!(xml.ends_with("</job></jobs>"), "{}", &xml[xml.len() - 50..]);
    assert_eq!(xml.matches("<job ").count(), JOBS);
}

#[tokio::test]
async fn a_job_may_have_any_number_of_steps() {
    const STEPS: usize = 2_500;
    let installation = Installation::new();
    let server = installation.serve(&[]).await;
    let admin = server.admin().await;
    let job = installation.fill_one(STEPS).await;
    let steps = format!("/jobs/{job}/steps");
    let added = admin.add(&steps, &json!({ "type": "executing", "description": "one more" })).await;
    let ended = admin.post(&format!("{steps}/{added}/end"), &json!({ "succeeded": true })).await.unwrap();
    assert_eq!(ended.status(), 200);
    assert_eq!(admin.get(&steps).await["step"].as_array().unwrap().len(), STEPS + 1);
    assert_eq!(admin.post(&format!("/jobs/{job}/end"), &json!({ "succeeded": true })).await.unwrap().status(), 200);
    let all = admin.get(&steps).await;
    assert!(all["step"].as_array().unwrap().iter().all(|step| step["status"] == "finished"));
}

#[tokio::test]
async fn long_descriptions_are_stored_or_refused() {
    let installation = Installation::new();
    let server = installation.serve(&[]).await;
    let admin = server.admin().await;
    let longest = "ö".repeat(32 * 1024);
    let id = admin.add("/jobs", &json!({ "description": longest })).await;
    assert!(admin.get(&format!("/jobs/{id}")).await["description"] == longest);
    let refused = admin.post("/jobs", &json!({ "description": format!("{longest}x") })).await.unwrap();
    assert_eq!(refused.status(), 400);
    assert_eq!(json(refused).await["reason"], "Operation Failed");
    assert_eq!(admin.get("/jobs").await["job"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn long_lists_are_compressed() {
    let installation = Installation::new();
    let server = installation.serve(&[]).await;
    let admin = server.admin().await;
    for number in 0..50 {
        admin.add("/jobs", &json!({ "description": format!("job {number}") })).await;
    }
    let plain = admin.request(Method::GET, "/jobs").send().await.unwrap().bytes().await.unwrap().len();
    for encoding in ["gzip", "br"] {
        let request = admin.request(Method::GET, "/jobs").header(ACCEPT_ENCODING, encoding);
        let response = request.send().await.unwrap();
        assert_eq!(header(&response, "content-encoding"), encoding);
        assert_eq!(header(&response, "vary"), "accept-encoding");
        let small = response.bytes().await.unwrap().len();
        assert!(small * 4 < plain, "{small} of {plain} bytes with {encoding}");
    }
}

#[tokio::test]
async fn requests_have_ids() {
    let installation = Installation::new();
    let server = installation.serve(&[]).await;
    for (sent, kept) in [
        (None, false),
        (Some("my-run.1:2_3".to_owned()), true),
        (Some("x".repeat(128)), true),
        (Some("x".repeat(129)), false),
        (Some("two words".to_owned()), false),
        (Some("{\"a\":1}".to_owned()), false),
    ] {
        for path in ["/", "/ovirt-engine/api", "/nothing"] {
            let mut request = server.request(Method::GET, path);
            if let Some(sent) = &sent {
                request = request.header("x-request-id", sent);
            }
            let response = request.send().await.unwrap();
            let got = header(&response, "x-request-id");
            assert_eq!(sent.as_deref() == Some(got), kept, "{sent:?} {got}");
            assert!(kept || got.parse::<uuid::Uuid>().is_ok(), "{got}");
        }
    }
}

#[tokio::test]
async fn the_log_is_structured_and_has_no_secrets() {
    let installation = Installation::new();
    let server = installation.serve(&[]).await;
    let password = server.password();
    let admin = server.admin().await;
    admin.add("/jobs?correlation_id=query-secret", &json!({ "description": "body-secret" })).await;
    let basic = server.request(Method::GET, "/ovirt-engine/api").basic_auth(ADMIN, Some(&password));
    basic.header("x-request-id", "find-me").send().await.unwrap();
    server.get("/ovirt-engine/sso/oauth/token?password=query-secret").await;
    server.get("/ovirt-engine/api;token=matrix-secret/jobs;password=matrix-secret").await;
    assert!(server.log_in("typed-secret@internal", "wrong-secret").await.is_err());
    let token = admin.token;
    let (_, log) = server.stop("-TERM").await;
    let answered = |line: &serde_json::Value| line["message"] == "answered";
    let lines: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.iter().filter(|line| answered(line)).count(), 6);
    let found = lines.iter().find(|line| line["span"]["id"] == "find-me").unwrap();
    assert_eq!((&found["status"], &found["span"]["path"]), (&json!(200), &json!("/ovirt-engine/api")));
    for secret in
        [password.as_str(), &token, "query-secret", "matrix-secret", "body-secret", "wrong-secret", "typed-secret"]
    {
        assert!(!log.contains(secret), "{log}");
    }
}
