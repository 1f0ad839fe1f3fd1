//! How many connections there may be, together and from one address.

use std::net::IpAddr;

use crate::server::http::LOG_IN_LIMIT;

/// An address with fewer connections may have one of the last places.
pub(super) const FEW: usize = 16;

/// So much of the bodies of clients that have not logged in is in memory at most.
const _: () = assert!(Limits::MOST * LOG_IN_LIMIT <= 64 * 1024 * 1024);

/// How many connections there may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Limits {
    /// Together.
    pub(super) total: usize,
    /// From one address.
    pub(super) per_address: usize,
    /// The last places, which are for addresses with few connections.
    pub(super) last: usize,
}

impl Limits {
    /// The most connections.
    const MOST: usize = 8192;

    /// For a process with that limit of open files. The other half is for files of the page, the database, and connections to
    /// an engine.
    pub(super) fn of(open_files: u64) -> Self {
        let total = usize::try_from(open_files / 2).map_or(Self::MOST, |half| half.min(Self::MOST));
        Self { total, per_address: total / 4, last: total / 8 }
    }
}

/// Addresses that stand for many clients, and so are not limited: a proxy on this machine.
pub(super) fn stands_for_many(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_of_the_open_files_are_places_up_to_a_limit() {
        for (open_files, total, per_address, last) in
            [(1024, 512, 128, 64), (20_000, 8192, 2048, 1024), (u64::MAX, 8192, 2048, 1024)]
        {
            assert_eq!(Limits::of(open_files), Limits { total, per_address, last });
        }
    }
}
