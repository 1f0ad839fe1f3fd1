//! The response to requests without valid credentials.

use axum::{
    http::{StatusCode, header::WWW_AUTHENTICATE},
    response::{Html, IntoResponse, Response},
};

/// 401 with an engine's challenge (`EnforceAuthFilter`), and a page as of an engine's container.
pub(super) fn unauthenticated() -> Response {
    let page = Html("<html><head><title>Error</title></head><body>Unauthorized</body></html>");
    (StatusCode::UNAUTHORIZED, [(WWW_AUTHENTICATE, r#"Basic realm="RESTAPI""#)], page).into_response()
}
