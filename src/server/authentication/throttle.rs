//! Slows down those who try passwords.
//!
//! Each failed attempt makes the next one wait longer, by two measures. An **account** that is being tried makes every attempt
//! on it wait a little, wherever it comes from; the wait has an upper bound, so its owner always gets in. An **address** that
//! tries makes its own attempts wait one after the other, whatever accounts they are for; others wait for none of them. What is
//! past is forgotten. Each process counts for itself.

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

/// What fails so often costs nothing: people mistype. Behind one address there may be many of them.
const FREE_OF_ACCOUNT: u32 = 3;
const FREE_OF_ADDRESS: u32 = 20;
const FIRST_DELAY: Duration = Duration::from_millis(250);
const LONGEST_DELAY: Duration = Duration::from_secs(8);
/// Whoever would have to wait for longer is told so instead; requests have an end.
const LONGEST_WAIT: Duration = Duration::from_secs(16);
/// After so long without an attempt there is nothing to remember.
const FORGOTTEN: Duration = Duration::from_secs(15 * 60);
/// So much is remembered at most, of accounts and of addresses. They are kept as hashes: names may be long.
const REMEMBERED: usize = 4096;
/// So many attempts wait at once at most.
const WAITING: usize = 64;

/// Come back later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait(Duration);

impl Wait {
    /// For the header `Retry-After`.
    pub fn seconds(self) -> u64 {
        self.0.as_secs() + 1
    }

    /// In words.
    pub fn words(self) -> String {
        format!("Try again in {} seconds.", self.seconds())
    }
}

/// What is known of accounts and addresses that were tried.
#[derive(Debug)]
pub(super) struct Throttle {
    accounts: Mutex<HashMap<u64, Tried>>,
    addresses: Mutex<HashMap<u64, Tried>>,
    hash: RandomState,
    waiting: Arc<Semaphore>,
}

/// An attempt that is under way. Until it is known how it ends it counts as a failure, so that many at once gain nothing.
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
            let _seat = self.waiting.try_acquire().map_err(|_| Wait(at - now))?;
            sleep_until(at).await;
        }
        Ok(attempt)
    }

    /// The password was right: the account starts anew. The address only gets its attempt back: whoever has an account of
    /// their own must not try others for free.
    pub(super) fn succeeded(&self, attempt: Attempt) {
        locked(&self.accounts).remove(&attempt.account);
        if let Some(tried) = locked(&self.addresses).get_mut(&attempt.address) {
            tried.failures = tried.failures.saturating_sub(1);
        }
    }

    fn due(&self, attempt: Attempt, now: Instant) -> Result<Instant, Wait> {
        let mut addresses = locked(&self.addresses);
        let address = remembered(&mut addresses, attempt.address, now);
        let turn = (address.last + delay(address.failures, FREE_OF_ADDRESS)).max(now);
        if turn - now > LONGEST_WAIT {
            return Err(Wait(turn - now));
        }
        address.count(turn);
        let mut accounts = locked(&self.accounts);
        let account = remembered(&mut accounts, attempt.account, now);
        let delay = delay(account.failures, FREE_OF_ACCOUNT);
        // Never longer than the delay, even if others wait already: nobody can make the owner wait behind them.
        let at = (account.last + delay).min(now + delay).max(turn);
        account.count(at);
        Ok(at)
    }
}

/// How often something was tried without success.
#[derive(Debug, Clone, Copy)]
struct Tried {
    failures: u32,
    /// When the last attempt was made, or will be.
    last: Instant,
}

impl Tried {
    fn count(&mut self, at: Instant) {
        self.failures = self.failures.saturating_add(1);
        self.last = self.last.max(at);
    }
}

/// How long after so many failures.
fn delay(failures: u32, free: u32) -> Duration {
    match failures.checked_sub(free) {
        None | Some(0) => Duration::ZERO,
        Some(more) => FIRST_DELAY.saturating_mul(1 << (more - 1).min(16)).min(LONGEST_DELAY),
    }
}

fn remembered(all: &mut HashMap<u64, Tried>, key: u64, now: Instant) -> &mut Tried {
    if all.len() >= REMEMBERED && !all.contains_key(&key) {
        forget_the_oldest(all);
    }
    let nothing = Tried { failures: 0, last: now };
    let tried = all.entry(key).or_insert(nothing);
    if now >= tried.last + FORGOTTEN {
        *tried = nothing;
    }
    tried
}

/// A quarter at once, so that it need not be done each time.
fn forget_the_oldest(all: &mut HashMap<u64, Tried>) {
    let mut times: Vec<Instant> = all.values().map(|tried| tried.last).collect();
    let (_, old, _) = times.select_nth_unstable(REMEMBERED / 4);
    all.retain(|_, tried| tried.last > *old);
}

/// Of IPv6, whoever has one address has 2^64 of them.
fn network(address: IpAddr) -> impl Hash {
    match address.to_canonical() {
        IpAddr::V4(address) => u128::from(address.to_bits()),
        IpAddr::V6(address) => address.to_bits() >> 64 << 64,
    }
}

/// Nothing panics while it holds a lock, and a map is whole after each call.
fn locked(map: &Mutex<HashMap<u64, Tried>>) -> MutexGuard<'_, HashMap<u64, Tried>> {
    map.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn address(number: u32) -> IpAddr {
        IpAddr::V4(number.into())
    }

    /// Tries, and says how many milliseconds it took.
    async fn attempt(throttle: &Throttle, account: &str, from: u32, right: bool) -> Result<u128, Wait> {
        let started = Instant::now();
        let attempt = throttle.begin(account, address(from)).await?;
        if right {
            throttle.succeeded(attempt);
        }
        Ok(started.elapsed().as_millis())
    }

    #[tokio::test(start_paused = true)]
    async fn each_failure_makes_an_account_wait_longer_up_to_a_bound() {
        let throttle = Throttle::new();
        let mut waited = Vec::new();
        for number in 0..12 {
            waited.push(attempt(&throttle, "admin", number, false).await.unwrap());
        }
        assert_eq!(waited, [0, 0, 0, 0, 250, 500, 1000, 2000, 4000, 8000, 8000, 8000]);
        assert_eq!(attempt(&throttle, "other", 99, false).await, Ok(0), "others do not wait");
        let throttle = Arc::new(throttle);
        let mut others = tokio::task::JoinSet::new();
        for number in 100..130 {
            let throttle = Arc::clone(&throttle);
            others.spawn(async move { attempt(&throttle, "admin", number, false).await });
        }
        tokio::task::yield_now().await;
        assert_eq!(attempt(&throttle, "admin", 99, true).await, Ok(8000), "the owner always gets in");
        assert_eq!(attempt(&throttle, "admin", 99, true).await, Ok(0), "and starts anew");
    }

    #[tokio::test(start_paused = true)]
    async fn who_is_right_never_waits() {
        let throttle = Throttle::new();
        for _ in 0..100 {
            assert_eq!(attempt(&throttle, "admin", 1, true).await, Ok(0));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn an_address_waits_for_itself_and_is_then_sent_away() {
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
        assert_eq!(attempt(&throttle, "admin", 2, true).await, Ok(0), "others do not wait");
    }

    #[tokio::test(start_paused = true)]
    async fn a_right_password_does_not_pay_for_wrong_ones() {
        let throttle = Throttle::new();
        let mut waited = 0;
        for number in 0..25 {
            assert!(attempt(&throttle, "own", 1, true).await.is_ok());
            waited = attempt(&throttle, &number.to_string(), 1, false).await.unwrap();
        }
        assert!(waited > 0, "the address is slowed down all the same");
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_past_is_forgotten_and_memory_is_bounded() {
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
