//! Slows down password guessing.
//!
//! Failed attempts delay later ones, counted in two ways. Per **account**: every attempt on it waits, from any address; the
//! delay has an upper bound, so the owner can always log in. Per **address**: attempts from it wait one after the other, for
//! any account; other addresses are not affected. Old failures are forgotten. Each process counts for itself.

use std::{
    collections::HashMap,
    hash::{BuildHasher, Hash, RandomState},
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{
    sync::Semaphore,
    time::{Instant, sleep_until},
};

/// Failures without delay, since people mistype. Many people may share an address.
const FREE_OF_ACCOUNT: u32 = 3;
const FREE_OF_ADDRESS: u32 = 20;
const FIRST_DELAY: Duration = Duration::from_millis(250);
const LONGEST_DELAY: Duration = Duration::from_secs(8);
/// An attempt that would wait longer is refused instead, since requests have a time limit.
const LONGEST_WAIT: Duration = Duration::from_secs(16);
/// After this time without attempts, failures are forgotten.
const FORGOTTEN: Duration = Duration::from_secs(15 * 60);
/// The largest number of accounts, and of addresses, that are remembered. They are kept as hashes, since names may be long.
const REMEMBERED: usize = 4096;
/// The largest number of attempts that wait at once.
const WAITING: usize = 64;

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

/// The failures of accounts and addresses.
#[derive(Debug)]
pub(super) struct Throttle {
    accounts: Mutex<HashMap<u64, Failures>>,
    addresses: Mutex<HashMap<u64, Failures>>,
    hash: RandomState,
    waiting: Arc<Semaphore>,
}

/// An attempt in progress. It counts as a failure until it succeeds, so that concurrent attempts gain nothing.
#[derive(Debug, Clone, Copy)]
pub(super) struct Attempt {
    account: u64,
    address: u64,
}

impl Throttle {
    pub(super) fn new() -> Self {
        Self {
            accounts: Mutex::default(),
            addresses: Mutex::default(),
            hash: RandomState::new(),
            waiting: Arc::new(Semaphore::new(WAITING)),
        }
    }

    /// Waits until the attempt may be made.
    pub(super) async fn begin(&self, account: &str, address: IpAddr) -> Result<Attempt, Wait> {
        let attempt = Attempt { account: self.hash.hash_one(account), address: self.hash.hash_one(network(address)) };
        let now = Instant::now();
        let at = self.due(attempt, now)?;
        if at > now {
            let _permit = self.waiting.try_acquire().map_err(|_| Wait(at - now))?;
            sleep_until(at).await;
        }
        Ok(attempt)
    }

    /// The password was right: the account's failures are forgotten. The address only gets this attempt back, so that an
    /// attacker with an account cannot reset the count of failures on other accounts.
    pub(super) fn succeeded(&self, attempt: Attempt) {
        locked(&self.accounts).remove(&attempt.account);
        if let Some(known) = locked(&self.addresses).get_mut(&attempt.address) {
            known.count = known.count.saturating_sub(1);
        }
    }

    fn due(&self, attempt: Attempt, now: Instant) -> Result<Instant, Wait> {
        let mut addresses = locked(&self.addresses);
        let address = failures_of(&mut addresses, attempt.address, now);
        let turn = (address.last + delay(address.count, FREE_OF_ADDRESS)).max(now);
        if turn - now > LONGEST_WAIT {
            return Err(Wait(turn - now));
        }
        address.add(turn);
        let mut accounts = locked(&self.accounts);
        let account = failures_of(&mut accounts, attempt.account, now);
        let delay = delay(account.count, FREE_OF_ACCOUNT);
        // Never longer than the delay, so that attackers who wait already do not block the owner.
        let at = (account.last + delay).min(now + delay).max(turn);
        account.add(at);
        Ok(at)
    }
}

/// The failures of an account or an address.
#[derive(Debug, Clone, Copy)]
struct Failures {
    count: u32,
    /// The time of the last attempt; may be in the future.
    last: Instant,
}

impl Failures {
    fn add(&mut self, at: Instant) {
        self.count = self.count.saturating_add(1);
        self.last = self.last.max(at);
    }
}

/// The delay after that many failures.
fn delay(failures: u32, free: u32) -> Duration {
    match failures.checked_sub(free) {
        None | Some(0) => Duration::ZERO,
        Some(more) => FIRST_DELAY.saturating_mul(1 << (more - 1).min(16)).min(LONGEST_DELAY),
    }
}

fn failures_of(all: &mut HashMap<u64, Failures>, key: u64, now: Instant) -> &mut Failures {
    if all.len() >= REMEMBERED && !all.contains_key(&key) {
        forget_the_oldest(all);
    }
    let none = Failures { count: 0, last: now };
    let known = all.entry(key).or_insert(none);
    if now >= known.last + FORGOTTEN {
        *known = none;
    }
    known
}

/// Removes a quarter, so that this is rarely necessary.
fn forget_the_oldest(all: &mut HashMap<u64, Failures>) {
    let mut times: Vec<Instant> = all.values().map(|known| known.last).collect();
    let (_, old, _) = times.select_nth_unstable(REMEMBERED / 4);
    all.retain(|_, known| known.last > *old);
}

/// The part of an address that identifies a client: of IPv6 the first 64 bits.
fn network(address: IpAddr) -> impl Hash {
    match address.to_canonical() {
        IpAddr::V4(address) => u128::from(address.to_bits()),
        IpAddr::V6(address) => address.to_bits() >> 64 << 64,
    }
}

/// Ignores poisoning: nothing panics while it holds a lock.
fn locked(map: &Mutex<HashMap<u64, Failures>>) -> MutexGuard<'_, HashMap<u64, Failures>> {
    map.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(number: u32) -> IpAddr {
        IpAddr::V4(number.into())
    }

    /// Makes an attempt, and returns how many milliseconds it waited.
    async fn attempt(throttle: &Throttle, account: &str, from: u32, right: bool) -> Result<u128, Wait> {
        let started = Instant::now();
        let attempt = throttle.begin(account, address(from)).await?;
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
        let mut others = tokio::task::JoinSet::new();
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

    #[tokio::test(start_paused = true)]
    async fn attempts_from_one_address_wait_and_are_then_refused() {
        let throttle = Throttle::new();
        for number in 0..20 {
            assert_eq!(attempt(&throttle, &number.to_string(), 1, false).await, Ok(0));
        }
        let mut waits = tokio::task::JoinSet::new();
        let throttle = Arc::new(throttle);
        for number in 20..40 {
            let throttle = Arc::clone(&throttle);
            waits.spawn(async move { attempt(&throttle, &number.to_string(), 1, false).await });
        }
        let mut waited: Vec<_> = waits.join_all().await.into_iter().map(|wait| wait.map_err(Wait::seconds)).collect();
        waited.sort_unstable();
        assert_eq!(waited[..7], [Ok(0), Ok(250), Ok(750), Ok(1750), Ok(3750), Ok(7750), Ok(15_750)]);
        assert!(waited[7..].iter().all(|wait| *wait == Err(24)), "{waited:?}");
        assert_eq!(attempt(&throttle, "admin", 2, true).await, Ok(0), "other accounts do not wait");
    }

    #[tokio::test(start_paused = true)]
    async fn a_right_password_does_not_reset_the_address() {
        let throttle = Throttle::new();
        let mut waited = 0;
        for number in 0..25 {
            assert!(attempt(&throttle, "own", 1, true).await.is_ok());
            waited = attempt(&throttle, &number.to_string(), 1, false).await.unwrap();
        }
        assert!(waited > 0, "the address is slowed down anyway");
    }

    #[tokio::test(start_paused = true)]
    async fn old_failures_are_forgotten_and_memory_is_bounded() {
        let throttle = Throttle::new();
        for _ in 0..9 {
            attempt(&throttle, "admin", 1, false).await.unwrap();
        }
        tokio::time::advance(FORGOTTEN).await;
        assert_eq!(attempt(&throttle, "admin", 1, false).await, Ok(0));
        for number in 0..10_000 {
            attempt(&throttle, &number.to_string(), number, false).await.unwrap();
        }
        assert!(locked(&throttle.accounts).len() <= REMEMBERED && locked(&throttle.addresses).len() <= REMEMBERED);
    }

    #[test]
    fn one_network_of_ipv6_is_one_address() {
        let state = RandomState::new();
        let hash = |text: &str| state.hash_one(network(text.parse().unwrap()));
        assert_eq!(hash("2001:db8::1"), hash("2001:db8::2:3"));
        assert_ne!(hash("2001:db8::1"), hash("2001:db8:0:1::1"));
        assert_eq!(hash("::ffff:10.0.0.1"), hash("10.0.0.1"));
        assert_ne!(hash("10.0.0.1"), hash("10.0.0.2"));
    }
}
