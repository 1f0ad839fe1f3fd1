//! Why a call failed: one type, built in one place.

mod answer;
mod words;

pub(super) use answer::http_time;

use super::TransportError;
use crate::wire::{fault, json::Undecodable};

/// Why a call failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApiError {
    /// No connection.
    Unreachable,
    /// No answer in time.
    TimedOut,
    /// The page cancelled the request.
    Cancelled,
    /// The answer leads to another address (3xx), which was not asked. Often it is the log-in of a proxy or of a network.
    Redirected,
    /// The user is not logged in, or the session has ended (401).
    Unauthenticated,
    /// The password was right, but the user has no role that may log in (401): the engine's sentence.
    NotAdmitted(String),
    /// The user has no permission: 403, and 400 for reading (engines answer 400 to a user who may not list).
    Forbidden(EngineMessage),
    /// Not found (404).
    NotFound,
    /// There is no list of jobs (404), which every engine has: this server is no engine, or a proxy whose engine is not there yet.
    NoEngine,
    /// The engine refused the request (other 4xx).
    Rejected(EngineMessage),
    /// Not now: 408, 425, 429, and every other 4xx with `Retry-After` except 401. Nothing was carried out.
    Busy(NotNow),
    /// An answer came that cannot be read.
    Undecodable(String),
    /// Only the first part of a list came.
    BrokenOff,
    /// The engine, or a proxy before it, failed (5xx).
    Server(NotNow),
}

/// An answer after which the same request may succeed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotNow {
    /// HTTP status code.
    pub status: u16,
    /// How many seconds to wait (`Retry-After`), if the answer said so.
    pub retry_after: Option<u32>,
    /// The message.
    pub message: EngineMessage,
}

/// The message when no header can carry the token.
const NO_HEADER: &str = "The token of this session has characters that cannot be sent. Nothing was sent.";

/// An engine's fault when the user may not run a query, in English. It does not say what to do about it. In any other language
/// the engine's text stays.
const NO_QUERY: &str = "query execution failed due to insufficient permissions.";

/// The message that replaces [`NO_QUERY`] for the list of jobs.
const NO_JOBS: &str = "You may not see jobs. Ask for a role with job access.";

/// The engine's own message, if there is one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EngineMessage(pub Option<String>);

impl EngineMessage {
    /// From a body that may hold a fault, or may not.
    pub(super) fn of(body: &[u8]) -> Self {
        let fault = fault::read(body).unwrap_or_default();
        let message = |text: Option<String>| text.map(|text| readable(&text)).filter(|text| !text.is_empty());
        // Some details are an empty list: then the reason is better than nothing.
        Self(message(fault.detail).or_else(|| message(fault.reason)))
    }
}

/// When to repeat a failed read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// Within seconds: the answer cost the server little, and its cause passes. Not before so many seconds, if the answer said so.
    Soon(Option<u32>),
    /// After a wait that grows with each failure: the engine, or the way to it, is in trouble.
    Later,
    /// After the next log-in.
    AfterLogIn,
    /// Rarely: the engine has decided, and only a change of the user's roles changes that.
    Rarely,
}

impl ApiError {
    /// The same error for a list of jobs: says which permission is missing, where the engine does not.
    pub(super) fn of_job_list(self) -> Self {
        match self {
            Self::Forbidden(EngineMessage(Some(message))) if message == NO_QUERY => {
                Self::Forbidden(EngineMessage(Some(NO_JOBS.to_owned())))
            }
            Self::NotFound => Self::NoEngine,
            other => other,
        }
    }

    /// When to repeat a failed read.
    pub const fn retry(&self) -> Retry {
        match self {
            Self::Busy(NotNow { retry_after, .. }) => Retry::Soon(*retry_after),
            Self::Server(NotNow { retry_after: Some(seconds), .. }) => Retry::Soon(Some(*seconds)),
            // Without a message it is not the engine's answer, but a proxy's.
            Self::Redirected
            | Self::NotFound
            | Self::NoEngine
            | Self::Rejected(_)
            | Self::Forbidden(EngineMessage(None)) => Retry::Soon(None),
            Self::Unreachable
            | Self::TimedOut
            | Self::Cancelled
            | Self::Undecodable(_)
            | Self::BrokenOff
            | Self::Server(_) => Retry::Later,
            Self::Unauthenticated | Self::NotAdmitted(_) => Retry::AfterLogIn,
            Self::Forbidden(EngineMessage(Some(_))) => Retry::Rarely,
        }
    }

    /// How many seconds the answer asks to wait, if it does.
    pub const fn advice(&self) -> Option<u32> {
        match self {
            Self::Busy(NotNow { retry_after, .. }) | Self::Server(NotNow { retry_after, .. }) => *retry_after,
            _ => None,
        }
    }

    /// Whether other reads would get the same answer: the server asks for fewer requests, or sends them elsewhere. Then the page
    /// makes no other read before the next poll.
    pub const fn stops_reads(&self) -> bool {
        self.is_no_answer() || matches!(self, Self::Busy(_) | Self::Redirected) || self.advice().is_some()
    }

    /// Whether no answer came from the engine: then nothing is known about what was asked for. The poll reports these errors
    /// and repeats the request.
    pub const fn is_no_answer(&self) -> bool {
        self.ends_session()
            || matches!(self, Self::Unreachable | Self::TimedOut | Self::Cancelled | Self::Redirected | Self::Busy(_))
    }

    /// Whether the engine does not know the session, or does not let its user in.
    pub const fn ends_session(&self) -> bool {
        matches!(self, Self::Unauthenticated | Self::NotAdmitted(_))
    }

    /// Whether an engine answers so to an addition that it carried out, for a user who may not read what was added: it reads the
    /// new step back by a query for which the user has no permission (contract, section 5). It answers the list of jobs the same.
    pub fn may_be_unreadable_addition(&self) -> bool {
        matches!(self, Self::Rejected(EngineMessage(Some(message))) if message == NO_QUERY)
    }

    /// Whether the engine may have carried out the request although no good answer came.
    pub const fn outcome_is_unknown(&self) -> bool {
        match self {
            Self::Unreachable
            | Self::TimedOut
            | Self::Cancelled
            | Self::Undecodable(_)
            | Self::BrokenOff
            | Self::Server(_) => true,
            // A redirect asks for another request in order to carry this one out (RFC 9110, section 15.4).
            Self::Redirected
            | Self::Unauthenticated
            | Self::NotAdmitted(_)
            | Self::Forbidden(_)
            | Self::NotFound
            | Self::NoEngine
            | Self::Rejected(_)
            | Self::Busy(_) => false,
        }
    }
}

/// The message when credentials would go to another origin.
const FOREIGN: &str = "The engine's address is not that of this page. Nothing was sent.";

impl From<TransportError> for ApiError {
    fn from(error: TransportError) -> Self {
        match error {
            TransportError::Unreachable => Self::Unreachable,
            TransportError::TimedOut => Self::TimedOut,
            TransportError::Cancelled => Self::Cancelled,
            TransportError::Redirected => Self::Redirected,
            TransportError::NoToken => Self::Unauthenticated,
            TransportError::Foreign => Self::Forbidden(EngineMessage(Some(FOREIGN.to_owned()))),
            TransportError::NoHeader => Self::Forbidden(EngineMessage(Some(NO_HEADER.to_owned()))),
        }
    }
}

impl From<Undecodable> for ApiError {
    fn from(error: Undecodable) -> Self {
        Self::Undecodable(error.0)
    }
}

/// Removes the brackets of a Java list, and fills placeholders that the engine left (contract, sections 3 and 10.12).
fn readable(text: &str) -> String {
    let text = text.trim();
    let text = text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(text);
    text.trim().replace("${action} ${type}", "do this").replace("${action}", "do this").replace("${type}", "object")
}
