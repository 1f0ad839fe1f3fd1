//! One request and its reply.

use super::{ApiError, Transport};
use crate::wire::{Method, Request};

/// Sends one request, once. Returns the body of the reply to a request that succeeded.
pub(super) async fn exchange(transport: &impl Transport, request: Request) -> Result<Vec<u8>, ApiError> {
    let reading = request.method == Method::Get;
    let response = transport.send(request).await?;
    ApiError::check(response, reading, transport.now())
}
