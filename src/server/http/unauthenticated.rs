//! The answer to those whom we do not know.

use axum::{
    http::{StatusCode, header::WWW_AUTHENTICATE},
    response::{Html, IntoResponse, Response},
};

/// 401 with the one challenge that an engine sends, and a page for people as an engine's container makes it
/// (`EnforceAuthFilter`).
pub(super) fn unauthenticated() -> Response {
    let page = Html("<html><head><title>Error</title></head><body>Unauthorized</body></html>");
    (StatusCode::UNAUTHORIZED, [(WWW_AUTHENTICATE, r#"Basic realm="RESTAPI""#)], page).into_response()
}
