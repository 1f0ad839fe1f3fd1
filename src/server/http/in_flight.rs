//! The limit of requests in flight.

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

/// The largest number of requests in flight; more would only slow each other down.
pub(super) const LIMIT: usize = 512;
/// How long a request above the limit waits.
const WAIT: Duration = Duration::from_secs(5);
/// The value of `Retry-After`, in seconds.
const RETRY_AFTER: u64 = 5;

/// The permits of requests in flight.
pub(in crate::server) fn permits() -> Arc<Semaphore> {
    Arc::new(Semaphore::new(LIMIT))
}

/// Waits for a permit, or refuses the request. It is in flight until its response begins; after that a slow client costs
/// little, since the body is read piece by piece.
pub(in crate::server) async fn limit(State(permits): State<Arc<Semaphore>>, request: Request, next: Next) -> Response {
    match timeout(WAIT, permits.acquire()).await {
        Ok(_permit) => next.run(request).await,
        Err(_) => full(&request.into_parts().0),
    }
}

fn full(head: &Parts) -> Response<Body> {
    let detail = format!("{LIMIT} requests are in flight. Try again in {RETRY_AFTER} seconds.");
    refuse(head, 503, &Fault::new("Too many requests.", detail), Some(RETRY_AFTER))
}
