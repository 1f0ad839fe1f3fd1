//! The time limit of a request.

use std::time::Duration;

use axum::{extract::Request, http::request::Parts, middleware::Next, response::Response};
use tokio::time::timeout;

use super::{api::refuse, in_flight::RETRY_AFTER};
use crate::wire::fault::Fault;

/// How long a request may take, from when its body is there until its response begins.
pub(super) const LIMIT: Duration = Duration::from_secs(30);

/// Refuses a request that takes longer.
pub(super) async fn limit(request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    let kept = head.clone();
    match timeout(LIMIT, next.run(Request::from_parts(head, body))).await {
        Ok(response) => response,
        Err(_) => exceeded(&kept),
    }
}

/// The refusal.
pub(super) fn exceeded(head: &Parts) -> Response {
    let detail = format!("There was no answer within {} seconds.", LIMIT.as_secs());
    refuse(head, 503, &Fault::new("The server is too slow.", detail), Some(RETRY_AFTER))
}
