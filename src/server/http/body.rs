//! Requests' bodies, as they arrive.

use std::time::Duration;

use axum::{
    body::Body,
    extract::Request,
    http::{HeaderValue, StatusCode, header::CONNECTION},
    middleware::Next,
    response::{IntoResponse, Response},
};
use http_body_util::BodyExt;
use tokio::time::timeout;

use super::api::refuse;
use crate::wire::fault::Fault;

/// No body may be longer.
const LIMIT: usize = 1024 * 1024;
/// How much of a longer one is read and dropped, so that the client gets to see the answer instead of a broken connection.
const DRAIN_LIMIT: usize = 8 * LIMIT;
/// How long one may take to arrive, whole.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);

/// Why a body was not read.
enum Unread {
    /// It is longer than 1 MiB.
    TooLong,
    /// The connection broke, or spoke no HTTP.
    Broken,
}

/// Lets a request on when all of its body is there. So it is in nobody's way while it arrives.
pub(super) async fn receive(request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    match timeout(PATIENCE, read(body)).await {
        Ok(Ok(bytes)) => next.run(Request::from_parts(head, Body::from(bytes))).await,
        Ok(Err(Unread::TooLong)) => {
            refuse(&head, 413, &Fault::new("Request too large.", "The body is longer than 1 MiB."), None)
        }
        Ok(Err(Unread::Broken)) => StatusCode::BAD_REQUEST.into_response(),
        Err(_) => {
            let detail = format!("The body did not arrive within {} seconds.", PATIENCE.as_secs());
            let mut response = refuse(&head, 408, &Fault::new("Request timed out.", detail), None);
            response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
            response
        }
    }
}

async fn read(mut body: Body) -> Result<Vec<u8>, Unread> {
    let mut bytes = Vec::new();
    let mut length = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Unread::Broken)?;
        let Some(data) = frame.data_ref() else { continue };
        length += data.len();
        if length <= LIMIT {
            bytes.extend_from_slice(data);
        } else if length <= DRAIN_LIMIT {
            bytes = Vec::new();
        } else {
            break;
        }
    }
    if length > LIMIT { Err(Unread::TooLong) } else { Ok(bytes) }
}
