//! Reading the bodies of requests.

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

/// The largest body.
const LIMIT: usize = 1024 * 1024;
/// How much of a larger body is read and dropped, so that the client receives the response instead of a broken connection.
const DRAIN_LIMIT: usize = 8 * LIMIT;
/// How long a whole body may take to arrive.
pub(super) const TIME_LIMIT: Duration = Duration::from_secs(30);

/// Why a body was not read.
enum Unread {
    /// It is longer than 1 MiB.
    TooLong,
    /// The connection broke, or the HTTP is invalid.
    Broken,
}

/// Reads the whole body before the request goes on, so that slow clients do not use up requests in flight.
pub(super) async fn receive(request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    match timeout(TIME_LIMIT, read(body)).await {
        Ok(Ok(bytes)) => next.run(Request::from_parts(head, Body::from(bytes))).await,
        Ok(Err(Unread::TooLong)) => {
            refuse(&head, 413, &Fault::new("Request too large.", "The body is longer than 1 MiB."), None)
        }
        Ok(Err(Unread::Broken)) => StatusCode::BAD_REQUEST.into_response(),
        Err(_) => {
            let detail = format!("The body did not arrive within {} seconds.", TIME_LIMIT.as_secs());
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
