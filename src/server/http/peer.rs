//! Who is at the other end of a connection.

use std::net::{IpAddr, Ipv4Addr};

use axum::http::Extensions;

/// The address that a connection came from. Put among a request's extensions by whoever accepted the connection.
///
/// Headers that say otherwise (`X-Forwarded-For`) are not believed: anybody can write them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer(pub IpAddr);

impl Peer {
    /// The peer of a request with these extensions.
    pub(super) fn of(extensions: &Extensions) -> IpAddr {
        extensions.get::<Self>().map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |Self(address)| *address)
    }
}
