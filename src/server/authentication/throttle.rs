//! Slows down password guessing.
//!
//! | what failed | what it costs |
//! |---|---|
//! | an account | each attempt on it waits, from any address. The delay has an upper bound, so the owner can log in |
//! | an account, from one network | attempts on it from there also wait one after the other, and are refused if that takes too long |
//! | other accounts, from the same network | nothing but a place further back in the [queue](check_queue) for checks |
//!
//! So a guesser does not lock out others behind the same address. Each process counts for itself.

use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    net::IpAddr,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::{Instant, sleep_until, timeout_at};

use super::{
    check_queue::{CheckQueue, Place, Rank},
    failures::FailureCounts,
};
use crate::server::http::network;

/// Failures without delay, since people mistype.
const FREE: u32 = 3;
const FIRST_DELAY: Duration = Duration::from_millis(250);
const LONGEST_DELAY: Duration = Duration::from_secs(8);
/// An attempt that would wait longer is refused instead, since requests have a time limit.
const LONGEST_WAIT: Duration = Duration::from_secs(16);
/// An attempt that has no check after this time is refused, since the server answers every request within 30 seconds.
const LONGEST_IN_ALL: Duration = Duration::from_secs(25);
/// The largest number of attempts that wait out a delay at once, and of those from one network.
const DELAYED: usize = 256;
const DELAYED_OF_NETWORK: usize = 64;
/// What a client is told that finds the queue full.
const UNTIL_QUEUE_IS_SHORTER: Duration = Duration::from_secs(2);

/// How long to wait before the next attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait(Duration);

impl Wait {
    /// The value of the header `Retry-After`.
    pub fn seconds(self) -> u64 {
        self.0.as_secs() + 1
    }

    /// A sentence for people.
    pub fn words(self) -> String {
        format!("Try again in {} seconds.", self.seconds())
    }
}

/// Why an attempt is not made. It does not count as a failure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NotNow {
    /// Too many attempts failed before.
    Failures(Wait),
    /// Too many attempts wait for a check.
    Full(Wait),
}

/// The failures so far, and the queue for checks.
#[derive(Debug)]
pub(super) struct Throttle {
    accounts: FailureCounts,
    /// Of accounts, each from one network.
    pairs: FailureCounts,
    networks: FailureCounts,
    hash: RandomState,
    /// How many attempts wait out a delay, by network.
    delayed: Mutex<HashMap<u64, usize>>,
    queue: CheckQueue,
}

/// An attempt. It counts as a failure until it succeeds, so that concurrent attempts gain nothing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attempt {
    account: u64,
    pair: u64,
    network: u64,
}

impl Throttle {
    pub(super) fn new() -> Self {
        Self {
            accounts: FailureCounts::default(),
            pairs: FailureCounts::default(),
            networks: FailureCounts::default(),
            hash: RandomState::new(),
            delayed: Mutex::default(),
            queue: CheckQueue::new(),
        }
    }

    /// Waits until the attempt may be made; then the place is for its check.
    pub(super) async fn begin(&self, account: &str, address: IpAddr) -> Result<(Attempt, Place), NotNow> {
        let (attempt, now) = (self.attempt(account, address), Instant::now());
        let rank = Rank {
            network: attempt.network,
            account_failed: self.accounts.of(attempt.account, now).count > 0,
            network_failed: self.networks.of(attempt.network, now).count > 0,
        };
        let at = self.due(attempt, now).map_err(NotNow::Failures)?;
        if at > now {
            let Some(_delayed) = Delayed::enter(self, attempt.network) else {
                self.take_back(attempt);
                return Err(NotNow::Failures(Wait(at - now)));
            };
            sleep_until(at).await;
        }
        match timeout_at(now + LONGEST_IN_ALL, self.queue.enter(rank)).await {
            Ok(Ok(place)) => Ok((attempt, place)),
            Ok(Err(_)) | Err(_) => {
                self.take_back(attempt);
                Err(NotNow::Full(Wait(UNTIL_QUEUE_IS_SHORTER)))
            }
        }
    }

    /// The password was right: the account's failures are forgotten. The network only gets this attempt back.
    pub(super) fn succeeded(&self, attempt: Attempt) {
        self.accounts.forget(attempt.account);
        self.pairs.forget(attempt.pair);
        self.networks.take_back(attempt.network);
    }

    /// The attempt was not made, or nobody knows how it ended: it is no failure.
    pub(super) fn take_back(&self, attempt: Attempt) {
        self.accounts.take_back(attempt.account);
        self.pairs.take_back(attempt.pair);
        self.networks.take_back(attempt.network);
    }

    /// Whether an account has no more failures from there than people make by mistake.
    pub(super) fn is_calm(&self, account: &str, address: IpAddr) -> bool {
        self.pairs.of(self.attempt(account, address).pair, Instant::now()).count <= FREE
    }

    fn attempt(&self, account: &str, address: IpAddr) -> Attempt {
        let network = network(address);
        Attempt {
            account: self.hash.hash_one(account),
            pair: self.hash.hash_one((account, network)),
            network: self.hash.hash_one(network),
        }
    }

    /// When the attempt may be made. It is counted, unless that is too late.
    fn due(&self, attempt: Attempt, now: Instant) -> Result<Instant, Wait> {
        let pair = self.pairs.of(attempt.pair, now);
        let turn = (pair.last + delay(pair.count)).max(now);
        if turn - now > LONGEST_WAIT {
            return Err(Wait(turn - now));
        }
        let account = self.accounts.of(attempt.account, now);
        let delay = delay(account.count);
        // Never longer than the delay, so that attackers elsewhere who wait already do not block the owner.
        let at = (account.last + delay).min(now + delay).max(turn);
        self.pairs.add(attempt.pair, at, now);
        self.accounts.add(attempt.account, at, now);
        self.networks.add(attempt.network, now, now);
        Ok(at)
    }

    /// Ignores poisoning: nothing panics while it holds the lock.
    fn delayed(&self) -> MutexGuard<'_, HashMap<u64, usize>> {
        self.delayed.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An attempt that waits out a delay.
struct Delayed<'throttle>(&'throttle Throttle, u64);

impl<'throttle> Delayed<'throttle> {
    /// `None` if too many wait already.
    fn enter(throttle: &'throttle Throttle, network: u64) -> Option<Self> {
        let mut delayed = throttle.delayed();
        let own = delayed.get(&network).copied().unwrap_or(0);
        if own >= DELAYED_OF_NETWORK || delayed.values().sum::<usize>() >= DELAYED {
            return None;
        }
        delayed.insert(network, own + 1);
        Some(Self(throttle, network))
    }
}

impl Drop for Delayed<'_> {
    fn drop(&mut self) {
        let mut delayed = self.0.delayed();
        match delayed.get_mut(&self.1) {
            Some(count) if *count > 1 => *count -= 1,
            Some(_) => drop(delayed.remove(&self.1)),
            None => (),
        }
    }
}

/// The delay after that many failures.
fn delay(failures: u32) -> Duration {
    match failures.checked_sub(FREE) {
        None | Some(0) => Duration::ZERO,
        Some(more) => FIRST_DELAY.saturating_mul(1 << (more - 1).min(16)).min(LONGEST_DELAY),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::task::JoinSet;

    use super::{super::check_queue, *};

    fn address(number: u32) -> IpAddr {
        IpAddr::V4(number.into())
    }

    /// Makes an attempt whose check takes no time, and returns how many milliseconds it waited.
    async fn attempt(throttle: &Throttle, account: &str, from: u32, right: bool) -> Result<u128, NotNow> {
        let started = Instant::now();
        let (attempt, _place) = throttle.begin(account, address(from)).await?;
        if right {
            throttle.succeeded(attempt);
        }
        Ok(started.elapsed().as_millis())
    }

    #[tokio::test(start_paused = true)]
    async fn failures_delay_an_account_up_to_a_bound() {
        let throttle = Throttle::new();
        let mut waited = Vec::new();
        for number in 0..12 {
            waited.push(attempt(&throttle, "admin", number, false).await.unwrap());
        }
        assert_eq!(waited, [0, 0, 0, 0, 250, 500, 1000, 2000, 4000, 8000, 8000, 8000]);
        assert_eq!(attempt(&throttle, "other", 99, false).await, Ok(0), "other accounts do not wait");
        let throttle = Arc::new(throttle);
        let mut others = JoinSet::new();
        for number in 100..130 {
            let throttle = Arc::clone(&throttle);
            others.spawn(async move { attempt(&throttle, "admin", number, false).await });
        }
        tokio::task::yield_now().await;
        assert_eq!(attempt(&throttle, "admin", 99, true).await, Ok(8000), "the owner can always log in");
        assert_eq!(attempt(&throttle, "admin", 99, true).await, Ok(0), "and the failures are forgotten");
    }

    #[tokio::test(start_paused = true)]
    async fn right_passwords_never_wait() {
        let throttle = Throttle::new();
        for _ in 0..100 {
            assert_eq!(attempt(&throttle, "admin", 1, true).await, Ok(0));
        }
    }

    /// However many guess at once from there.
    #[tokio::test(start_paused = true)]
    async fn guesses_at_one_account_from_one_network_come_one_after_the_other() {
        let throttle = Arc::new(Throttle::new());
        let started = Instant::now();
        let mut guesses = JoinSet::new();
        for _ in 0..12 {
            let throttle = Arc::clone(&throttle);
            guesses.spawn(async move {
                let mut made = Vec::new();
                while started.elapsed() < Duration::from_secs(30) {
                    match attempt(&throttle, "admin", 1, false).await {
                        Ok(_) => made.push(started.elapsed()),
                        Err(NotNow::Failures(wait)) => tokio::time::sleep(Duration::from_secs(wait.seconds())).await,
                        Err(NotNow::Full(_)) => panic!("nothing waits for a check"),
                    }
                }
                made
            });
        }
        let made: Vec<Duration> = guesses.join_all().await.into_iter().flatten().collect();
        assert_eq!(made.iter().filter(|at| **at <= Duration::from_secs(30)).count(), 11);
    }

    #[tokio::test(start_paused = true)]
    async fn failures_of_others_in_the_same_network_delay_nobody() {
        let throttle = Throttle::new();
        for number in 0..1000 {
            assert_eq!(attempt(&throttle, &number.to_string(), 1, false).await, Ok(0));
        }
        assert_eq!(attempt(&throttle, "own", 1, true).await, Ok(0));
    }

    /// Makes an attempt whose check takes 25 ms, and returns how long all took.
    async fn checked(throttle: &Throttle, account: &str, from: u32, right: bool) -> Result<Duration, NotNow> {
        let started = Instant::now();
        let (attempt, place) = throttle.begin(account, address(from)).await?;
        tokio::time::sleep(Duration::from_millis(25)).await;
        drop(place);
        if right {
            throttle.succeeded(attempt);
        }
        Ok(started.elapsed())
    }

    /// Twelve guess without a pause, at accounts of their own and at always new ones.
    #[tokio::test(start_paused = true)]
    async fn neighbours_of_guessers_wait_for_less_than_five_seconds() {
        let throttle = Arc::new(Throttle::new());
        let mut guessers = JoinSet::new();
        for number in 0..12 {
            let throttle = Arc::clone(&throttle);
            guessers.spawn(async move {
                for guess in 0.. {
                    let account = if number < 6 { format!("victim {number}") } else { format!("{number} {guess}") };
                    if let Err(NotNow::Failures(wait)) = checked(&throttle, &account, 1, false).await {
                        tokio::time::sleep(Duration::from_secs(wait.seconds())).await;
                    }
                }
            });
        }
        tokio::time::sleep(Duration::from_secs(60)).await;
        let mut neighbours = JoinSet::new();
        for number in 0..27 {
            let throttle = Arc::clone(&throttle);
            neighbours.spawn(async move { checked(&throttle, &format!("neighbour {number}"), 1, true).await });
        }
        let waited = neighbours.join_all().await;
        assert!(waited.iter().all(|wait| wait.is_ok_and(|wait| wait < Duration::from_secs(5))), "{waited:?}");
    }

    /// One guess at each of a thousand accounts, at once.
    #[tokio::test(start_paused = true)]
    async fn spraying_keeps_nobody_else_waiting() {
        let throttle = Arc::new(Throttle::new());
        let started = Instant::now();
        let mut guesses = JoinSet::new();
        for number in 0..1000 {
            let throttle = Arc::clone(&throttle);
            guesses.spawn(async move { checked(&throttle, &number.to_string(), 1, false).await });
        }
        tokio::time::sleep(Duration::from_millis(1)).await;
        let waited = checked(&throttle, "own", 2, true).await.unwrap();
        assert!(waited <= Duration::from_millis(50), "one check that runs, and the own: {waited:?}");
        let guesses = guesses.join_all().await;
        let made = guesses.iter().filter(|guess| guess.is_ok()).count();
        // The other network's attempt took the place of the last one.
        assert_eq!(made, check_queue::WAITING + check_queue::CONCURRENT - 1);
        let all = u32::try_from(made + 1).unwrap();
        assert!(started.elapsed() >= Duration::from_millis(25) * all / 2, "no more than two checks at once");
    }

    /// What was refused, or could not be checked, is no failure.
    #[tokio::test(start_paused = true)]
    async fn only_failures_count() {
        let throttle = Throttle::new();
        for _ in 0..100 {
            let (attempt, _place) = throttle.begin("admin", address(1)).await.unwrap();
            throttle.take_back(attempt);
        }
        assert!(throttle.is_calm("admin", address(1)));
        for _ in 0..4 {
            attempt(&throttle, "admin", 1, false).await.unwrap();
        }
        assert!(!throttle.is_calm("admin", address(1)) && throttle.is_calm("admin", address(2)));
        assert_eq!(attempt(&throttle, "admin", 2, true).await, Ok(250));
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_until_the_request_is_over() {
        let throttle = Throttle::new();
        let mut held = Vec::new();
        for number in 0..check_queue::CONCURRENT {
            held.push(throttle.begin(&number.to_string(), address(1)).await.unwrap());
        }
        let started = Instant::now();
        let refused = throttle.begin("admin", address(2)).await.map(drop);
        assert_eq!((refused, started.elapsed()), (Err(NotNow::Full(Wait(UNTIL_QUEUE_IS_SHORTER))), LONGEST_IN_ALL));
        drop(held);
        assert_eq!(attempt(&throttle, "admin", 2, true).await, Ok(0));
    }

    #[tokio::test(start_paused = true)]
    async fn few_wait_out_a_delay_at_once() {
        let throttle = Arc::new(Throttle::new());
        for number in 0..100 {
            for _ in 0..4 {
                attempt(&throttle, &number.to_string(), 1, false).await.unwrap();
            }
        }
        let mut waits = JoinSet::new();
        for number in 0..100 {
            let throttle = Arc::clone(&throttle);
            waits.spawn(async move { attempt(&throttle, &number.to_string(), 1, false).await });
        }
        let waited = waits.join_all().await;
        assert_eq!(waited.iter().filter(|wait| **wait == Ok(250)).count(), DELAYED_OF_NETWORK);
        let refused = Err(NotNow::Failures(Wait(Duration::from_millis(250))));
        assert_eq!(waited.iter().filter(|wait| **wait == refused).count(), 100 - DELAYED_OF_NETWORK);
        assert!(throttle.delayed().is_empty());
    }

    #[test]
    fn one_network_of_ipv6_is_one_address() {
        let network = |text: &str| network(text.parse().unwrap());
        assert_eq!(network("2001:db8::1"), network("2001:db8::2:3"));
        assert_ne!(network("2001:db8::1"), network("2001:db8:0:1::1"));
        assert_eq!(network("::ffff:10.0.0.1"), network("10.0.0.1"));
        assert_ne!(network("10.0.0.1"), network("10.0.0.2"));
    }
}
