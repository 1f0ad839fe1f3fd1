//! What can go wrong with a call: one type, built in one place.

use std::fmt;

use super::TransportError;
use crate::wire::{Response, fault, json::Undecodable};

/// Why a call brought nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApiError {
    /// No connection.
    Unreachable,
    /// No answer in time.
    TimedOut,
    /// The page gave it up itself.
    Cancelled,
    /// We are not logged in, or not any more (401).
    Unauthenticated,
    /// We are, but may not (403, and 400 for reading: engines answer that to who may not list).
    Forbidden(Words),
    /// It is not there (404).
    NotFound,
    /// The engine will not do it (other 4xx).
    Rejected(Words),
    /// An answer came that we cannot read.
    Undecodable(String),
    /// The engine, or something before it, is in trouble (5xx).
    Server {
        /// HTTP status code.
        status: u16,
        /// Seconds, if it said how long to wait (`Retry-After`).
        retry_after: Option<u32>,
        /// What it said.
        words: Words,
    },
}

/// What is said in place of an engine that must not be asked.
const FOREIGN: &str = "The engine is said to be at another address than this page. Nothing was sent there.";

/// An engine's own words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words(pub Option<String>);

impl Words {
    /// From a body that may hold a fault, or may not.
    fn of(body: &[u8]) -> Self {
        let fault = fault::read(body).unwrap_or_default();
        let said = |text: Option<String>| text.map(|text| readable(&text)).filter(|text| !text.is_empty());
        // Some details are an empty list: then the reason is better than nothing.
        Self(said(fault.detail).or_else(|| said(fault.reason)))
    }

    fn or(&self, otherwise: &str) -> String {
        self.0.clone().unwrap_or_else(|| otherwise.to_owned())
    }
}

/// Whether, and when, to try a read again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// By itself, after a while. At least so many seconds, if the engine said.
    Later(Option<u32>),
    /// Once somebody has logged in.
    AfterLogIn,
    /// Not by itself.
    Never,
}

impl ApiError {
    /// Judges an answer by its status. `Ok` gives the body.
    pub(super) fn check(response: Response, reading: bool) -> Result<Vec<u8>, Self> {
        let status = response.status;
        let retry_after = response.header("retry-after").and_then(|seconds| seconds.parse().ok());
        let body = response.body.into_bytes();
        match status {
            200..=299 => Ok(body),
            401 => Err(Self::Unauthenticated),
            403 => Err(Self::Forbidden(Words::of(&body))),
            404 => Err(Self::NotFound),
            400 if reading => Err(Self::Forbidden(Words::of(&body))),
            400..=499 => Err(Self::Rejected(Words::of(&body))),
            // A redirect that was not followed leads to some log-in page.
            300..=399 => Err(Self::Undecodable(format!("the answer was a redirect ({status})"))),
            _ => Err(Self::Server { status, retry_after, words: Words::of(&body) }),
        }
    }

    /// What to do about a failed read.
    pub const fn retry(&self) -> Retry {
        match self {
            Self::Unreachable | Self::TimedOut | Self::Undecodable(_) => Retry::Later(None),
            Self::Server { retry_after, .. } => Retry::Later(*retry_after),
            Self::Unauthenticated => Retry::AfterLogIn,
            Self::Cancelled | Self::Forbidden(_) | Self::NotFound | Self::Rejected(_) => Retry::Never,
        }
    }

    /// Whether the engine was not asked, or did not answer: then nothing is known about what was asked for. The poll has its
    /// own words for these, and its own time to try again.
    pub const fn is_no_answer(&self) -> bool {
        matches!(self, Self::Unreachable | Self::TimedOut | Self::Cancelled | Self::Unauthenticated)
    }

    /// Whether the engine may have done what it was asked although no good answer came.
    pub const fn leaves_doubt(&self) -> bool {
        match self {
            Self::Unreachable | Self::TimedOut | Self::Cancelled | Self::Undecodable(_) | Self::Server { .. } => true,
            Self::Unauthenticated | Self::Forbidden(_) | Self::NotFound | Self::Rejected(_) => false,
        }
    }
}

impl ApiError {
    /// The sentence that says what came in place of a good reply to something that was sent.
    pub fn in_place_of_reply(&self) -> String {
        match self {
            Self::Unreachable | Self::TimedOut | Self::Cancelled => "The reply was lost.".to_owned(),
            answered => {
                let mut sentence = answered.to_string();
                // An engine's own words may end anyhow.
                if !sentence.ends_with(['.', '!', '?']) {
                    sentence.push('.');
                }
                sentence
            }
        }
    }
}

/// A sentence for the admin.
impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable => f.write_str("The engine cannot be reached."),
            Self::TimedOut => f.write_str("The engine did not answer in time."),
            Self::Cancelled => f.write_str("The request was given up."),
            Self::Unauthenticated => f.write_str("The session has ended. Log in again."),
            Self::Forbidden(words) => f.write_str(&words.or("You are not allowed to do this.")),
            Self::NotFound => f.write_str("The engine does not have this any more."),
            Self::Rejected(words) => f.write_str(&words.or("The engine refused this and gave no reason.")),
            Self::Undecodable(_) => f.write_str("The answer was not one that an engine gives."),
            Self::Server { status, words, .. } => {
                write!(f, "The engine is in trouble (HTTP {status}){}", if words.0.is_some() { ": " } else { "." })?;
                f.write_str(words.0.as_deref().unwrap_or_default())
            }
        }
    }
}

impl From<TransportError> for ApiError {
    fn from(error: TransportError) -> Self {
        match error {
            TransportError::Unreachable => Self::Unreachable,
            TransportError::TimedOut => Self::TimedOut,
            TransportError::Cancelled => Self::Cancelled,
            TransportError::NoToken => Self::Unauthenticated,
            TransportError::Foreign => Self::Forbidden(Words(Some(FOREIGN.to_owned()))),
        }
    }
}

impl From<Undecodable> for ApiError {
    fn from(error: Undecodable) -> Self {
        Self::Undecodable(error.0)
    }
}

/// Takes the brackets of a Java list off, and placeholders that an engine forgot to fill (contract, sections 3 and 10.12).
fn readable(text: &str) -> String {
    let text = text.trim();
    let text = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    text.trim().replace("${action} ${type}", "do this").replace("${action}", "do this").replace("${type}", "object")
}
