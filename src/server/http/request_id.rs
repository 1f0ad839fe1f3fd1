//! Ids of requests.

use axum::http::{HeaderValue, Request};
use tower_http::request_id::{MakeRequestId, RequestId};
use uuid::Uuid;

use super::REQUEST_ID;

const REQUEST_ID_LIMIT: usize = 128;

/// Adds a random id to requests without one.
#[derive(Debug, Clone, Copy)]
pub(super) struct RandomId;

impl MakeRequestId for RandomId {
    fn make_request_id<B>(&mut self, _: &Request<B>) -> Option<RequestId> {
        HeaderValue::try_from(Uuid::new_v4().to_string()).ok().map(RequestId::new)
    }
}

/// Removes an id from a client that is too long for the log, or has special characters.
pub(super) fn drop_invalid<B>(mut request: Request<B>) -> Request<B> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte);
    let fine =
        |id: &HeaderValue| id.len() <= REQUEST_ID_LIMIT && !id.is_empty() && id.as_bytes().iter().copied().all(plain);
    if request.headers().get(REQUEST_ID).is_some_and(|id| !fine(id)) {
        request.headers_mut().remove(REQUEST_ID);
    }
    request
}
