//! Receives the bodies of requests: never more than there is memory for.

use std::{sync::Arc, time::Duration};

use axum::{
    body::{Body, HttpBody},
    extract::{Request, State},
    http::{HeaderValue, StatusCode, header::CONNECTION, request::Parts},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http_body_util::BodyExt;
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::timeout,
};

use super::{api::refuse, in_flight::RETRY_AFTER, unread};
use crate::wire::fault::Fault;

/// The longest body of a client that has not logged in yet, in bytes: a log-in has some hundred.
pub(in crate::server) const LOG_IN_LIMIT: usize = 8 * 1024;
/// The longest body of a client that has logged in, in bytes.
const KNOWN_LIMIT: usize = 1024 * 1024;
/// How many bytes of bodies of all clients that have logged in are in memory.
const KNOWN_TOTAL: usize = 64 * KNOWN_LIMIT;
/// How long a body waits for memory.
const WAIT: Duration = Duration::from_secs(5);

/// How the bodies of a group of requests are received.
#[derive(Debug, Clone)]
pub(in crate::server) struct Bodies {
    /// The longest, in bytes.
    limit: usize,
    /// How long a whole body may take to arrive.
    time_limit: Duration,
    /// The bytes of all bodies together.
    total: Option<Arc<Semaphore>>,
}

impl Bodies {
    /// Those of clients that have logged in.
    pub(super) fn of_known_clients() -> Self {
        let total = Some(Arc::new(Semaphore::new(KNOWN_TOTAL)));
        Self { limit: KNOWN_LIMIT, time_limit: Duration::from_secs(30), total }
    }

    /// Those of log-in and log-out. They are limited by the number of connections: a common total could be used up by
    /// strangers, and then nobody could log in.
    pub(in crate::server) fn of_strangers() -> Self {
        Self { limit: LOG_IN_LIMIT, time_limit: Duration::from_secs(10), total: None }
    }

    /// Reads a body into memory that it holds until it is dropped.
    async fn read(&self, body: &mut Body) -> Result<(Vec<u8>, Option<SemaphorePermit<'_>>), Unread> {
        if body.size_hint().lower() > self.limit as u64 {
            return Err(Unread::TooLong);
        }
        let (mut bytes, mut held) = (Vec::new(), None);
        while let Some(frame) = body.frame().await {
            let frame = frame.map_err(|_| Unread::Broken)?;
            let Some(data) = frame.data_ref() else { continue };
            if bytes.len() + data.len() > self.limit {
                return Err(Unread::TooLong);
            }
            if let Some(total) = &self.total {
                hold(total, &mut held, data.len()).await?;
            }
            bytes.extend_from_slice(data);
        }
        Ok((bytes, held))
    }

    fn refusal(&self, head: &Parts, why: &Unread) -> Response {
        match why {
            Unread::TooLong => {
                let detail = format!("The body is longer than {} KiB.", self.limit / 1024);
                refuse(head, 413, &Fault::new("Request too large.", detail), None)
            }
            Unread::Broken => StatusCode::BAD_REQUEST.into_response(),
            Unread::TooSlow => {
                let detail = format!("The body did not arrive within {} seconds.", self.time_limit.as_secs());
                let mut response = refuse(head, 408, &Fault::new("Request timed out.", detail), None);
                response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
                response
            }
            Unread::NoMemory => {
                let detail = format!("Others send too much at this moment. Try again in {RETRY_AFTER} seconds.");
                refuse(head, 503, &Fault::new("Too many requests.", detail), Some(RETRY_AFTER))
            }
        }
    }
}

/// Why a body was not read.
enum Unread {
    /// It is longer than the limit.
    TooLong,
    /// It did not arrive in time.
    TooSlow,
    /// The bodies of others need all memory.
    NoMemory,
    /// The connection broke, or the HTTP is invalid.
    Broken,
}

/// Memory for one more piece of a body. Its first piece waits. A later one is refused at once, so that no two bodies wait for
/// each other.
async fn hold<'total>(
    total: &'total Semaphore,
    held: &mut Option<SemaphorePermit<'total>>,
    more: usize,
) -> Result<(), Unread> {
    let more = u32::try_from(more).map_err(|_| Unread::TooLong)?;
    match held {
        Some(held) => held.merge(total.try_acquire_many(more).map_err(|_| Unread::NoMemory)?),
        None => match timeout(WAIT, total.acquire_many(more)).await {
            Ok(Ok(first)) => *held = Some(first),
            Ok(Err(_)) | Err(_) => return Err(Unread::NoMemory),
        },
    }
    Ok(())
}

/// Receives the whole body before the request goes on, so that slow clients do not use up requests in flight.
pub(in crate::server) async fn receive(State(bodies): State<Bodies>, request: Request, next: Next) -> Response {
    let (head, mut body) = request.into_parts();
    let read = timeout(bodies.time_limit, bodies.read(&mut body)).await;
    match read.unwrap_or(Err(Unread::TooSlow)) {
        Ok((bytes, held)) => {
            let response = next.run(Request::from_parts(head, Body::from(bytes))).await;
            // Until now the request had the bytes.
            drop(held);
            response
        }
        Err(why) => {
            if matches!(why, Unread::TooLong | Unread::NoMemory) {
                unread::discard(&head, body);
            }
            bodies.refusal(&head, &why)
        }
    }
}
