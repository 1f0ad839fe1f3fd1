//! How many requests may be in flight.

use std::{sync::Arc, time::Duration};

use axum::{
    body::Body,
    extract::{Request, State},
    http::request::Parts,
    middleware::Next,
    response::Response,
};
use tokio::{sync::Semaphore, time::timeout};

use super::api::refuse;
use crate::wire::fault::Fault;

/// So many at once: more would only make each other slower.
pub(super) const LIMIT: usize = 512;
/// How long one above the limit waits for another to end.
const PATIENCE: Duration = Duration::from_secs(5);
/// When to come back, in seconds.
const RETRY_AFTER: u64 = 5;

/// Room for requests.
pub(super) fn room() -> Arc<Semaphore> {
    Arc::new(Semaphore::new(LIMIT))
}

/// Lets a request in when there is room, or refuses it after a while. It is in flight until its answer begins: what is then
/// sent is read piece by piece, and a slow reader costs little.
pub(super) async fn limit(State(room): State<Arc<Semaphore>>, request: Request, next: Next) -> Response {
    match timeout(PATIENCE, room.acquire()).await {
        Ok(_permit) => next.run(request).await,
        Err(_) => full(&request.into_parts().0),
    }
}

fn full(head: &Parts) -> Response<Body> {
    let detail = format!("{LIMIT} requests are in flight. Try again in {RETRY_AFTER} seconds.");
    refuse(head, 503, &Fault::new("Too many requests.", detail), Some(RETRY_AFTER))
}
