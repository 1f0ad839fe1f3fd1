//! The origin at which a client reached the server, for absolute URLs in its response.

use axum::http::{header::HOST, request::Parts, uri::Authority};

use super::peer::ClientScheme;
use crate::server::Scheme;

/// Set by a proxy that terminates TLS. For URLs it counts from anybody: a client that forges it affects only its own
/// response. Everything else that depends on the scheme believes [trusted proxies](ClientScheme) only.
pub(in crate::server) const FORWARDED_SCHEME: &str = "x-forwarded-proto";

/// The headers for [`origin`](crate::wire::Request::origin); none if the client sent no valid host.
pub(super) fn headers(head: &Parts, scheme: Scheme) -> impl Iterator<Item = (String, String)> + use<> {
    let named = head.headers.get(HOST).and_then(|host| Authority::try_from(host.as_bytes()).ok());
    let authority = head.uri.authority().cloned().or(named).filter(|authority| !authority.as_str().contains('@'));
    let forwarded = head.headers.get(FORWARDED_SCHEME).is_some_and(|scheme| scheme == "https");
    let scheme = if forwarded { Scheme::Https } else { scheme };
    let scheme = ClientScheme::of(&head.extensions, scheme);
    let headers = authority.map(|authority| [(":scheme", scheme.to_string()), (":authority", authority.to_string())]);
    headers.into_iter().flatten().map(|(name, value)| (name.to_owned(), value))
}

#[cfg(test)]
mod tests {
    use axum::http::Request;

    use super::*;
    use crate::wire;

    #[test]
    fn the_origin_is_that_of_the_request() {
        let plain: &[(&str, &str)] = &[("host", "engine.example.com:8443")];
        for (scheme, uri, sent, expected) in [
            (Scheme::Https, "/", plain, "https://engine.example.com:8443"),
            (Scheme::Http, "/", plain, "http://engine.example.com:8443"),
            (Scheme::Http, "http://other.example.com/", plain, "http://other.example.com"),
            (Scheme::Http, "/", &[("host", "[::1]:80"), (FORWARDED_SCHEME, "https")], "https://[::1]:80"),
            (Scheme::Https, "/", &[("host", "a"), (FORWARDED_SCHEME, "http")], "https://a"),
            (Scheme::Http, "/", &[("host", "a"), (FORWARDED_SCHEME, "gopher")], "http://a"),
            (Scheme::Http, "/", &[("host", "me@a")], ""),
            (Scheme::Http, "/", &[("host", "no host")], ""),
            (Scheme::Http, "/", &[], ""),
        ] {
            let request = sent.iter().fold(Request::get(uri), |request, (name, value)| request.header(*name, *value));
            let (head, ()) = request.body(()).unwrap().into_parts();
            let mut request = wire::Request::new(wire::Method::Get, "/");
            request.headers.extend(headers(&head, scheme));
            assert_eq!(request.origin(), expected, "{scheme} {uri} {sent:?}");
        }
    }
}
