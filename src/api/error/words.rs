//! The sentences about errors.

use std::fmt;

use super::{ApiError, EngineMessage, NotNow};

impl ApiError {
    /// The sentence for whoever asked for something: also when to ask again, if the answer said so.
    pub fn refusal(&self) -> String {
        match self.advice() {
            Some(seconds) => format!("{} Try again in {seconds} s.", self.sentence()),
            None => self.to_string(),
        }
    }

    /// A sentence that says why there is no good reply to a request whose outcome is unknown.
    pub fn in_place_of_reply(&self) -> String {
        match self {
            Self::Unreachable | Self::TimedOut | Self::Cancelled => "The reply was lost.".to_owned(),
            answered => answered.sentence(),
        }
    }

    /// With a full stop: an engine's own message may end without one.
    fn sentence(&self) -> String {
        let mut sentence = self.to_string();
        if !sentence.ends_with(['.', '!', '?']) {
            sentence.push('.');
        }
        sentence
    }
}

/// The sentence that the page shows.
impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreachable => f.write_str("The engine cannot be reached."),
            Self::TimedOut => f.write_str("The engine did not answer in time."),
            Self::Cancelled => f.write_str("The request was cancelled."),
            Self::Redirected => f.write_str(ELSEWHERE),
            Self::NotAdmitted(sentence) => f.write_str(sentence),
            Self::Unauthenticated => f.write_str("The session has ended. Log in again."),
            Self::Forbidden(message) => f.write_str(message.or("You are not allowed to do this.")),
            Self::NotFound => f.write_str("The engine does not have this any more."),
            Self::NoEngine => f.write_str("There is no engine at this address (HTTP 404). It may be starting."),
            Self::Rejected(message) => f.write_str(message.or("The engine refused this and gave no reason.")),
            Self::Undecodable(_) => f.write_str("The engine's answer cannot be read."),
            Self::BrokenOff => {
                f.write_str("The list of jobs broke off. What came of it is shown; nothing was removed.")
            }
            Self::Busy(not_now) => not_now.write(f, not_now.asks()),
            Self::Server(not_now) => not_now.write(f, not_now.failed()),
        }
    }
}

const ELSEWHERE: &str = "The engine, or a proxy before it, sent the page to another address. If there is a log-in, it may have ended: \
    open this page in another tab to log in.";

impl NotNow {
    /// What a 4xx asks for.
    const fn asks(&self) -> &'static str {
        match self.status {
            408 => "The request did not arrive in time",
            429 => "The engine, or a proxy before it, asks for fewer requests",
            _ => "The engine, or a proxy before it, asks to try again later",
        }
    }

    /// What a 5xx reports. 502 and 504 are a proxy's: the engine itself did not answer.
    const fn failed(&self) -> &'static str {
        match self.status {
            502 => "The engine cannot be reached",
            504 => "The engine did not answer in time",
            _ => "The engine reported an error",
        }
    }

    fn write(&self, f: &mut fmt::Formatter<'_>, what: &str) -> fmt::Result {
        match &self.message.0 {
            Some(message) => write!(f, "{what} (HTTP {}): {message}", self.status),
            None => write!(f, "{what} (HTTP {}).", self.status),
        }
    }
}

impl EngineMessage {
    fn or<'a>(&'a self, default: &'a str) -> &'a str {
        self.0.as_deref().unwrap_or(default)
    }
}
