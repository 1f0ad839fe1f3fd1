//! Refuses requests that a page of another origin makes.

use axum::http::{
    HeaderMap, Uri,
    header::{HOST, ORIGIN, REFERER},
    uri::Authority,
};

use crate::server::{Scheme, http::FORWARDED_SCHEME};

/// Whether a request comes from the page served here, or from a program. `Origin` says so; without it `Referer`; programs send
/// neither.
pub(super) fn is_own(headers: &HeaderMap, scheme: Scheme) -> bool {
    let mut origins = headers.get_all(ORIGIN).iter().peekable();
    let mut referers = headers.get_all(REFERER).iter();
    let own = own(headers, scheme);
    if origins.peek().is_some() {
        origins.all(|origin| own.is_some() && read(origin.as_bytes()) == own)
    } else {
        referers.all(|referer| own.is_some() && read(referer.as_bytes()) == own)
    }
}

/// Scheme, host and port.
type Origin = (String, String, Option<u16>);

/// The origin at which the client reached this server. A proxy that ends TLS says so in a header.
fn own(headers: &HeaderMap, scheme: Scheme) -> Option<Origin> {
    let forwarded = headers.get(FORWARDED_SCHEME).is_some_and(|scheme| scheme == "https");
    let scheme = if forwarded { Scheme::Https } else { scheme };
    origin(&scheme.to_string(), &Authority::try_from(headers.get(HOST)?.as_bytes()).ok()?)
}

fn read(url: &[u8]) -> Option<Origin> {
    let url = Uri::try_from(url).ok()?;
    origin(url.scheme_str()?, url.authority()?)
}

/// Browsers leave the default port out.
fn origin(scheme: &str, authority: &Authority) -> Option<Origin> {
    let default = match scheme {
        "http" => 80,
        "https" => 443,
        _ => return None,
    };
    let port = authority.port_u16().filter(|port| *port != default);
    Some((scheme.to_owned(), authority.host().to_ascii_lowercase(), port))
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    #[test]
    fn only_the_own_origin_passes() {
        let here = ("host", "monitor:8080");
        for (scheme, sent, expected) in [
            (Scheme::Http, &[here][..], true),
            (Scheme::Http, &[here, ("origin", "http://monitor:8080")], true),
            (Scheme::Http, &[here, ("origin", "http://MONITOR:8080")], true),
            (Scheme::Https, &[here, ("origin", "https://monitor:8080")], true),
            (Scheme::Https, &[here, ("origin", "http://monitor:8080")], false),
            (Scheme::Http, &[here, ("origin", "https://monitor:8080")], false),
            (Scheme::Http, &[here, ("origin", "https://monitor:8080"), (FORWARDED_SCHEME, "https")], true),
            (Scheme::Http, &[("host", "monitor:80"), ("origin", "http://monitor")], true),
            (Scheme::Http, &[("host", "monitor"), ("origin", "http://monitor")], true),
            (Scheme::Http, &[("host", "[::1]:8080"), ("origin", "http://[::1]:8080")], true),
            (Scheme::Http, &[here, ("origin", "http://monitor:8081")], false),
            (Scheme::Http, &[here, ("origin", "http://monitor")], false),
            (Scheme::Http, &[here, ("origin", "http://evil.example.com")], false),
            (Scheme::Http, &[here, ("origin", "null")], false),
            (Scheme::Http, &[here, ("origin", "")], false),
            (Scheme::Http, &[here, ("origin", "http://monitor:8080"), ("origin", "http://evil.example.com")], false),
            (Scheme::Http, &[here, ("referer", "http://monitor:8080/jobs?a=b")], true),
            (Scheme::Http, &[here, ("referer", "http://evil.example.com/")], false),
            (Scheme::Http, &[here, ("origin", "http://monitor:8080"), ("referer", "http://evil.example.com/")], true),
            (Scheme::Http, &[here, ("origin", "http://evil.example.com"), ("referer", "http://monitor:8080/")], false),
        ] {
            let mut headers = HeaderMap::new();
            for (name, value) in sent {
                headers.append(HeaderName::from_static(name), HeaderValue::from_static(value));
            }
            assert_eq!(is_own(&headers, scheme), expected, "{scheme} {sent:?}");
        }
    }
}
