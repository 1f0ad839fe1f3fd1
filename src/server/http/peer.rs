//! The two addresses of a connection, and what trusted proxies say about the client behind it.

use std::net::{IpAddr, Ipv4Addr};

use axum::http::Extensions;

use crate::server::Scheme;

const UNKNOWN: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

/// The address that a request came from, an extension of requests.
///
/// It is that of the connection, or what a [trusted proxy](crate::server::command_line::Listen::trusted_proxies) says.
/// Headers such as `X-Forwarded-For` from others are not used, since any client can send them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

impl Peer {
    /// The address of a request with these extensions.
    pub(in crate::server) fn of(extensions: &Extensions) -> IpAddr {
        extensions.get::<Self>().map_or(UNKNOWN, |Self(address)| *address)
    }
}

/// The part of an address that counts as one client: of IPv6 the first 64 bits, since a client has a whole network of them.
pub(in crate::server) fn network(address: IpAddr) -> u128 {
    match address.to_canonical() {
        // In the range of addresses that stand for those of IPv4.
        IpAddr::V4(address) => address.to_ipv6_mapped().to_bits(),
        IpAddr::V6(address) => address.to_bits() >> 64 << 64,
    }
}

/// How a client reached the outermost trusted proxy, an extension of requests that came through one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientScheme(pub Scheme);

impl ClientScheme {
    /// The scheme of a request with these extensions; without a proxy, the connection's.
    pub(super) fn of(extensions: &Extensions, connection: Scheme) -> Scheme {
        extensions.get::<Self>().map_or(connection, |Self(scheme)| *scheme)
    }
}

/// The address of this machine that a connection came to, an extension of requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Local(pub IpAddr);

impl Local {
    /// The address of a request with these extensions.
    pub(super) fn of(extensions: &Extensions) -> IpAddr {
        extensions.get::<Self>().map_or(UNKNOWN, |Self(address)| *address)
    }
}
