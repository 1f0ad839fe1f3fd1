//! Requests as they arrive: their ids and their bodies.

use axum::{
    body::Body,
    http::{HeaderValue, Request},
};
use http_body_util::BodyExt;
use tower_http::request_id::{MakeRequestId, RequestId};
use uuid::Uuid;

use super::REQUEST_ID;

/// No body may be longer.
const BODY_LIMIT: usize = 1024 * 1024;
/// How much of a longer one is read and dropped, so that the client gets to see the answer instead of a broken connection.
const DRAIN_LIMIT: usize = 8 * BODY_LIMIT;
const REQUEST_ID_LIMIT: usize = 128;

/// Gives requests without an id a random one.
#[derive(Debug, Clone, Copy)]
pub(super) struct RandomId;

impl MakeRequestId for RandomId {
    fn make_request_id<B>(&mut self, _: &Request<B>) -> Option<RequestId> {
        HeaderValue::try_from(Uuid::new_v4().to_string()).ok().map(RequestId::new)
    }
}

/// Takes away an id that a client chose and that would not look well in a log.
pub(super) fn drop_odd_request_id<B>(mut request: Request<B>) -> Request<B> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte);
    let fine =
        |id: &HeaderValue| id.len() <= REQUEST_ID_LIMIT && !id.is_empty() && id.as_bytes().iter().copied().all(plain);
    if request.headers().get(REQUEST_ID).is_some_and(|id| !fine(id)) {
        request.headers_mut().remove(REQUEST_ID);
    }
    request
}

/// Why a body was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BodyError {
    /// It is longer than 1 MiB.
    TooLong,
    /// The connection broke, or spoke no HTTP.
    Broken,
}

/// Reads a whole body, up to the limit.
pub(super) async fn read_body(mut body: Body) -> Result<Vec<u8>, BodyError> {
    let mut bytes = Vec::new();
    let mut length = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| BodyError::Broken)?;
        let Some(data) = frame.data_ref() else { continue };
        length += data.len();
        if length <= BODY_LIMIT {
            bytes.extend_from_slice(data);
        } else if length <= DRAIN_LIMIT {
            bytes = Vec::new();
        } else {
            break;
        }
    }
    if length > BODY_LIMIT { Err(BodyError::TooLong) } else { Ok(bytes) }
}
