//! Bodies that nobody reads.
//!
//! If a connection is closed while its client still sends, the client may lose the answer. So a little of the body is taken
//! and dropped after the answer.

use std::time::Duration;

use axum::{
    body::{Body, HttpBody},
    extract::Request,
    http::{header::EXPECT, request::Parts},
    middleware::Next,
    response::Response,
};
use http_body_util::BodyExt;
use tokio::{sync::Semaphore, time::timeout};

/// How much of a body is dropped, in bytes. The connection of a longer one is closed.
const LIMIT: usize = 8 * 1024 * 1024;
/// How long that may take.
const TIME_LIMIT: Duration = Duration::from_secs(5);
/// How many bodies are dropped at once; the connections of others are closed.
static TURNS: Semaphore = Semaphore::const_new(256);

/// Takes no body: drops it while the request is answered.
pub(super) async fn ignore(request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    discard(&head, body);
    next.run(Request::from_parts(head, Body::empty())).await
}

/// Drops a body in a task of its own.
pub(super) fn discard(head: &Parts, body: Body) {
    // A client that waits to be asked for its body need not send it.
    if head.headers.contains_key(EXPECT) || body.is_end_stream() {
        return;
    }
    let Ok(turn) = TURNS.try_acquire() else { return };
    tokio::spawn(async move {
        // A client that is slower than this loses its connection.
        drop(timeout(TIME_LIMIT, read(body)).await);
        drop(turn);
    });
}

async fn read(mut body: Body) {
    let mut length = 0;
    while length <= LIMIT
        && let Some(Ok(frame)) = body.frame().await
    {
        length += frame.data_ref().map_or(0, |data| data.len());
    }
}
