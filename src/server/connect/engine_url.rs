//! The engine's address.

use std::{fmt, net::IpAddr, str::FromStr};

use axum::http::{
    Uri,
    uri::{Authority, InvalidUriParts, Parts, PathAndQuery, Scheme},
};

/// The address of an engine: `https://engine.example.com`, with a port if it has another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EngineUrl {
    scheme: Scheme,
    authority: Authority,
}

impl EngineUrl {
    /// Whether connections to it use TLS.
    pub fn is_encrypted(&self) -> bool {
        self.scheme == Scheme::HTTPS
    }

    /// Whether it is on this machine.
    pub fn is_loopback(&self) -> bool {
        let host = self.host();
        let host = host.trim_start_matches('[').trim_end_matches(']');
        host == "localhost" || host.parse().is_ok_and(|address: IpAddr| address.to_canonical().is_loopback())
    }

    /// Its name or address, without a port.
    pub fn host(&self) -> &str {
        self.authority.host()
    }

    /// The URL of that path on the engine.
    pub(super) fn at(&self, path: PathAndQuery) -> Result<Uri, InvalidUriParts> {
        let mut parts = Parts::default();
        (parts.scheme, parts.authority) = (Some(self.scheme.clone()), Some(self.authority.clone()));
        parts.path_and_query = Some(path);
        Uri::from_parts(parts)
    }
}

impl FromStr for EngineUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        const EXPECTED: &str = "expected an address such as https://engine.example.com";
        let Parts { scheme, authority, path_and_query, .. } = text.parse::<Uri>().map_err(|_| EXPECTED)?.into_parts();
        let (Some(scheme), Some(authority)) = (scheme, authority) else { return Err(EXPECTED) };
        // Users copy it from the address bar.
        let path = path_and_query.as_ref().map_or("/", PathAndQuery::as_str);
        let known = ["/", "/ovirt-engine", "/ovirt-engine/"].contains(&path);
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte);
        let named = !authority.host().is_empty() && authority.as_str().bytes().all(plain);
        let spoken = [Scheme::HTTP, Scheme::HTTPS].contains(&scheme);
        if spoken && named && known { Ok(Self { scheme, authority }) } else { Err(EXPECTED) }
    }
}

impl fmt::Display for EngineUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme, self.authority)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_addresses() {
        for (text, expected) in [
            ("https://engine.example.com", Some(("https://engine.example.com", true, false))),
            ("https://engine.example.com/", Some(("https://engine.example.com", true, false))),
            ("https://engine.example.com:8443/ovirt-engine/", Some(("https://engine.example.com:8443", true, false))),
            ("http://[::1]:8080", Some(("http://[::1]:8080", false, true))),
            ("http://127.0.0.1:8080/ovirt-engine", Some(("http://127.0.0.1:8080", false, true))),
            ("http://localhost", Some(("http://localhost", false, true))),
            ("http://localhost.example.com", Some(("http://localhost.example.com", false, false))),
            ("engine.example.com", None),
            ("engine.example.com/ovirt-engine", None),
            ("/ovirt-engine", None),
            ("ftp://engine.example.com", None),
            ("https://", None),
            ("https://me:secret@engine.example.com", None),
            ("https://engine.example.com/ovirt-engine/webadmin/?locale=en", None),
            ("https://engine.example.com?a=b", None),
            ("https://engine\"example", None),
            ("", None),
        ] {
            let read = text.parse::<EngineUrl>().ok();
            let read = read.as_ref().map(|url| (url.to_string(), url.is_encrypted(), url.is_loopback()));
            assert_eq!(read, expected.map(|(text, tls, here)| (text.to_owned(), tls, here)), "{text}");
        }
    }
}
