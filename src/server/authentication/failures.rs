//! Counts of failed attempts, by a hash of what they are counted for. Old failures are forgotten, and memory is bounded.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::time::Instant;

/// After this time without attempts, failures are forgotten.
pub(super) const FORGOTTEN: Duration = Duration::from_secs(15 * 60);
/// The largest number of entries.
pub(super) const REMEMBERED: usize = 4096;

/// The failures of all accounts, of all networks, or of all pairs of them.
#[derive(Debug, Default)]
pub(super) struct FailureCounts(Mutex<HashMap<u64, Failures>>);

/// The failures of one account, network or pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Failures {
    pub(super) count: u32,
    /// The time of the last attempt; may be in the future.
    pub(super) last: Instant,
}

impl FailureCounts {
    /// What is known so far.
    pub(super) fn of(&self, key: u64, now: Instant) -> Failures {
        let known = self.known().get(&key).copied().filter(|known| now < known.last + FORGOTTEN);
        known.unwrap_or(Failures { count: 0, last: now })
    }

    /// Counts an attempt at that time, which may be in the future.
    pub(super) fn add(&self, key: u64, at: Instant, now: Instant) {
        let before = self.of(key, now);
        let mut known = self.known();
        if known.len() >= REMEMBERED && !known.contains_key(&key) {
            forget_the_oldest(&mut known);
        }
        known.insert(key, Failures { count: before.count.saturating_add(1), last: before.last.max(at) });
    }

    /// Takes one attempt back.
    pub(super) fn take_back(&self, key: u64) {
        if let Some(known) = self.known().get_mut(&key) {
            known.count = known.count.saturating_sub(1);
        }
    }

    /// Forgets all failures of one account, network or pair.
    pub(super) fn forget(&self, key: u64) {
        self.known().remove(&key);
    }

    /// Ignores poisoning: nothing panics while it holds the lock.
    fn known(&self) -> MutexGuard<'_, HashMap<u64, Failures>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Removes a quarter, so that this is rarely necessary.
fn forget_the_oldest(known: &mut HashMap<u64, Failures>) {
    let mut times: Vec<Instant> = known.values().map(|known| known.last).collect();
    let (_, old, _) = times.select_nth_unstable(REMEMBERED / 4);
    known.retain(|_, known| known.last > *old);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn old_failures_are_forgotten_and_memory_is_bounded() {
        let counts = FailureCounts::default();
        let start = Instant::now();
        counts.add(1, start, start);
        counts.add(1, start, start);
        assert_eq!(counts.of(1, start).count, 2);
        counts.take_back(1);
        assert_eq!(counts.of(1, start).count, 1);
        assert_eq!(counts.of(1, start + FORGOTTEN).count, 0);
        counts.add(1, start + FORGOTTEN, start + FORGOTTEN);
        assert_eq!(counts.of(1, start + FORGOTTEN).count, 1, "it starts again");
        counts.forget(1);
        assert_eq!(counts.of(1, start + FORGOTTEN).count, 0);
        for number in 0..10_000 {
            let now = start + Duration::from_millis(number);
            counts.add(number, now, now);
        }
        assert!(counts.known().len() <= REMEMBERED);
        assert_eq!(counts.of(9_999, start + Duration::from_secs(10)).count, 1, "the newest are kept");
    }
}
