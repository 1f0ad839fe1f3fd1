//! The two addresses of a connection.

use std::net::{IpAddr, Ipv4Addr};

use axum::http::Extensions;

const UNKNOWN: IpAddr = IpAddr::V4(Ipv4Addr::UNSPECIFIED);

/// The address that a connection came from, an extension of requests.
///
/// Headers such as `X-Forwarded-For` are not used, since any client can send them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

impl Peer {
    /// The address of a request with these extensions.
    pub(super) fn of(extensions: &Extensions) -> IpAddr {
        extensions.get::<Self>().map_or(UNKNOWN, |Self(address)| *address)
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
