//! Clients that have not logged in cost little.

use std::time::Duration;

use reqwest::Method;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    time::timeout,
};

use super::{
    connect::raw::{open, status},
    process::{Installation, Server},
};

const SOON: Duration = Duration::from_secs(20);

/// Sends a head that promises a body, but no body, and returns the status.
async fn promised(server: &Server, path: &str, length: usize, more: &str) -> u16 {
    let head = format!("POST {path} HTTP/1.1\r\nhost: localhost\r\n{more}content-length: {length}\r\n\r\n");
    let mut stream = open(server, &head).await;
    let mut answer = vec![0; 1024];
    // The body is not waited for.
    let read = timeout(SOON, stream.read(&mut answer)).await.unwrap().unwrap();
    let answer = String::from_utf8_lossy(&answer[..read]).into_owned();
    assert!(!answer.starts_with("HTTP/1.1 100"), "{answer}");
    status(&answer)
}

/// A body that is needed is waited for; the tests of bodies show that.
#[tokio::test]
async fn credentials_are_looked_at_before_the_body() {
    let installation = Installation::new();
    let server = installation.serve(&[]).await;
    for (path, length, more, expected) in [
        ("/ovirt-engine/api/jobs", 1_000_000, "", 401),
        ("/ovirt-engine/api/jobs", 100_000_000, "", 401),
        ("/ovirt-engine/api/jobs", 10, "authorization: Bearer wrong\r\n", 401),
        ("/ovirt-engine/api/jobs", 10, "expect: 100-continue\r\n", 401),
        ("/ovirt-engine/sso/oauth/token", 8193, "", 413),
        ("/ovirt-engine/services/sso-logout", 8193, "", 413),
        ("/ovirt-engine/nothing", 10, "", 404),
        ("/", 10, "", 405),
    ] {
        assert_eq!(promised(&server, path, length, more).await, expected, "{path} {length} {more}");
    }
}

#[tokio::test]
async fn bodies_of_log_in_are_small_in_front_of_an_engine_too() {
    let installation = Installation::new();
    let serve = installation.serve(&[]).await;
    let connect = installation.connect(&serve.url, &[]).await;
    for path in ["/ovirt-engine/sso/oauth/token", "/ovirt-engine/services/sso-logout"] {
        assert_eq!(promised(&connect, path, 8193, "").await, 413, "{path}");
    }
    assert!(connect.log_in(super::process::ADMIN, &serve.password()).await.is_ok());
}

/// The connection is not closed while the client still sends: it could lose the answer.
#[tokio::test]
async fn whoever_sends_a_body_in_vain_gets_the_answer() {
    let installation = Installation::new();
    let server = installation.serve(&[]).await;
    for (path, expected) in [("/ovirt-engine/api/jobs", 401), ("/ovirt-engine/sso/oauth/token", 413)] {
        let head = format!("POST {path} HTTP/1.1\r\nhost: localhost\r\ncontent-length: 1000000\r\n\r\n");
        let mut stream = open(&server, &head).await;
        let mut answer = [0; 12];
        timeout(SOON, stream.read_exact(&mut answer)).await.unwrap().unwrap();
        for _ in 0..100 {
            stream.write_all(&[b'x'; 10_000]).await.unwrap();
        }
        assert_eq!(status(&String::from_utf8_lossy(&answer)), expected);
        let mut rest = Vec::new();
        stream.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").await.unwrap();
        timeout(SOON, stream.read_to_end(&mut rest)).await.unwrap().unwrap();
        assert!(String::from_utf8_lossy(&rest).contains("HTTP/1.1 200 OK"), "the same connection goes on");
    }
}

/// The limit of open files is raised at start: 1,200 idle connections used up the usual 1,024.
#[tokio::test]
async fn many_idle_connections_keep_nobody_out() {
    let installation = Installation::new();
    let server = installation.serve_with_files(100, 3000).await;
    let mut idle = Vec::new();
    // The server has 1,500 places.
    for _ in 0..1_600 {
        idle.push(open(&server, "").await);
    }
    for _ in 0..10 {
        let client = super::process::client([]);
        let request = client.request(Method::GET, format!("{}/", server.url)).timeout(SOON);
        assert_eq!(request.send().await.unwrap().status(), 200);
    }
    // The oldest one left.
    assert_eq!(timeout(SOON, idle[0].read(&mut [0; 1])).await.unwrap().unwrap_or(0), 0);
}
