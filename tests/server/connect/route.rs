//! What is forwarded, what is not, and what is left behind.

use reqwest::Method;

use super::{
    engine::Engine,
    raw::{ask, status},
};
use crate::server::process::{Installation, header};

const ANSWER: &str = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nhi";

/// With the exact bytes of each path, since clients shorten some.
#[tokio::test]
async fn only_what_the_page_needs_is_forwarded() {
    let installation = Installation::new();
    let engine = Engine::that_answers(ANSWER).await;
    let server = installation.connect(&engine.url, &[]).await;
    for (start, expected, forwarded) in [
        ("GET /ovirt-engine/api", 200, true),
        ("GET /ovirt-engine/api/", 200, true),
        ("GET /ovirt-engine/api/jobs?follow=steps&a=%2e%2e/..", 200, true),
        ("GET /ovirt-engine/api//jobs;max=1", 200, true),
        ("POST /ovirt-engine/api/jobs/1/end", 200, true),
        ("PUT /ovirt-engine/api/jobs", 200, true),
        ("POST /ovirt-engine/sso/oauth/token", 200, true),
        ("POST /ovirt-engine/services/sso-logout", 200, true),
        ("GET /ovirt-engine/sso/oauth/token?password=x", 405, false),
        ("GET /ovirt-engine/services/sso-logout", 405, false),
        ("POST /ovirt-engine/sso/oauth/token/", 404, false),
        ("POST /ovirt-engine/sso/oauth/token-http-auth", 404, false),
        ("POST /ovirt-engine/sso/oauth/revoke", 404, false),
        ("GET /ovirt-engine/services/pki-resource?resource=ca-certificate", 404, false),
        ("GET /ovirt-engine", 404, false),
        ("GET /ovirt-engine/", 404, false),
        ("GET /ovirt-engine/apidoc", 404, false),
        ("GET /ovirt-engine/webadmin/", 404, false),
        ("GET /ovirt-engine/api/../webadmin/", 404, false),
        ("GET /ovirt-engine/api/%2e%2e/webadmin/", 404, false),
        ("GET /ovirt-engine/api/..;a/webadmin/", 404, false),
        ("GET /ovirt-engine/api/jobs/..%2f..%2fwebadmin/", 404, false),
        ("GET /OVIRT-ENGINE/api", 404, false),
        ("GET /api", 404, false),
        ("GET /", 200, false),
        ("GET /index.html", 200, false),
    ] {
        let before = engine.heads().len();
        let answer = ask(&server, start, &[("host", "localhost")]).await;
        assert_eq!(status(&answer), expected, "{start}: {answer}");
        let got = engine.heads().split_off(before);
        let got: Vec<&str> = got.iter().map(|head| head.split_once(" HTTP/1.1\r\n").unwrap().0).collect();
        let expected: &[&str] = if forwarded { &[start] } else { &[] };
        assert_eq!(got, expected, "{start}");
    }
}

#[tokio::test]
async fn nothing_is_stored_and_nothing_secret_is_logged() {
    let installation = Installation::new();
    let engine = Engine::that_answers(ANSWER).await;
    let server = installation.connect(&engine.url, &[]).await;
    assert_eq!(server.greeting, format!("Task Monitor is at {}/ - log in as a user of {}\n", server.url, engine.url));
    let token = server.request(Method::POST, "/ovirt-engine/sso/oauth/token?password=query-secret");
    let answer = token.body("username=admin&password=body-secret").send().await.unwrap();
    assert_eq!((answer.status().as_u16(), header(&answer, "cache-control")), (200, "no-store"));
    let jobs = server.request(Method::GET, "/ovirt-engine/api/jobs;token=matrix-secret").bearer_auth("head-secret");
    assert_eq!(jobs.send().await.unwrap().text().await.unwrap(), "hi");
    assert!(engine.heads()[1].contains("authorization: Bearer head-secret\r\n"), "{:?}", engine.heads());
    let (code, log) = server.stop("-TERM").await;
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains(r#""message":"answered""#) && !log.contains("secret"), "{log}");
    assert_eq!(installation.files(), ["page"]);
}

#[tokio::test]
async fn an_engine_on_another_machine_needs_https_or_an_option() {
    let installation = Installation::new();
    let output =
        installation.run(&["connect", "http://engine.example.com", "--listen", "127.0.0.1:0", "--ui", "page"], "");
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{errors}");
    assert!(errors.contains("Passwords would go to http://engine.example.com unencrypted: use https, or"), "{errors}");
}

/// Connections are those of `serve`.
#[tokio::test]
async fn other_addresses_need_https_or_an_option() {
    let installation = Installation::new();
    let output = installation.run(&["connect", "http://127.0.0.1:1", "--listen", "0.0.0.0:0", "--ui", "page"], "");
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{errors}");
    assert!(errors.contains("Cannot listen on 0.0.0.0:0 without HTTPS"), "{errors}");
}
