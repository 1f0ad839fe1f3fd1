//! The address of the client.

use std::net::{IpAddr, Ipv4Addr};

use axum::http::Extensions;

/// The address that a connection came from, an extension of requests.
///
/// Headers such as `X-Forwarded-For` are not used, since any client can send them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

impl Peer {
    /// The address of a request with these extensions.
    pub(super) fn of(extensions: &Extensions) -> IpAddr {
        extensions.get::<Self>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |Self(address)| *address)
    }
}
