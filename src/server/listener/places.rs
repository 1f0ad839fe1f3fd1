//! Places of connections, and who leaves when they run out.
//!
//! | who | leaves for others |
//! |---|---|
//! | a stranger without a request | first, the longest idle before the others |
//! | a client that has logged in, without a request | after them |
//! | a stranger whose request takes longer than half a minute | after them |
//! | others | never; then a new connection is closed |
//!
//! A stranger is who has sent no valid credentials on this connection.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{sync::Notify, time::Instant};

use super::limits::{FEW, Limits, stands_for_many};
use crate::server::{http::network, proxies::TrustedProxies};

/// How long a stranger's request may take if others need the place.
const PATIENCE: Duration = Duration::from_secs(30);

/// All places.
#[derive(Debug, Clone)]
pub(super) struct Places {
    limits: Limits,
    /// They stand for many clients, and so their addresses are not limited.
    proxies: TrustedProxies,
    taken: Arc<Mutex<Taken>>,
}

#[derive(Debug, Default)]
struct Taken {
    next: u64,
    by: HashMap<u64, Connection>,
}

/// A connection that has a place.
#[derive(Debug)]
struct Connection {
    from: u128,
    known: bool,
    /// Since when it has, or has not, a request.
    busy: bool,
    since: Instant,
    leave: Arc<Notify>,
}

impl Connection {
    /// The place in the order of those that leave; `None` if it stays.
    fn leaves(&self, now: Instant) -> Option<(u8, Instant)> {
        let rank = match (self.known, self.busy) {
            (false, false) => 0,
            (true, false) => 1,
            (false, true) if now.duration_since(self.since) >= PATIENCE => 2,
            (_, true) => return None,
        };
        Some((rank, self.since))
    }
}

impl Places {
    pub(super) fn new(limits: Limits, proxies: TrustedProxies) -> Self {
        Self { limits, proxies, taken: Arc::default() }
    }

    /// A place for a connection from that address; `None` if there is none. Another connection may have to leave.
    pub(super) fn take(&self, from: IpAddr) -> Option<Place> {
        let limited = !stands_for_many(from) && !self.proxies.contain(from);
        let from = network(from);
        let mut taken = self.taken();
        let theirs = taken.by.values().filter(|connection| connection.from == from).count();
        let last = if limited && theirs >= FEW { self.limits.last } else { 0 };
        if limited && theirs >= self.limits.per_address {
            taken.free_one(|connection| connection.from == from)?;
        } else if taken.by.len() >= self.limits.total.saturating_sub(last) {
            taken.free_one(|_| true)?;
        }
        let (id, leave) = (taken.next, Arc::default());
        taken.next += 1;
        let connection =
            Connection { from, known: false, busy: false, since: Instant::now(), leave: Arc::clone(&leave) };
        taken.by.insert(id, connection);
        Some(Place { seat: Seat { id, places: self.clone() }, leave })
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        // Each change is whole, so a panic elsewhere does not matter.
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Taken {
    /// Frees one of these places.
    fn free_one(&mut self, of: impl Fn(&Connection) -> bool) -> Option<()> {
        let now = Instant::now();
        let those = self.by.iter().filter(|(_, connection)| of(connection));
        let leaving = those.filter_map(|(id, connection)| Some((connection.leaves(now)?, *id))).min()?;
        self.by.remove(&leaving.1)?.leave.notify_one();
        Some(())
    }
}

/// The place of one connection. Dropping it frees the place.
#[derive(Debug)]
pub(super) struct Place {
    seat: Seat,
    leave: Arc<Notify>,
}

impl Place {
    /// What its requests know of it.
    pub(super) fn seat(&self) -> Seat {
        self.seat.clone()
    }

    /// Ready when the connection must be closed: another one has the place.
    pub(super) async fn left(&self) {
        self.leave.notified().await;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.seat.places.taken().by.remove(&self.seat.id);
    }
}

/// A connection's place, as its requests see it: one of their extensions.
#[derive(Debug, Clone)]
pub(in crate::server) struct Seat {
    id: u64,
    places: Places,
}

impl Seat {
    /// Its client has sent valid credentials.
    pub(in crate::server) fn become_known(&self) {
        self.change(|connection| connection.known = true);
    }

    /// Whether its client has sent valid credentials.
    pub(in crate::server) fn is_known(&self) -> bool {
        self.change(|connection| connection.known).unwrap_or_default()
    }

    /// How many places are free.
    pub(in crate::server) fn free(&self) -> usize {
        self.places.limits.total.saturating_sub(self.places.taken().by.len())
    }

    /// A request begins. `None` if another connection has the place: then it must not begin.
    pub(super) fn begin(&self) -> Option<Busy> {
        self.change(|connection| (connection.busy, connection.since) = (true, Instant::now()))?;
        Some(Busy(self.clone()))
    }

    fn change<T>(&self, change: impl FnOnce(&mut Connection) -> T) -> Option<T> {
        self.places.taken().by.get_mut(&self.id).map(change)
    }
}

/// A request, until its response was sent.
#[derive(Debug)]
pub(super) struct Busy(Seat);

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.change(|connection| (connection.busy, connection.since) = (false, Instant::now()));
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;
    use tokio::time::advance;

    use super::*;

    const PROXY: &str = "127.0.0.1";

    fn address(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    /// 512 places, of which an address may have 128, and of which the last 64 are for addresses with few.
    fn places() -> Places {
        Places::new(Limits::of(1024), TrustedProxies::default())
    }

    /// A connection with a request.
    struct Occupant {
        place: Place,
        _busy: Busy,
    }

    fn occupy(places: &Places, from: &str) -> Option<Occupant> {
        let place = places.take(address(from))?;
        let busy = place.seat().begin().unwrap();
        Some(Occupant { place, _busy: busy })
    }

    fn occupy_many(places: &Places, from: &str) -> Vec<Occupant> {
        std::iter::from_fn(|| occupy(places, from)).collect()
    }

    fn has_left(place: &Place) -> bool {
        place.left().now_or_never().is_some()
    }

    #[tokio::test(start_paused = true)]
    async fn who_leaves_when_places_run_out() {
        let places = Places::new(Limits::of(8), TrustedProxies::default());
        let take = async || {
            advance(Duration::from_secs(1)).await;
            places.take(address(PROXY))
        };
        let known = take().await.unwrap();
        known.seat().become_known();
        let slow = take().await.unwrap();
        let _slow_request = slow.seat().begin();
        let older = take().await.unwrap();
        let younger = take().await.unwrap();
        let mut others = Vec::new();
        // Each newcomer has a request and is known, so that it stays.
        for leaving in [&older, &younger, &known] {
            assert!(!has_left(leaving));
            let newcomer = take().await.unwrap();
            assert!(has_left(leaving));
            newcomer.seat().become_known();
            others.push((newcomer.seat().begin().unwrap(), newcomer));
        }
        assert!(take().await.is_none(), "all others have requests");
        advance(PATIENCE).await;
        let last = take().await.unwrap();
        assert!(has_left(&slow) && others.iter().all(|(_, place)| !has_left(place)));
        let _last_request = last.seat().begin();
        assert!(take().await.is_none());
    }

    #[test]
    fn a_request_that_comes_too_late_does_not_begin() {
        let places = Places::new(Limits::of(2), TrustedProxies::default());
        let first = places.take(address(PROXY)).unwrap();
        assert!(first.seat().begin().is_some());
        let second = places.take(address(PROXY)).unwrap();
        assert!(first.seat().begin().is_none() && second.seat().begin().is_some());
    }

    #[test]
    fn a_place_is_free_again_after_its_connection() {
        let places = Places::new(Limits::of(2), TrustedProxies::default());
        for _ in 0..3 {
            let one = occupy(&places, PROXY).unwrap();
            assert_eq!((one.place.seat().free(), places.take(address(PROXY)).is_none()), (0, true));
        }
    }

    #[test]
    fn one_address_has_a_part_of_the_places() {
        let places = places();
        let theirs = occupy_many(&places, "192.0.2.1");
        assert_eq!(theirs.len(), 128);
        let idle = places.take(address("192.0.2.2")).unwrap();
        assert!(places.take(address("192.0.2.1")).is_none() && !has_left(&idle), "others do not leave for it");
        drop(theirs);
        let theirs: Vec<Place> = (0..128).map(|_| places.take(address("192.0.2.1")).unwrap()).collect();
        assert!(places.take(address("192.0.2.1")).is_some() && has_left(&theirs[0]), "its own idle one leaves");
    }

    #[test]
    fn a_network_of_ipv6_is_one_address() {
        let places = places();
        let theirs = occupy_many(&places, "2001:db8::1");
        for (other, expected) in [("2001:db8::ffff:2", false), ("2001:db8:0:1::1", true), ("::ffff:192.0.2.1", true)] {
            assert_eq!(places.take(address(other)).is_some(), expected, "{other}");
        }
        assert_eq!(theirs.len(), 128);
    }

    #[test]
    fn the_last_places_are_for_addresses_with_few() {
        let places = places();
        let many: Vec<_> = (1..=8).map(|number| occupy_many(&places, &format!("192.0.2.{number}"))).collect();
        let counts: Vec<usize> = many.iter().map(Vec::len).collect();
        assert_eq!(counts, [128, 128, 128, 64, 16, 16, 16, 16]);
    }

    #[test]
    fn proxies_have_all_places() {
        let trusted = TrustedProxies::new(&["10.0.0.0/8".parse().unwrap()]);
        let places = || Places::new(Limits::of(1024), trusted.clone());
        for (proxy, expected) in [
            (PROXY, 512),
            ("127.8.9.10", 512),
            ("::1", 512),
            ("::ffff:127.0.0.1", 512),
            ("10.1.2.3", 512),
            ("11.1.2.3", 128),
        ] {
            assert_eq!(occupy_many(&places(), proxy).len(), expected, "{proxy}");
        }
    }
}
