//! Log-in and log-out, as in oVirt's single sign-on (`OAuthTokenServlet`, `SsoService`, `SsoLogoutServlet`).

use std::{collections::HashMap, sync::Arc};

use axum::{
    body::Bytes,
    extract::State,
    http::{
        StatusCode,
        header::{ACCEPT, CONTENT_TYPE, PRAGMA, RETRY_AFTER},
        request::Parts,
    },
    response::{IntoResponse, Response},
};
use chrono::Utc;
use serde_json::{Value, json};
use tracing::{error, info};

use super::{Server, peer::Peer};
use crate::server::{authentication::AuthenticationError, log::short};

const API_SCOPE: &str = "ovirt-app-api";

type LogInForm = HashMap<String, String>;

/// `POST /ovirt-engine/sso/oauth/token`: a token for a user's name and password.
pub(super) async fn token(State(server): State<Arc<Server>>, head: Parts, body: Bytes) -> Response {
    let form = read_form(&body);
    match issue(&server, &head, &form).await {
        Ok(answer) => send(StatusCode::OK, &answer),
        Err(refusal) => refusal.response(&form),
    }
}

/// `POST /ovirt-engine/services/sso-logout`: ends the session of a token. The answer is `{}` for any token, also an unknown
/// one.
pub(super) async fn log_out(State(server): State<Arc<Server>>, body: Bytes) -> Response {
    if let Err(failed) = server.authenticator.log_out(read_form(&body).get("token").map_or("", String::as_str)).await {
        error!(text = failed.0, "log-out failed");
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    send(StatusCode::OK, &json!({}))
}

/// Why there is no token: 400, or 429 after too many failures.
struct Refusal {
    code: &'static str,
    text: String,
    retry_after: Option<u64>,
}

impl Refusal {
    fn new(code: &'static str, text: impl Into<String>) -> Self {
        Self { code, text: text.into(), retry_after: None }
    }

    fn missing(parameter: &str) -> Self {
        Self::new("invalid_request", format!("Missing parameter: '{parameter}'"))
    }

    fn response(&self, form: &LogInForm) -> Response {
        let Some(seconds) = self.retry_after else { return send(StatusCode::BAD_REQUEST, &self.body(form)) };
        let mut response = send(StatusCode::TOO_MANY_REQUESTS, &self.body(form));
        response.headers_mut().insert(RETRY_AFTER, seconds.into());
        response
    }

    /// The members' names depend on the requested scope (`SsoService.isRestApiScope`).
    fn body(&self, form: &LogInForm) -> Value {
        if asks_for_api(form) {
            json!({ "error_code": self.code, "error": self.text })
        } else {
            json!({ "error": self.code, "error_description": self.text })
        }
    }
}

async fn issue(server: &Server, head: &Parts, form: &LogInForm) -> Result<Value, Refusal> {
    // Exactly this value: an engine refuses the default of browsers.
    if head.headers.get(ACCEPT).is_none_or(|accept| accept != "application/json") {
        return Err(Refusal::missing("Accept Header"));
    }
    if parameter(form, "grant_type")? != "password" {
        let text = "The authorization grant type is not supported by the authorization server.";
        return Err(Refusal::new("unsupported_grant_type", text));
    }
    let (name, password) = (parameter(form, "username")?, parameter(form, "password")?);
    if !asks_for_api(form) {
        let text = format!("The requested scope is invalid, unknown, or malformed: expected {API_SCOPE}.");
        return Err(Refusal::new("invalid_scope", text));
    }
    match server.authenticator.log_in(name, password, Peer::of(&head.extensions)).await {
        Ok(Some(token)) => {
            info!(user = &*short(name), "logged in");
            Ok(granted(server, form, &token))
        }
        Ok(None) => {
            // Without the name, since users sometimes type the password there.
            info!("log-in refused");
            let text = format!("Cannot authenticate user '{name}': The user name or password is incorrect.");
            Err(Refusal::new("access_denied", text))
        }
        Err(AuthenticationError::TooMany(wait)) => {
            info!("log-in refused after too many failures");
            let text = format!("Cannot authenticate user '{name}': Too many failed log-ins. {}", wait.words());
            Err(Refusal { retry_after: Some(wait.seconds()), ..Refusal::new("access_denied", text) })
        }
        Err(AuthenticationError::Store(failed)) => {
            error!(text = failed.0, "log-in failed");
            Err(Refusal::new("server_error", "Internal Server Error"))
        }
    }
}

fn granted(server: &Server, form: &LogInForm, token: &str) -> Value {
    let lifetime = i64::try_from(server.authenticator.token_lifetime().as_millis()).unwrap_or(i64::MAX);
    let expires = Utc::now().timestamp_millis().saturating_add(lifetime);
    json!({
        "access_token": token,
        "scope": form.get("scope"),
        // As text: an engine may send numbers that are too large for a double.
        "exp": expires.to_string(),
        "token_type": "bearer",
    })
}

fn parameter<'form>(form: &'form LogInForm, name: &str) -> Result<&'form str, Refusal> {
    form.get(name).map(String::as_str).ok_or_else(|| Refusal::missing(name))
}

fn asks_for_api(form: &LogInForm) -> bool {
    form.get("scope").is_some_and(|scope| scope.split_whitespace().any(|word| word == API_SCOPE))
}

fn read_form(body: &[u8]) -> LogInForm {
    form_urlencoded::parse(body).into_owned().collect()
}

fn send(status: StatusCode, body: &Value) -> Response {
    (status, [(CONTENT_TYPE, "application/json"), (PRAGMA, "no-cache")], body.to_string()).into_response()
}
