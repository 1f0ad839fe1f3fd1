//! Log-in and log-out with oVirt's single sign-on (contract, section 4).

use std::fmt;

use super::{ApiError, Credentials, Transport};
use crate::wire::{
    Body, Method, Request, Response, fits_into_header,
    json::{TokenReply, read_token_reply},
};

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
            Self::Api(error) => f.write_str(&error.refusal()),
        }
    }
}

/// Asks for a token. `user` is `name@profile`.
pub async fn log_in(transport: &impl Transport, user: &str, password: &str) -> Result<Credentials, LogInError> {
    let form = [("grant_type", "password"), ("scope", SCOPE), ("username", user), ("password", password)];
    let response = transport.send(form_request(TOKEN, &form)).await.map_err(|error| LogInError::Api(error.into()))?;
    let Response { status, headers, body } = response;
    let body = body.into_bytes();
    let TokenReply { token, refusal } = read_token_reply(&body);
    let token = token.filter(|token| !token.is_empty());
    let checked = ApiError::check(Response { status, headers, body: Body::Bytes(body) }, false, transport.now());
    match (checked, token, refusal) {
        (Ok(_), Some(token), _) if fits_into_header(&token) => Ok(Credentials::bearer(token)),
        (Ok(_), Some(_), _) => Err(LogInError::Refused(UNUSABLE.to_owned())),
        (Ok(_), None, _) => Err(unreadable("no token in the answer")),
        (Err(_), _, Some(refusal)) if (400..=499).contains(&status) => Err(LogInError::Refused(refusal)),
        (Err(_), ..) if matches!(status, 400 | 401 | 403) => {
            Err(LogInError::Refused("The log-in was refused.".to_owned()))
        }
        (Err(ApiError::NotFound), ..) => Err(LogInError::Api(ApiError::NoEngine)),
        (Err(error), ..) => Err(LogInError::Api(error)),
    }
}

fn unreadable(why: &str) -> LogInError {
    LogInError::Api(ApiError::Undecodable(why.to_owned()))
}

/// Revokes a token. The page forgets the token whether or not this succeeds.
pub async fn log_out(transport: &impl Transport, credentials: &Credentials) -> Result<(), ApiError> {
    let Some(token) = credentials.token() else { return Ok(()) };
    let response = transport.send(form_request(LOG_OUT, &[("scope", SCOPE), ("token", token)])).await?;
    ApiError::check(response, false, transport.now()).map(drop)
}

/// `Accept` must be exactly `application/json`: the engine compares the text (`SsoService.validateClientAcceptHeader`).
fn form_request(path: &str, form: &[(&str, &str)]) -> Request {
    let mut request = Request::new(Method::Post, path)
        .with_header("accept", "application/json")
        .with_header("content-type", "application/x-www-form-urlencoded");
    request.body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish().into_bytes();
    request
}
