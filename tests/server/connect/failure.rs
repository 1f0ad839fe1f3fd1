//! No answer from the engine, or none that may pass.

use std::time::Duration;

use reqwest::{Method, StatusCode};
use tokio::{io::AsyncReadExt, net::TcpListener, time::timeout};

use super::{
    engine::{Engine, Exchange},
    raw::{open, status},
};
use crate::server::process::{Installation, Server, header, json};

const SOON: Duration = Duration::from_secs(20);

/// Asks for the jobs, and expects that status and that text in the fault.
async fn refused(server: &Server, method: Method, expected: u16, reason: &str, detail: &str) {
    let request = server.request(method, "/ovirt-engine/api/jobs").header("accept", "application/json");
    let response = timeout(SOON, request.send()).await.unwrap().unwrap();
    assert_eq!(response.status().as_u16(), expected, "{detail}");
    let fault = json(response).await;
    assert_eq!(fault["reason"], reason);
    assert!(fault["detail"].as_str().unwrap().contains(detail), "{fault} {detail}");
}

/// The program starts while the engine is down, and serves it when it is up.
#[tokio::test]
async fn an_engine_that_is_down_is_a_bad_gateway() {
    let installation = Installation::new();
    let free = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", free.local_addr().unwrap());
    drop(free);
    let server = installation.connect(&url, &[]).await;
    let detail = format!("No connection to {url}: Connection refused");
    refused(&server, Method::GET, 502, "The engine cannot be reached.", &detail).await;
    let xml = server.request(Method::GET, "/ovirt-engine/api/jobs").header("accept", "application/xml");
    let xml = xml.send().await.unwrap().text().await.unwrap();
    assert!(xml.contains("<fault><detail>No connection to "), "{xml}");
    assert_eq!(server.get("/").await.status(), 200, "the page is there");
    let (_, log) = server.stop("-TERM").await;
    assert!(log.contains("the engine cannot be reached now") && log.contains("no answer from the engine"), "{log}");
}

#[tokio::test]
async fn an_invalid_answer_is_a_bad_gateway() {
    let installation = Installation::new();
    for (answer, reason) in [
        ("", "The connection to the engine broke."),
        ("HTTP/1.1 200 OK\r\nconte", "The connection to the engine broke."),
        ("SSH-2.0-OpenSSH_9.2\r\n\r\n", "The engine's answer cannot be read."),
        (
            "HTTP/1.1 101 Switching Protocols\r\nupgrade: h2c\r\nconnection: upgrade\r\n\r\n",
            "The engine's answer cannot be read.",
        ),
    ] {
        let engine = Engine::that_answers(answer).await;
        let server = installation.connect(&engine.url, &[]).await;
        refused(&server, Method::POST, 502, reason, &engine.url).await;
        assert_eq!(engine.heads().len(), 1, "a command is sent at most once");
    }
}

#[tokio::test]
async fn an_engine_that_does_not_answer_in_time_is_a_gateway_timeout() {
    let installation = Installation::new();
    let engine = Engine::start(None, async |mut exchange: Exchange| exchange.wait_for_end().await).await;
    let server = installation.connect(&engine.url, &["--engine-timeout-seconds", "1"]).await;
    let detail = format!("{} did not begin to answer within 1 seconds.", engine.url);
    refused(&server, Method::GET, 504, "The engine did not answer in time.", &detail).await;
}

#[tokio::test]
async fn a_request_that_does_not_arrive_in_time_is_the_clients_fault() {
    let installation = Installation::new();
    let engine = Engine::start(None, async |mut exchange: Exchange| exchange.wait_for_end().await).await;
    let server = installation.connect(&engine.url, &["--engine-timeout-seconds", "1"]).await;
    let head = "POST /ovirt-engine/api/jobs HTTP/1.1\r\nhost: localhost\r\ncontent-length: 100\r\n\r\n{";
    let mut stream = open(&server, head).await;
    let mut answer = String::new();
    timeout(SOON, stream.read_to_string(&mut answer)).await.unwrap().unwrap();
    assert_eq!(status(&answer), 408, "{answer}");
}

#[tokio::test]
async fn a_redirect_is_a_bad_gateway_that_names_its_target() {
    let installation = Installation::new();
    for status in [300, 301, 302, 303, 307, 308] {
        let target = "https://me:secret@sso.example.com/auth?state=secret";
        let engine =
            Engine::that_answers(format!("HTTP/1.1 {status} Moved\r\nlocation: {target}\r\ncontent-length: 0\r\n\r\n"));
        let engine = engine.await;
        let server = installation.connect(&engine.url, &[]).await;
        let detail = format!("{} redirects to https://sso.example.com/auth. ", engine.url);
        refused(&server, Method::GET, 502, "The engine redirects.", &detail).await;
        let (_, log) = server.stop("-TERM").await;
        assert!(log.contains("https://sso.example.com/auth") && !log.contains("secret"), "{log}");
    }
    let engine = Engine::that_answers("HTTP/1.1 304 Not Modified\r\netag: \"a\"\r\n\r\n").await;
    let server = installation.connect(&engine.url, &[]).await;
    let response = server.get("/ovirt-engine/api").await;
    assert_eq!((response.status(), header(&response, "etag")), (StatusCode::NOT_MODIFIED, "\"a\""));
}
