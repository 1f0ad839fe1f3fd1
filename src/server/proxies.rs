//! Proxies in front of this server that it believes: what they say about the client's address and scheme.
//!
//! A proxy appends what it sees to what the client sent. So the headers are read from the right, as far as the addresses
//! in them are those of trusted proxies: the first other address is the client's. Everything to the left of it may be made
//! up. If the headers say nothing that can be used, the client is the proxy itself.

mod forwarded;

use std::{net::IpAddr, str::FromStr, sync::Arc};

use axum::{
    Router,
    extract::{Request, State},
    http::HeaderMap,
    middleware::map_request_with_state,
};
use ipnet::IpNet;

use self::forwarded::Hop;
use super::{
    Scheme,
    http::{ClientScheme, Peer},
};

/// Addresses whose headers count: a range such as `10.0.0.0/8`, or a single address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TrustedProxy(IpNet);

impl FromStr for TrustedProxy {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let single = || text.parse::<IpAddr>().map(IpNet::from);
        let range = text.parse().or_else(|_| single());
        range.map(Self).map_err(|_| "expected a range such as 10.0.0.0/8 or 2001:db8::/32, or an address".to_owned())
    }
}

/// All of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct TrustedProxies(Vec<TrustedProxy>);

/// What is known about a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Client {
    address: IpAddr,
    /// How it reached the outermost proxy, if that is known.
    scheme: Option<Scheme>,
}

impl TrustedProxies {
    /// Those of the command line.
    pub(super) fn new(proxies: &[TrustedProxy]) -> Self {
        Self(proxies.to_vec())
    }

    /// Replaces the address of the connection in every request by that of the client.
    pub(super) fn before(self, router: Router) -> Router {
        if self.0.is_empty() { router } else { router.layer(map_request_with_state(Arc::new(self), with_client)) }
    }

    /// Whether an address is that of a trusted proxy.
    pub(super) fn contain(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|TrustedProxy(range)| range.contains(&address))
    }

    /// The client of a request that came over a connection from that address.
    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> Client {
        if !self.contain(peer) {
            return Client { address: peer, scheme: None };
        }
        let standard = forwarded::standard(headers).map(|hops| self.outermost(peer, &hops));
        let common = forwarded::common(headers).map(|hops| self.outermost(peer, &hops));
        let address = match (standard, common) {
            (Some(one), Some(other)) if one.address != other.address => peer,
            (Some(one), _) | (None, Some(one)) => one.address,
            (None, None) => peer,
        };
        let schemes = [standard.and_then(|client| client.scheme), forwarded::common_scheme(headers)];
        Client { address, scheme: agreed(schemes) }
    }

    /// The outermost address that is believed: the first one from the right that is no trusted proxy's.
    fn outermost(&self, peer: IpAddr, hops: &[Hop]) -> Client {
        let mut client = Client { address: peer, scheme: None };
        for hop in hops.iter().rev() {
            client.scheme = hop.scheme;
            let Some(address) = hop.address else { break };
            client.address = address;
            if !self.contain(address) {
                break;
            }
        }
        client
    }
}

/// What all sources say that say anything; `None` if they contradict each other.
fn agreed(schemes: [Option<Scheme>; 2]) -> Option<Scheme> {
    match schemes {
        [Some(one), Some(other)] if one != other => None,
        [one, other] => one.or(other),
    }
}

async fn with_client(State(proxies): State<Arc<TrustedProxies>>, mut request: Request) -> Request {
    let Client { address, scheme } = proxies.client(Peer::of(request.extensions()), request.headers());
    request.extensions_mut().insert(Peer(address));
    if let Some(scheme) = scheme {
        request.extensions_mut().insert(ClientScheme(scheme));
    }
    request
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    const HTTPS: Option<Scheme> = Some(Scheme::Https);
    const HTTP: Option<Scheme> = Some(Scheme::Http);

    /// The headers of a request over a connection from that address, and what is known about the client.
    type Row<'a> = (&'a str, &'a [(&'static str, &'static str)], &'a str, Option<Scheme>);

    fn check(rows: &[Row<'_>]) {
        let trusted = ["10.0.0.0/8", "192.0.2.1", "2001:db8:1::/48"].map(|text| text.parse().unwrap());
        let proxies = TrustedProxies::new(&trusted);
        for (peer, sent, address, scheme) in rows {
            let headers = sent.iter().fold(HeaderMap::new(), |mut map, (name, value)| {
                map.append(HeaderName::from_static(name), HeaderValue::from_static(value));
                map
            });
            let expected = Client { address: address.parse().unwrap(), scheme: *scheme };
            assert_eq!(proxies.client(peer.parse().unwrap(), &headers), expected, "{peer} {sent:?}");
        }
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        let forged: &[(&str, &str)] =
            &[("x-forwarded-for", "1.2.3.4"), ("x-forwarded-proto", "https"), ("forwarded", "for=1.2.3.4;proto=https")];
        check(&[
            ("203.0.113.9", forged, "203.0.113.9", None),
            ("192.0.2.2", forged, "192.0.2.2", None),
            ("192.0.2.1", forged, "1.2.3.4", HTTPS),
            ("::ffff:10.1.2.3", forged, "1.2.3.4", HTTPS),
            ("2001:db8:1::7", forged, "1.2.3.4", HTTPS),
            ("10.0.0.1", &[], "10.0.0.1", None),
        ]);
    }

    #[test]
    fn x_forwarded_for() {
        let from = |value: &'static str| [("x-forwarded-for", value)];
        check(&[
            ("10.0.0.1", &from("1.2.3.4"), "1.2.3.4", None),
            ("10.0.0.1", &from("1.2.3.4:5678"), "1.2.3.4", None),
            ("10.0.0.1", &from("2001:db8::5"), "2001:db8::5", None),
            ("10.0.0.1", &from("[2001:db8::5]"), "2001:db8::5", None),
            ("10.0.0.1", &from("[2001:db8::5]:443"), "2001:db8::5", None),
            ("10.0.0.1", &from("\"[2001:db8::5]:443\""), "2001:db8::5", None),
            ("10.0.0.1", &from("::ffff:1.2.3.4"), "1.2.3.4", None),
            ("10.0.0.1", &from(" 9.9.9.9 ,  1.2.3.4 "), "1.2.3.4", None),
            ("10.0.0.1", &from("9.9.9.9, 1.2.3.4, 10.0.0.2, 192.0.2.1"), "1.2.3.4", None),
            ("10.0.0.1", &from("10.0.0.3, 10.0.0.2"), "10.0.0.3", None),
            ("10.0.0.1", &from("1.2.3.4,"), "1.2.3.4", None),
            ("10.0.0.1", &[("x-forwarded-for", "9.9.9.9"), ("x-forwarded-for", "1.2.3.4")], "1.2.3.4", None),
            ("10.0.0.1", &[("x-forwarded-for", "1.2.3.4"), ("x-forwarded-for", "10.0.0.2")], "1.2.3.4", None),
            // What cannot be read ends the way from the right: the proxy that said it counts.
            ("10.0.0.1", &from("unknown"), "10.0.0.1", None),
            ("10.0.0.1", &from("1.2.3.4, unknown"), "10.0.0.1", None),
            ("10.0.0.1", &from("1.2.3.4, unknown, 10.0.0.2"), "10.0.0.2", None),
            ("10.0.0.1", &from("unknown, 1.2.3.4"), "1.2.3.4", None),
            ("10.0.0.1", &from("1.2.3"), "10.0.0.1", None),
            ("10.0.0.1", &from("1.2.3.4:port"), "10.0.0.1", None),
            ("10.0.0.1", &from("1.2.3.4:99999"), "10.0.0.1", None),
            ("10.0.0.1", &from("[2001:db8::5"), "10.0.0.1", None),
            ("10.0.0.1", &from("fe80::1%eth0"), "10.0.0.1", None),
            ("10.0.0.1", &from("<script>"), "10.0.0.1", None),
            ("10.0.0.1", &from(""), "10.0.0.1", None),
        ]);
    }

    #[test]
    fn forwarded_as_in_rfc_7239() {
        let said = |value: &'static str| [("forwarded", value)];
        check(&[
            ("10.0.0.1", &said("for=1.2.3.4"), "1.2.3.4", None),
            ("10.0.0.1", &said("For=1.2.3.4;Proto=HTTPS;by=10.0.0.1"), "1.2.3.4", HTTPS),
            ("10.0.0.1", &said("by=10.0.0.1 ; proto=http ; for=\"1.2.3.4:80\""), "1.2.3.4", HTTP),
            ("10.0.0.1", &said("for=\"[2001:db8::5]:443\""), "2001:db8::5", None),
            ("10.0.0.1", &said("for=\"[2001:db8::5]\""), "2001:db8::5", None),
            ("10.0.0.1", &said("for=\"1.2.3\\.4\""), "1.2.3.4", None),
            ("10.0.0.1", &said("for=9.9.9.9, for=1.2.3.4;proto=https, for=10.0.0.2;proto=http"), "1.2.3.4", HTTPS),
            ("10.0.0.1", &[("forwarded", "for=9.9.9.9"), ("forwarded", "for=1.2.3.4")], "1.2.3.4", None),
            ("10.0.0.1", &said("for=9.9.9.9;host=\"a, for=8.8.8.8\", for=1.2.3.4"), "1.2.3.4", None),
            ("10.0.0.1", &said("for=1.2.3.4;ext=\"x;proto=https\""), "1.2.3.4", None),
            ("10.0.0.1", &said("for=1.2.3.4, , "), "1.2.3.4", None),
            ("10.0.0.1", &said("for=unknown;proto=https"), "10.0.0.1", HTTPS),
            ("10.0.0.1", &said("for=_hidden, for=10.0.0.2"), "10.0.0.2", None),
            ("10.0.0.1", &said("for=\"_gazonk\""), "10.0.0.1", None),
            ("10.0.0.1", &said("for=\"1.2.3.4:_port\""), "10.0.0.1", None),
            ("10.0.0.1", &said("proto=https"), "10.0.0.1", HTTPS),
            ("10.0.0.1", &said("for=1.2.3.4;proto=gopher"), "1.2.3.4", None),
            ("10.0.0.1", &said("for=1.2.3.4;for=5.6.7.8"), "10.0.0.1", None),
            ("10.0.0.1", &said("for=1.2.3.4;proto=https;proto=http"), "10.0.0.1", None),
            ("10.0.0.1", &said("for=\"1.2.3.4"), "10.0.0.1", None),
            ("10.0.0.1", &said("for=1.2.3.4, for=\"5.6.7.8"), "10.0.0.1", None),
            ("10.0.0.1", &said("nonsense"), "10.0.0.1", None),
            ("10.0.0.1", &said(""), "10.0.0.1", None),
        ]);
    }

    #[test]
    fn schemes_and_headers_that_differ() {
        let common = ("x-forwarded-for", "1.2.3.4");
        let proto = |value: &'static str| ("x-forwarded-proto", value);
        check(&[
            ("10.0.0.1", &[common, proto("https")], "1.2.3.4", HTTPS),
            ("10.0.0.1", &[common, proto(" HTTPS ")], "1.2.3.4", HTTPS),
            ("10.0.0.1", &[common, proto("http")], "1.2.3.4", HTTP),
            ("10.0.0.1", &[common, proto("wss")], "1.2.3.4", None),
            ("10.0.0.1", &[proto("https")], "10.0.0.1", HTTPS),
            // The last word is the nearest proxy's.
            ("10.0.0.1", &[common, proto("https, http")], "1.2.3.4", HTTP),
            ("10.0.0.1", &[common, proto("https"), proto("http")], "1.2.3.4", HTTP),
            // A proxy knows one of the two headers, and passes the other on from whoever made it up.
            ("10.0.0.1", &[common, ("forwarded", "for=1.2.3.4;proto=https"), proto("https")], "1.2.3.4", HTTPS),
            ("10.0.0.1", &[common, ("forwarded", "for=9.9.9.9;proto=https"), proto("http")], "10.0.0.1", None),
            ("10.0.0.1", &[common, ("forwarded", "nonsense")], "10.0.0.1", None),
        ]);
    }

    #[test]
    fn ranges_and_addresses() {
        for (text, inside, outside) in [
            ("10.0.0.0/8", "10.255.0.1", "11.0.0.1"),
            ("10.1.2.3/8", "10.255.0.1", "11.0.0.1"),
            ("192.0.2.1", "192.0.2.1", "192.0.2.2"),
            ("2001:db8::/32", "2001:db8:ffff::1", "2001:db9::1"),
            ("::1", "::1", "::2"),
            ("0.0.0.0/0", "203.0.113.9", "::1"),
        ] {
            let proxies = TrustedProxies::new(&[text.parse().unwrap()]);
            let contains = |address: &str| proxies.contain(address.parse().unwrap());
            assert!(contains(inside) && !contains(outside), "{text}");
        }
        for text in ["", "10.0.0.0/33", "10.0.0", "proxy.example.com", "10.0.0.1:80", "::1/129"] {
            assert!(text.parse::<TrustedProxy>().is_err(), "{text}");
        }
    }
}
