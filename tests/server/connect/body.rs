//! Bodies pass piece by piece, as they are.

use std::{sync::Arc, time::Duration};

use reqwest::Method;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    sync::Notify,
    time::timeout,
};

use super::{
    engine::{Engine, Exchange, read_head},
    raw::open,
};
use crate::server::process::{Installation, header};

const SOON: Duration = Duration::from_secs(20);

/// The engine sends the second piece only after the client has read the first.
#[tokio::test]
async fn the_body_of_an_answer_is_not_held_back() {
    let installation = Installation::new();
    let read = Arc::new(Notify::new());
    let go_on = Arc::clone(&read);
    let engine = Engine::start(None, move |mut exchange: Exchange| {
        let go_on = Arc::clone(&go_on);
        async move {
            exchange.send("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nfirst\r\n").await;
            go_on.notified().await;
            exchange.send("6\r\nsecond\r\n0\r\n\r\n").await;
        }
    })
    .await;
    let server = installation.connect(&engine.url, &[]).await;
    let mut response = server.get("/ovirt-engine/api/jobs").await;
    assert_eq!(timeout(SOON, response.chunk()).await.unwrap().unwrap().unwrap(), "first");
    read.notify_one();
    assert_eq!(timeout(SOON, response.chunk()).await.unwrap().unwrap().unwrap(), "second");
    assert!(response.chunk().await.unwrap().is_none());
}

/// The client sends the second piece only after the engine has read the first.
#[tokio::test]
async fn the_body_of_a_request_is_not_held_back() {
    let installation = Installation::new();
    let read = Arc::new(Notify::new());
    let first_read = Arc::clone(&read);
    let engine = Engine::start(None, move |mut exchange: Exchange| {
        let first_read = Arc::clone(&first_read);
        async move {
            let mut body = [0; 11];
            exchange.stream.read_exact(&mut body[..5]).await.unwrap();
            first_read.notify_one();
            exchange.stream.read_exact(&mut body[5..]).await.unwrap();
            exchange.send("HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n").await;
            exchange.send(body).await;
        }
    })
    .await;
    let server = installation.connect(&engine.url, &[]).await;
    let head = "POST /ovirt-engine/api/jobs HTTP/1.1\r\nhost: localhost\r\ncontent-length: 11\r\n";
    let mut stream = open(&server, &format!("{head}expect: 100-continue\r\n\r\n")).await;
    let interim = read_head(&mut stream).await.unwrap();
    assert!(interim.starts_with("HTTP/1.1 100 "), "{interim}");
    stream.write_all(b"first").await.unwrap();
    timeout(SOON, read.notified()).await.unwrap();
    stream.write_all(b"second").await.unwrap();
    assert!(read_head(&mut stream).await.unwrap().starts_with("HTTP/1.1 200 "));
    let mut body = [0; 11];
    stream.read_exact(&mut body).await.unwrap();
    assert_eq!(&body, b"firstsecond");
    assert!(!engine.heads()[0].contains("expect"), "{:?}", engine.heads());
}

#[tokio::test]
async fn a_large_body_needs_little_memory() {
    const PIECE: usize = 1024 * 1024;
    const PIECES: usize = 100;
    let installation = Installation::new();
    let engine = Engine::start(None, async |mut exchange: Exchange| {
        exchange.send(format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", PIECE * PIECES)).await;
        let piece = vec![b'x'; PIECE];
        for _ in 0..PIECES {
            exchange.send(&piece).await;
        }
    })
    .await;
    let server = installation.connect(&engine.url, &[]).await;
    server.get("/").await;
    let before = server.peak_memory();
    let mut response = server.get("/ovirt-engine/api/jobs?follow=steps").await;
    let mut length = 0;
    while let Some(chunk) = response.chunk().await.unwrap() {
        length += chunk.len();
    }
    assert_eq!(length, PIECE * PIECES);
    let more = server.peak_memory() - before;
    assert!(more < 16 * 1024, "{more} KiB");
}

/// With a length, and in chunks.
#[tokio::test]
async fn a_body_that_breaks_off_is_broken_off() {
    let installation = Installation::new();
    for rest in ["content-length: 1000\r\n\r\nhalf", "transfer-encoding: chunked\r\n\r\n4\r\nhalf\r\n"] {
        let engine = Engine::that_answers(format!("HTTP/1.1 200 OK\r\n{rest}")).await;
        let server = installation.connect(&engine.url, &[]).await;
        let mut response = server.get("/ovirt-engine/api/jobs").await;
        assert_eq!(response.status(), 200);
        assert_eq!(response.chunk().await.unwrap().unwrap(), "half");
        assert!(response.chunk().await.is_err(), "{rest}");
    }
}

/// An engine that goes silent in the middle.
#[tokio::test]
async fn a_body_that_stops_is_broken_off() {
    let installation = Installation::new();
    let engine = Engine::start(None, async |mut exchange: Exchange| {
        exchange.send("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nhalf").await;
        exchange.wait_for_end().await;
    })
    .await;
    let server = installation.connect(&engine.url, &["--engine-timeout-seconds", "1"]).await;
    let mut response = server.get("/ovirt-engine/api/jobs").await;
    assert_eq!(response.chunk().await.unwrap().unwrap(), "half");
    assert!(timeout(SOON, response.chunk()).await.unwrap().is_err());
}

/// The engine sees it when the client leaves.
#[tokio::test]
async fn a_client_that_leaves_ends_the_request() {
    let installation = Installation::new();
    let (begun, left) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let (has_begun, has_left) = (Arc::clone(&begun), Arc::clone(&left));
    let engine = Engine::start(None, move |mut exchange: Exchange| {
        let (has_begun, has_left) = (Arc::clone(&has_begun), Arc::clone(&has_left));
        async move {
            has_begun.notify_one();
            exchange.wait_for_end().await;
            has_left.notify_one();
        }
    })
    .await;
    let server = installation.connect(&engine.url, &[]).await;
    let stream = open(&server, "GET /ovirt-engine/api HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
    timeout(SOON, begun.notified()).await.unwrap();
    drop(stream);
    timeout(SOON, left.notified()).await.unwrap();
}

#[tokio::test]
async fn compressed_bodies_pass_as_they_are() {
    let installation = Installation::new();
    // Not even valid: nothing looks inside.
    let body = [0x1f, 0x8b, 8, 0, 1, 2, 3, 255];
    let mut answer =
        b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\nvary: Accept-Encoding\r\ncontent-length: 8\r\n\r\n".to_vec();
    answer.extend(body);
    let engine = Engine::that_answers(answer).await;
    let server = installation.connect(&engine.url, &[]).await;
    let request = server.request(Method::GET, "/ovirt-engine/api/jobs").header("accept-encoding", "gzip, br");
    let response = request.send().await.unwrap();
    assert_eq!((header(&response, "content-encoding"), header(&response, "content-length")), ("gzip", "8"));
    assert_eq!(header(&response, "vary"), "Accept-Encoding");
    assert_eq!(response.bytes().await.unwrap(), body.as_slice());
    assert!(engine.heads()[0].contains("accept-encoding: gzip, br\r\n"), "{:?}", engine.heads());
}

#[tokio::test]
async fn pages_of_html_and_empty_bodies_pass_as_they_are() {
    let installation = Installation::new();
    for (status, kind, body) in [
        (400, "text/html;charset=UTF-8", "Unrecognized field &quot;nope&quot;"),
        (401, "text/html", "<html><head><title>Error</title></head><body>Unauthorized</body></html>"),
        (404, "text/html", "<html>no such collection</html>"),
        (404, "application/json", ""),
        (415, "application/xml", ""),
        (500, "text/html", "<html>follow failed</html>"),
        (503, "text/html", "<html>The engine starts</html>"),
    ] {
        let length = body.len();
        let engine = Engine::that_answers(format!(
            "HTTP/1.1 {status} Some\r\ncontent-type: {kind}\r\ncontent-length: {length}\r\nretry-after: 7\r\n\r\n{body}"
        ))
        .await;
        let server = installation.connect(&engine.url, &[]).await;
        let response = server.get("/ovirt-engine/api/jobs").await;
        assert_eq!((response.status().as_u16(), header(&response, "content-type")), (status, kind));
        assert_eq!(header(&response, "retry-after"), "7");
        assert_eq!(response.text().await.unwrap(), body);
    }
}

#[tokio::test]
async fn a_head_request_has_no_body() {
    let installation = Installation::new();
    let engine = Engine::that_answers("HTTP/1.1 200 OK\r\ncontent-length: 17\r\n\r\n").await;
    let server = installation.connect(&engine.url, &[]).await;
    let response = server.request(Method::HEAD, "/ovirt-engine/api/jobs").send().await.unwrap();
    assert_eq!((response.status().as_u16(), header(&response, "content-length")), (200, "17"));
}
