//! One request and its reply.

use super::{ApiError, Transport, error::http_time};
use crate::{
    domain::Time,
    wire::{Method, Request},
};

/// The reply to a request that succeeded.
pub(super) struct Reply {
    pub(super) body: Vec<u8>,
    /// The engine's clock at that moment (`Date`, to the second).
    pub(super) engine_time: Option<Time>,
}

/// Sends one request, once.
pub(super) async fn exchange(transport: &impl Transport, request: Request) -> Result<Reply, ApiError> {
    let reading = request.method == Method::Get;
    let response = transport.send(request).await?;
    let engine_time = response.header("date").and_then(http_time);
    Ok(Reply { body: ApiError::check(response, reading, transport.now())?, engine_time })
}
