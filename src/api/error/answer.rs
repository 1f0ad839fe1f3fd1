//! From an answer to the error that it stands for.

use std::time::UNIX_EPOCH;

use super::{ApiError, EngineMessage, NotNow};
use crate::{domain::Time, wire::Response};

impl ApiError {
    /// The body of a successful answer, or the error that the status stands for. `now` is the client's time, if it has a clock.
    pub(in crate::api) fn check(response: Response, reading: bool, now: Option<Time>) -> Result<Vec<u8>, Self> {
        let status = response.status;
        let retry_after = retry_after(&response, now);
        let body = response.body.into_bytes();
        let not_now = |body: &[u8]| NotNow { status, retry_after, message: EngineMessage::of(body) };
        Err(match status {
            200..=299 => return Ok(body),
            300..=399 => Self::Redirected,
            401 => not_admitted(&body).map_or(Self::Unauthenticated, Self::NotAdmitted),
            408 | 425 | 429 => Self::Busy(not_now(&body)),
            400..=499 if retry_after.is_some() => Self::Busy(not_now(&body)),
            403 => Self::Forbidden(EngineMessage::of(&body)),
            404 => Self::NotFound,
            400 if reading => Self::Forbidden(EngineMessage::of(&body)),
            400..=499 => Self::Rejected(EngineMessage::of(&body)),
            _ => Self::Server(not_now(&body)),
        })
    }
}

/// The time in an answer's header, to the second.
pub(in crate::api) fn http_time(text: &str) -> Option<Time> {
    let since_epoch = httpdate::parse_http_date(text).ok()?.duration_since(UNIX_EPOCH).ok()?;
    Time::from_timestamp(i64::try_from(since_epoch.as_secs()).ok()?, 0)
}

/// How many seconds an answer asks to wait: a number of seconds or a date (RFC 9110, section 10.2.3). A date counts from the
/// answer's own `Date`, since the clocks may differ; without one, from `now`.
fn retry_after(response: &Response, now: Option<Time>) -> Option<u32> {
    let text = response.header("retry-after")?.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(text.parse().unwrap_or(u32::MAX));
    }
    let until = http_time(text)?;
    let since = response.header("date").and_then(http_time).or(now)?;
    Some(u32::try_from((until - since).num_seconds().max(0)).unwrap_or(u32::MAX))
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
