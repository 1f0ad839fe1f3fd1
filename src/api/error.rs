//! Why a call failed: one type, built in one place.

use std::fmt;

use super::TransportError;
use crate::wire::{Response, fault, json::Undecodable};

/// Why a call failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ApiError {
    /// No connection.
    Unreachable,
    /// No answer in time.
    TimedOut,
    /// The page cancelled the request.
    Cancelled,
    /// The user is not logged in, or the session has ended (401).
    Unauthenticated,
    /// The password was right, but the user has no role that may log in (401): the engine's sentence.
    NotAdmitted(String),
    /// The user has no permission: 403, and 400 for reading (engines answer 400 to a user who may not list).
    Forbidden(EngineMessage),
    /// Not found (404).
    NotFound,
    /// The engine refused the request (other 4xx).
    Rejected(EngineMessage),
    /// An answer came that cannot be read.
    Undecodable(String),
    /// The engine, or a proxy before it, failed (5xx).
    Server {
        /// HTTP status code.
        status: u16,
        /// How many seconds to wait (`Retry-After`), if the answer said so.
        retry_after: Option<u32>,
        /// The message.
        message: EngineMessage,
    },
}

/// The message when credentials would go to another origin.
const FOREIGN: &str = "The engine's address is not that of this page. Nothing was sent.";

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

    fn or<'a>(&'a self, default: &'a str) -> &'a str {
        self.0.as_deref().unwrap_or(default)
    }
}

/// Whether and when to repeat a failed read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retry {
    /// After a while; after at least so many seconds, if the engine said so.
    Later(Option<u32>),
    /// After the next log-in.
    AfterLogIn,
    /// Only when the user asks.
    Never,
}

impl ApiError {
    /// The body of a successful answer, or the error that the status stands for.
    pub(super) fn check(response: Response, reading: bool) -> Result<Vec<u8>, Self> {
        let status = response.status;
        let retry_after = response.header("retry-after").and_then(|seconds| seconds.parse().ok());
        let body = response.body.into_bytes();
        match status {
            200..=299 => Ok(body),
            401 => Err(not_admitted(&body).map_or(Self::Unauthenticated, Self::NotAdmitted)),
            403 => Err(Self::Forbidden(EngineMessage::of(&body))),
            404 => Err(Self::NotFound),
            400 if reading => Err(Self::Forbidden(EngineMessage::of(&body))),
            400..=499 => Err(Self::Rejected(EngineMessage::of(&body))),
            // A redirect that was not followed leads to a log-in page.
            300..=399 => Err(Self::Undecodable(format!("the answer was a redirect ({status})"))),
            _ => Err(Self::Server { status, retry_after, message: EngineMessage::of(&body) }),
        }
    }

    /// The same error for a list of jobs: says which permission is missing, where the engine does not.
    pub(super) fn of_job_list(self) -> Self {
        match self {
            Self::Forbidden(EngineMessage(Some(message))) if message == NO_QUERY => {
                Self::Forbidden(EngineMessage(Some(NO_JOBS.to_owned())))
            }
            other => other,
        }
    }

    /// Whether and when to repeat a failed read.
    pub const fn retry(&self) -> Retry {
        match self {
            Self::Unreachable | Self::TimedOut | Self::Undecodable(_) => Retry::Later(None),
            Self::Server { retry_after, .. } => Retry::Later(*retry_after),
            Self::Unauthenticated | Self::NotAdmitted(_) => Retry::AfterLogIn,
            Self::Cancelled | Self::Forbidden(_) | Self::NotFound | Self::Rejected(_) => Retry::Never,
        }
    }

    /// Whether no answer came from the engine: then nothing is known about what was asked for. The poll reports these errors
    /// and repeats the request.
    pub const fn is_no_answer(&self) -> bool {
        self.ends_session() || matches!(self, Self::Unreachable | Self::TimedOut | Self::Cancelled)
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
            Self::Unreachable | Self::TimedOut | Self::Cancelled | Self::Undecodable(_) | Self::Server { .. } => true,
            Self::Unauthenticated | Self::NotAdmitted(_) | Self::Forbidden(_) | Self::NotFound | Self::Rejected(_) => {
                false
            }
        }
    }
}

impl ApiError {
    /// A sentence that says why there is no good reply to a request whose outcome is unknown.
    pub fn in_place_of_reply(&self) -> String {
        match self {
            Self::Unreachable | Self::TimedOut | Self::Cancelled => "The reply was lost.".to_owned(),
            answered => {
                let mut sentence = answered.to_string();
                // An engine's own message may end without a full stop.
                if !sentence.ends_with(['.', '!', '?']) {
                    sentence.push('.');
                }
                sentence
            }
        }
    }
}

/// The sentence that the page shows.
impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable => f.write_str("The engine cannot be reached."),
            Self::TimedOut => f.write_str("The engine did not answer in time."),
            Self::Cancelled => f.write_str("The request was cancelled."),
            Self::NotAdmitted(sentence) => f.write_str(sentence),
            Self::Unauthenticated => f.write_str("The session has ended. Log in again."),
            Self::Forbidden(message) => f.write_str(message.or("You are not allowed to do this.")),
            Self::NotFound => f.write_str("The engine does not have this any more."),
            Self::Rejected(message) => f.write_str(message.or("The engine refused this and gave no reason.")),
            Self::Undecodable(_) => f.write_str("The engine's answer cannot be read."),
            Self::Server { status, message, .. } => {
                // 502 and 504 are a proxy's: the engine itself did not answer.
                let what = match status {
                    502 => "The engine cannot be reached",
                    504 => "The engine did not answer in time",
                    _ => "The engine reported an error",
                };
                match &message.0 {
                    Some(message) => write!(f, "{what} (HTTP {status}): {message}"),
                    None => write!(f, "{what} (HTTP {status})."),
                }
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

/// What an engine says in the middle of the HTML of a 401 when the user may not log in (`SsoRestApiAuthFilter`).
const MAY_NOT_LOG_IN: &str = "is not authorized to perform login";

/// The engine's sentence about a user who may not log in, from the HTML of a 401.
fn not_admitted(body: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(body);
    let (before, _) = text.split_once(MAY_NOT_LOG_IN)?;
    // From the start of the sentence, or from the tag before it.
    let start = before.rfind("The user ").or_else(|| before.rfind('>').map(|tag| tag + 1)).unwrap_or(0);
    let sentence = format!("{}{MAY_NOT_LOG_IN}.", &before[start..]);
    Some(
        sentence
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&amp;", "&"),
    )
}
