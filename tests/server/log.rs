//! The log is no part of the service: whatever happens to it, requests are answered.

use std::{fs::OpenOptions, io::pipe, os::fd::OwnedFd, process::Stdio, time::Duration};

use reqwest::Method;
use serde_json::Value;

use super::process::{Installation, Server, read_log};

const REQUESTS: usize = 500;

/// Requests whose lines together are longer than a pipe takes, which is 64 KiB.
async fn ask_often(server: &Server) {
    let path = format!("/{}", "x/".repeat(120));
    for _ in 0..REQUESTS {
        let response = server.request(Method::GET, &path).timeout(Duration::from_secs(20)).send().await.unwrap();
        assert_eq!(response.status(), 404);
    }
}

#[tokio::test]
async fn a_log_that_cannot_be_written_harms_no_request() {
    let (closed, writer) = pipe().unwrap();
    drop(closed);
    let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
    for log in [Stdio::from(writer), Stdio::from(full)] {
        let server = Installation::new().serve_logging_to(log).await;
        ask_often(&server).await;
        assert_eq!(server.stop("-TERM").await.0, Some(0));
    }
}

#[tokio::test]
async fn a_log_that_nobody_reads_harms_no_request() {
    let (_unread, writer) = pipe().unwrap();
    let server = Installation::new().serve_logging_to(writer).await;
    ask_often(&server).await;
    assert_eq!(server.stop("-TERM").await.0, Some(0));
}

#[tokio::test]
async fn a_log_that_is_read_again_goes_on() {
    let (unread, writer) = pipe().unwrap();
    let server = Installation::new().serve_logging_to(writer).await;
    ask_often(&server).await;
    let log = read_log(unread);
    server.get("/again").await;
    assert_eq!(server.stop("-TERM").await.0, Some(0));
    let log = log.await.unwrap();
    let lines: Vec<Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let paths = lines.iter().filter_map(|line| line["span"]["path"].as_str());
    assert_eq!(paths.filter(|path| path.starts_with("/x/") || *path == "/again").count(), REQUESTS + 1);
    assert_eq!(lines.last().unwrap()["message"], "stopped");
}

/// Standard output and standard error of a service manager that is gone, from the first line on.
#[tokio::test]
async fn starts_with_nobody_to_talk_to() {
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = free.local_addr().unwrap().to_string();
    drop(free);
    let installation = Installation::new();
    let closed = || OwnedFd::from(pipe().unwrap().1);
    let mut server = installation.spawn_with(&["serve", "--listen", &address, "--ui", "page"], closed(), closed());
    let asking = async { while super::process::client([]).get(format!("http://{address}/")).send().await.is_err() {} };
    let answered = tokio::time::timeout(Duration::from_secs(30), asking).await;
    let ended = server.try_wait().unwrap();
    server.kill().unwrap();
    server.wait().unwrap();
    assert!(answered.is_ok() && ended.is_none(), "{ended:?}");
}

#[tokio::test]
async fn what_a_client_sends_is_cut() {
    let server = Installation::new().serve(&[]).await;
    let long = "x".repeat(20_000);
    for (method, path, id) in [("GET", long.as_str(), "a"), (&long, "short", "b"), ("GET", "short", &long)] {
        let method = Method::from_bytes(method.as_bytes()).unwrap();
        let request = server.request(method, &format!("/{}", path.replace("xx", "x/")));
        request.header("x-request-id", id).send().await.unwrap();
    }
    assert!(server.log_in(&long[..4000], "secret").await.is_err());
    let (_, log) = server.stop("-TERM").await;
    assert_eq!(log.lines().filter(|line| line.contains("\"answered\"")).count(), 4, "{log}");
    let longest = log.lines().map(str::len).max().unwrap();
    assert!(longest < 1024, "{longest}");
}
