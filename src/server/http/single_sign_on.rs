//! Log-in and log-out, as in oVirt's single sign-on (`OAuthTokenServlet`, `SsoService`, `SsoLogoutServlet`).

use std::sync::Arc;

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

use super::{Server, peer::Peer, servlet_parameters::ServletParameters};
use crate::{
    engine::{StoreError, http::StoreFailure},
    server::{
        authentication::{AuthenticationError, Wait},
        log::short,
    },
};

const API_SCOPE: &str = "ovirt-app-api";
/// With one of these, a client is no program of the API (`SsoService.isRestApiScope`).
const PAGE_SCOPES: [&str; 2] = ["ovirt-app-admin", "ovirt-app-portal"];

/// `GET` and `POST /ovirt-engine/sso/oauth/token`: a token for a user's name and password.
pub(super) async fn token(State(server): State<Arc<Server>>, head: Parts, body: Bytes) -> Response {
    let form = ServletParameters::read(&head.uri, &head.headers, &body);
    match issue(&server, &head, &form).await {
        Ok(answer) => send(StatusCode::OK, &answer),
        Err(refusal) => refusal.response(&form),
    }
}

/// `GET` and `POST /ovirt-engine/services/sso-logout`: ends the session of a token. The answer is `{}` for any token, also an
/// unknown one.
pub(super) async fn log_out(State(server): State<Arc<Server>>, head: Parts, body: Bytes) -> Response {
    let form = ServletParameters::read(&head.uri, &head.headers, &body);
    if let Err(failed) = server.authenticator.log_out(form.get("token").unwrap_or_default()).await {
        error!(kind = ?failed.kind, text = failed.text, "log-out failed");
        return Refusal::store(&failed).response(&form);
    }
    send(StatusCode::OK, &json!({}))
}

/// Why there is no token.
struct Refusal {
    status: StatusCode,
    code: &'static str,
    text: String,
    /// The value of `Retry-After`, in seconds.
    retry_after: Option<u64>,
}

impl Refusal {
    fn new(code: &'static str, text: impl Into<String>) -> Self {
        Self { status: StatusCode::BAD_REQUEST, code, text: text.into(), retry_after: None }
    }

    fn missing(parameter: &str) -> Self {
        Self::new("invalid_request", format!("Missing parameter: '{parameter}'"))
    }

    /// There were too many attempts. `Retry-After` is the wait.
    fn later(status: StatusCode, code: &'static str, text: String, wait: Wait) -> Self {
        Self { status, code, text, retry_after: Some(wait.seconds()) }
    }

    /// The database failed.
    fn store(error: &StoreError) -> Self {
        let StoreFailure { status, retry_after, detail } = StoreFailure::of(error.kind);
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Self { status, retry_after, ..Self::new("server_error", detail) }
    }

    fn response(&self, form: &ServletParameters) -> Response {
        let mut response = send(self.status, &self.body(form));
        response.headers_mut().extend(self.retry_after.map(|seconds| (RETRY_AFTER, seconds.into())));
        response
    }

    /// The members' names depend on the requested scope (`SsoService.sendJsonDataWithMessage`).
    fn body(&self, form: &ServletParameters) -> Value {
        if asks_for(form, API_SCOPE) && !PAGE_SCOPES.iter().any(|scope| asks_for(form, scope)) {
            json!({ "error_code": self.code, "error": self.text })
        } else {
            json!({ "error": self.code, "error_description": self.text })
        }
    }
}

async fn issue(server: &Server, head: &Parts, form: &ServletParameters) -> Result<Value, Refusal> {
    // Exactly this value: an engine refuses the default of browsers.
    if head.headers.get(ACCEPT).is_none_or(|accept| accept != "application/json") {
        return Err(Refusal::missing("Accept Header"));
    }
    // Without one, an engine says the same (`OAuthTokenServlet.handleRequest`).
    if form.get("grant_type") != Some("password") {
        let text = "The authorization grant type is not supported by the authorization server.";
        return Err(Refusal::new("unsupported_grant_type", text));
    }
    let (name, password) = (parameter(form, "username")?, parameter(form, "password")?);
    if !asks_for(form, API_SCOPE) {
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
            Err(Refusal::later(StatusCode::TOO_MANY_REQUESTS, "access_denied", text, wait))
        }
        Err(AuthenticationError::Busy(wait)) => {
            info!("log-in refused, since too many wait");
            let text = format!("Cannot authenticate user '{name}': Too many log-ins at once. {}", wait.words());
            Err(Refusal::later(StatusCode::SERVICE_UNAVAILABLE, "temporarily_unavailable", text, wait))
        }
        Err(AuthenticationError::Store(failed)) => {
            error!(kind = ?failed.kind, text = failed.text, "log-in failed");
            Err(Refusal::store(&failed))
        }
    }
}

fn granted(server: &Server, form: &ServletParameters, token: &str) -> Value {
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

fn parameter<'form>(form: &'form ServletParameters, name: &str) -> Result<&'form str, Refusal> {
    form.get(name).ok_or_else(|| Refusal::missing(name))
}

fn asks_for(form: &ServletParameters, scope: &str) -> bool {
    form.get("scope").is_some_and(|scopes| scopes.split_whitespace().any(|word| word == scope))
}

fn send(status: StatusCode, body: &Value) -> Response {
    (status, [(CONTENT_TYPE, "application/json"), (PRAGMA, "no-cache")], body.to_string()).into_response()
}
