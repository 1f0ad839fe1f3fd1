//! Log-in and log-out with oVirt's single sign-on (contract, section 4).

use std::fmt;

use super::{ApiError, Credentials, EngineMessage, Transport};
use crate::wire::{Method, Request, fits_into_header, json::read_token_reply};

const TOKEN: &str = "/ovirt-engine/sso/oauth/token";
const LOG_OUT: &str = "/ovirt-engine/services/sso-logout";
const SCOPE: &str = "ovirt-app-api";

/// The message when no header can carry the token.
const UNUSABLE: &str = "The engine gave a token with characters that cannot be sent, so nobody can log in with it.";

/// Why a log-in failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogInError {
    /// The engine refused it, with this message: most likely the name or the password is wrong.
    Refused(String),
    /// The request failed.
    Api(ApiError),
}

impl fmt::Display for LogInError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(message) => f.write_str(message),
            Self::Api(error) => error.fmt(f),
        }
    }
}

/// Asks for a token. `user` is `name@profile`.
pub async fn log_in(transport: &impl Transport, user: &str, password: &str) -> Result<Credentials, LogInError> {
    let form = [("grant_type", "password"), ("scope", SCOPE), ("username", user), ("password", password)];
    let response = transport.send(form_request(TOKEN, &form)).await.map_err(|error| LogInError::Api(error.into()))?;
    let (status, body) = (response.status, response.body.into_bytes());
    let reply = read_token_reply(&body);
    match (status, reply.token) {
        (200..=299, Some(token)) if fits_into_header(&token) => Ok(Credentials::bearer(token)),
        (200..=299, Some(_)) => Err(LogInError::Refused(UNUSABLE.to_owned())),
        (200..=299, None) => Err(LogInError::Api(ApiError::Undecodable("no token in the answer".to_owned()))),
        (400..=499, _) => {
            Err(LogInError::Refused(reply.refusal.unwrap_or_else(|| "The log-in was refused.".to_owned())))
        }
        (300..=399, _) => Err(LogInError::Api(ApiError::Undecodable(format!("the answer was a redirect ({status})")))),
        (status, _) => {
            Err(LogInError::Api(ApiError::Server { status, retry_after: None, message: EngineMessage::of(&body) }))
        }
    }
}

/// Revokes a token. The page forgets the token whether or not this succeeds.
pub async fn log_out(transport: &impl Transport, credentials: &Credentials) -> Result<(), ApiError> {
    let Some(token) = credentials.token() else { return Ok(()) };
    let response = transport.send(form_request(LOG_OUT, &[("scope", SCOPE), ("token", token)])).await?;
    ApiError::check(response, false).map(drop)
}

/// `Accept` must be exactly `application/json`: the engine compares the text (`SsoService.validateClientAcceptHeader`).
fn form_request(path: &str, form: &[(&str, &str)]) -> Request {
    let mut request = Request::new(Method::Post, path)
        .with_header("accept", "application/json")
        .with_header("content-type", "application/x-www-form-urlencoded");
    request.body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish().into_bytes();
    request
}
