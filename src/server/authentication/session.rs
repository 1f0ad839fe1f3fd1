//! Sessions of clients that ask for them: `Prefer: persistent-auth` (`RestApiSessionValidationFilter`,
//! `RestApiSessionMgmtFilter`).
//!
//! | cookie | `Prefer` | what happens |
//! |---|---|---|
//! | none, or over | nothing | the `Authorization` header counts, for this request only |
//! | none, or over | `persistent-auth` | the header counts, and opens a session |
//! | good | `persistent-auth` | the session counts, and lasts anew |
//! | good | nothing | the session ends; the header counts |
//! | good | `new-auth` | the session ends; the header counts, and opens another with `persistent-auth` |
//!
//! No page of another origin can use the cookie: it is `SameSite=Strict`, and `Prefer` is a header that browsers let nobody
//! send across origins unasked. Sessions belong to the database: whichever process serves it, they are good there.

use std::time::Duration;

use axum::http::{
    HeaderMap,
    header::{AUTHORIZATION, COOKIE},
};

/// The cookie's name, as engines have it.
const COOKIE_NAME: &str = "JSESSIONID";
/// How long a session lasts without a request (`UserSessionTimeOutInterval`).
const IDLE: Duration = Duration::from_secs(30 * 60);
/// However much longer a client wishes it.
const LONGEST_IDLE: Duration = Duration::from_secs(24 * 60 * 60);

/// What a request shows of its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Shown<'a> {
    /// The `Authorization` header.
    pub(super) authorization: Option<&'a str>,
    /// The session's secret.
    pub(super) session: Option<&'a str>,
    /// Whether there is to be a session after this request.
    pub(super) persistent: bool,
    /// Whether the session that is there is to be left.
    pub(super) anew: bool,
    /// How long a session that this request opens may stay unused.
    pub(super) idle: Duration,
}

impl<'a> Shown<'a> {
    /// What the headers show.
    pub fn read(headers: &'a HeaderMap) -> Self {
        let text = |name: &'static str| headers.get_all(name).into_iter().filter_map(|value| value.to_str().ok());
        let prefers = |wanted: &str| {
            let mut words = text("prefer").flat_map(|value| value.split(','));
            words.any(|word| word.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(wanted))
        };
        let minutes = text("session-ttl").next().and_then(|minutes| minutes.trim().parse::<u64>().ok());
        let idle =
            minutes.filter(|minutes| *minutes > 0).map(|minutes| Duration::from_secs(minutes.saturating_mul(60)));
        Self {
            authorization: headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()),
            session: text(COOKIE.as_str()).flat_map(|value| value.split(';')).find_map(secret),
            persistent: prefers("persistent-auth"),
            anew: prefers("new-auth"),
            idle: idle.unwrap_or(IDLE).min(LONGEST_IDLE),
        }
    }
}

fn secret(cookie: &str) -> Option<&str> {
    let (name, value) = cookie.trim().split_once('=')?;
    (name == COOKIE_NAME && !value.is_empty()).then_some(value)
}

/// The `Set-Cookie` header for a session's secret. `secure` keeps it off plain connections, where the server has none.
pub fn cookie(secret: &str, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{COOKIE_NAME}={secret}; Path=/ovirt-engine/api; HttpOnly; SameSite=Strict{secure}")
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    #[test]
    fn reads_what_a_request_shows() {
        let minutes = |minutes: u64| Duration::from_secs(minutes * 60);
        let none = Shown { authorization: None, session: None, persistent: false, anew: false, idle: minutes(30) };
        let persistent = Shown { persistent: true, ..none };
        let rows: &[(&[(&str, &str)], Shown<'_>)] = &[
            (&[], none),
            (&[("authorization", "Bearer a")], Shown { authorization: Some("Bearer a"), ..none }),
            (&[("prefer", "persistent-auth")], persistent),
            (&[("prefer", "respond-async, Persistent-Auth;x=y")], persistent),
            (&[("prefer", "respond-async"), ("prefer", "persistent-auth")], persistent),
            (&[("prefer", "persistent-auth, new-auth")], Shown { anew: true, ..persistent }),
            (&[("prefer", "csrf-protection")], none),
            (&[("prefer", "persistent-authority")], none),
            (&[("cookie", "JSESSIONID=abc")], Shown { session: Some("abc"), ..none }),
            (&[("cookie", "a=b; JSESSIONID=abc; c=d")], Shown { session: Some("abc"), ..none }),
            (&[("cookie", "a=b"), ("cookie", "JSESSIONID=abc")], Shown { session: Some("abc"), ..none }),
            (&[("cookie", "JSESSIONID=")], none),
            (&[("cookie", "jsessionid=abc")], none),
            (&[("cookie", "JSESSIONID")], none),
            (&[("session-ttl", "5")], Shown { idle: minutes(5), ..none }),
            (&[("session-ttl", "0")], none),
            (&[("session-ttl", "-5")], none),
            (&[("session-ttl", "long")], none),
            (&[("session-ttl", "18446744073709551615")], Shown { idle: minutes(24 * 60), ..none }),
        ];
        for (headers, expected) in rows {
            let map = headers.iter().fold(HeaderMap::new(), |mut map, (name, value)| {
                map.append(HeaderName::from_static(name), HeaderValue::from_static(value));
                map
            });
            assert_eq!(Shown::read(&map), *expected, "{headers:?}");
        }
    }

    #[test]
    fn the_cookie_is_for_nobody_else() {
        assert_eq!(cookie("abc", false), "JSESSIONID=abc; Path=/ovirt-engine/api; HttpOnly; SameSite=Strict");
        assert!(cookie("abc", true).ends_with("; Secure"));
    }
}
