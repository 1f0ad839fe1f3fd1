//! The response to requests without valid credentials.

use axum::{
    http::{
        StatusCode,
        header::{CONTENT_TYPE, WWW_AUTHENTICATE},
    },
    response::{IntoResponse, Response},
};

use crate::{engine::http::html, server::authentication::Unauthenticated};

/// 401 with an engine's challenge (`EnforceAuthFilter`), and a page with the words of its single sign-on.
pub(super) fn unauthenticated(why: &Unauthenticated) -> Response {
    let message = match why {
        Unauthenticated::NoCredentials => "Unauthorized".to_owned(),
        Unauthenticated::Token => {
            "invalid_grant: The provided authorization grant for the auth code has expired.".to_owned()
        }
        Unauthenticated::Password(name) => format!(
            "access_denied: Cannot authenticate user '{name}': Unable to log in. Verify your login information or contact \
             the system administrator.."
        ),
    };
    let page = html::error_page(&message);
    let headers = [(WWW_AUTHENTICATE, r#"Basic realm="RESTAPI""#), (CONTENT_TYPE, "text/html;charset=UTF-8")];
    (StatusCode::UNAUTHORIZED, headers, page).into_response()
}
