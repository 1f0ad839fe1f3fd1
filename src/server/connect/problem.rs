//! Why there is no answer from the engine.

use std::{error::Error, io, time::Duration};

use axum::http::StatusCode;
use hyper_util::client::legacy;
use rustls::CertificateError;

use super::{certificate, engine_url::EngineUrl};
use crate::wire::fault::Fault;

/// Why there is no answer from the engine.
#[derive(Debug)]
pub(super) enum Problem {
    /// No connection.
    Unreachable(String),
    /// The engine's certificate is not trusted.
    Certificate(CertificateError),
    /// The connection broke before an answer began. The engine may have got the request.
    Broken(String),
    /// The answer is not HTTP, or its head is too long.
    NotHttp(String),
    /// The client's own request broke off.
    Request,
    /// The client's own request did not arrive in time.
    SlowRequest(Duration),
    /// No answer began in time.
    TooLate(Duration),
    /// The engine redirects to that URL.
    Redirect(String),
}

impl Problem {
    /// Why a request failed.
    pub(super) fn of_request(error: &legacy::Error) -> Self {
        match find::<hyper::Error>(error) {
            _ if error.is_connect() => Self::of_connection(error),
            Some(error) if error.is_user() => Self::Request,
            Some(error) if error.is_parse() => Self::NotHttp(error.to_string()),
            _ => Self::Broken(cause(error)),
        }
    }

    /// Why there is no connection.
    pub(super) fn of_connection(error: &(dyn Error + 'static)) -> Self {
        match find::<rustls::Error>(error) {
            Some(rustls::Error::InvalidCertificate(error)) => Self::Certificate(error.clone()),
            _ => Self::Unreachable(cause(error)),
        }
    }

    /// The status of the answer that says so.
    pub(super) const fn status(&self) -> StatusCode {
        match self {
            Self::Unreachable(_) | Self::Certificate(_) | Self::Broken(_) | Self::NotHttp(_) | Self::Redirect(_) => {
                StatusCode::BAD_GATEWAY
            }
            Self::TooLate(_) => StatusCode::GATEWAY_TIMEOUT,
            Self::Request => StatusCode::BAD_REQUEST,
            Self::SlowRequest(_) => StatusCode::REQUEST_TIMEOUT,
        }
    }

    /// The same in words.
    pub(super) fn fault(&self, engine: &EngineUrl) -> Fault {
        match self {
            Self::Unreachable(cause) => {
                Fault::new("The engine cannot be reached.", format!("No connection to {engine}: {cause}."))
            }
            Self::Certificate(error) => Fault::new(
                "The engine's certificate is not trusted.",
                format!("{} Start jobs-engine connect again to see what to do.", certificate::why(engine, error)),
            ),
            Self::Broken(cause) => Fault::new(
                "The connection to the engine broke.",
                format!("{engine} closed the connection without an answer: {cause}."),
            ),
            Self::NotHttp(cause) => Fault::new(
                "The engine's answer cannot be read.",
                format!("What {engine} answered is not valid HTTP: {cause}."),
            ),
            Self::Request => Fault::new("The request is incomplete.", "The body of the request broke off."),
            Self::SlowRequest(limit) => {
                Fault::new("Request timed out.", format!("The body did not arrive within {} seconds.", limit.as_secs()))
            }
            Self::TooLate(limit) => Fault::new(
                "The engine did not answer in time.",
                format!("{engine} did not begin to answer within {} seconds.", limit.as_secs()),
            ),
            Self::Redirect(target) => Fault::new(
                "The engine redirects.",
                format!("{engine} redirects to {target}. Give jobs-engine connect the address that answers itself."),
            ),
        }
    }
}

/// The first error of that type among the causes of an error.
fn find<'error, E: Error + 'static>(error: &'error (dyn Error + 'static)) -> Option<&'error E> {
    causes(error).find_map(|error| error.downcast_ref())
}

/// The last cause of an error, in words.
fn cause(error: &(dyn Error + 'static)) -> String {
    causes(error).last().unwrap_or(error).to_string()
}

/// An error and its causes. `io::Error` does not have the error that it was made from among its sources.
fn causes<'error>(error: &'error (dyn Error + 'static)) -> impl Iterator<Item = &'error (dyn Error + 'static)> {
    let mut next = Some(error);
    std::iter::from_fn(move || {
        let error = next?;
        let wrapped = error.downcast_ref().and_then(io::Error::get_ref);
        next = match wrapped {
            Some(wrapped) => Some(wrapped),
            None => error.source(),
        };
        Some(error)
    })
}
