//! Cookie sessions, for clients that send `Prefer: persistent-auth` (`RestApiSessionValidationFilter`,
//! `RestApiSessionMgmtFilter`).
//!
//! | cookie | `Prefer` | what happens |
//! |---|---|---|
//! | none or expired | none | the `Authorization` header is used, for this request only |
//! | none or expired | `persistent-auth` | the header is used, and a session opens |
//! | valid | `persistent-auth` | the session is used, and its lifetime starts again |
//! | valid | none | the session ends; the header is used |
//! | valid | `new-auth` | the session ends; the header is used, and with `persistent-auth` another session opens |
//!
//! Pages of other origins cannot use the cookie: it is `SameSite=Strict`, and browsers do not send the `Prefer` header across
//! origins without a preflight. Sessions are in the database, so every process that serves it knows them.

use std::time::Duration;

use axum::http::{
    HeaderMap,
    header::{AUTHORIZATION, COOKIE},
};

/// The cookie's name in oVirt.
const COOKIE_NAME: &str = "JSESSIONID";
/// How long a session lasts without requests (`UserSessionTimeOutInterval`).
const IDLE: Duration = Duration::from_secs(30 * 60);
/// The longest time that a client can ask for.
const LONGEST_IDLE: Duration = Duration::from_secs(24 * 60 * 60);

/// The credentials of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RequestCredentials<'a> {
    /// The `Authorization` header.
    pub(super) authorization: Option<&'a str>,
    /// The session's secret.
    pub(super) session: Option<&'a str>,
    /// Whether the client wants a session after this request.
    pub(super) persistent: bool,
    /// Whether the client wants to leave its present session.
    pub(super) new_session: bool,
    /// How long a session that this request opens lasts without requests.
    pub(super) idle: Duration,
}

impl<'a> RequestCredentials<'a> {
    /// Reads the headers.
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
            new_session: prefers("new-auth"),
            idle: idle.unwrap_or(IDLE).min(LONGEST_IDLE),
        }
    }
}

fn secret(cookie: &str) -> Option<&str> {
    let (name, value) = cookie.trim().split_once('=')?;
    let value = value.trim().trim_matches('"');
    (name.trim() == COOKIE_NAME && !value.is_empty()).then_some(value)
}

/// The `Set-Cookie` header for a session's secret. `secure` is for servers with HTTPS only.
pub fn cookie(secret: &str, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{COOKIE_NAME}={secret}; Path=/ovirt-engine/api; HttpOnly; SameSite=Strict{secure}")
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    #[test]
    fn reads_credentials_of_requests() {
        let minutes = |minutes: u64| Duration::from_secs(minutes * 60);
        let none = RequestCredentials {
            authorization: None,
            session: None,
            persistent: false,
            new_session: false,
            idle: minutes(30),
        };
        let persistent = RequestCredentials { persistent: true, ..none };
        let rows: &[(&[(&str, &str)], RequestCredentials<'_>)] = &[
            (&[], none),
            (&[("authorization", "Bearer a")], RequestCredentials { authorization: Some("Bearer a"), ..none }),
            (&[("prefer", "persistent-auth")], persistent),
            (&[("prefer", "respond-async, Persistent-Auth;x=y")], persistent),
            (&[("prefer", "respond-async"), ("prefer", "persistent-auth")], persistent),
            (&[("prefer", "persistent-auth, new-auth")], RequestCredentials { new_session: true, ..persistent }),
            (&[("prefer", "csrf-protection")], none),
            (&[("prefer", "persistent-authority")], none),
            (&[("cookie", "JSESSIONID=abc")], RequestCredentials { session: Some("abc"), ..none }),
            (&[("cookie", "a=b; JSESSIONID=abc; c=d")], RequestCredentials { session: Some("abc"), ..none }),
            (&[("cookie", "a=b"), ("cookie", "JSESSIONID=abc")], RequestCredentials { session: Some("abc"), ..none }),
            (&[("cookie", "JSESSIONID=\"abc\"")], RequestCredentials { session: Some("abc"), ..none }),
            (&[("cookie", "JSESSIONID = abc")], RequestCredentials { session: Some("abc"), ..none }),
            (&[("cookie", "JSESSIONID=")], none),
            (&[("cookie", "JSESSIONID=\"\"")], none),
            (&[("cookie", "jsessionid=abc")], none),
            (&[("cookie", "JSESSIONID")], none),
            (&[("session-ttl", "5")], RequestCredentials { idle: minutes(5), ..none }),
            (&[("session-ttl", "0")], none),
            (&[("session-ttl", "-5")], none),
            (&[("session-ttl", "long")], none),
            (&[("session-ttl", "18446744073709551615")], RequestCredentials { idle: minutes(24 * 60), ..none }),
        ];
        for (headers, expected) in rows {
            let map = headers.iter().fold(HeaderMap::new(), |mut map, (name, value)| {
                map.append(HeaderName::from_static(name), HeaderValue::from_static(value));
                map
            });
            assert_eq!(RequestCredentials::read(&map), *expected, "{headers:?}");
        }
    }

    #[test]
    fn the_cookie_is_for_this_origin_only() {
        assert_eq!(cookie("abc", false), "JSESSIONID=abc; Path=/ovirt-engine/api; HttpOnly; SameSite=Strict");
        assert!(cookie("abc", true).ends_with("; Secure"));
    }
}
