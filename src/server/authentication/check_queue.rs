//! The queue for password checks.
//!
//! Each check needs a processor and 19 MB for some time, so only a few run at once. The others wait. Who waits longest is
//! next, but some count as if they had come later: attempts on an account that failed before, attempts from a network that
//! failed before, and attempts from a network that has others waiting already. So strangers who guess cannot keep out
//! others, and nobody waits for ever.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use tokio::{sync::oneshot, time::Instant};

/// How many checks run at once.
pub(super) const CONCURRENT: usize = 2;
/// How many attempts wait at once. A check takes some 25 ms, so the last of them waits for a few seconds.
pub(super) const WAITING: usize = 256;
/// How much later an attempt counts if its account failed before, and the same for its network.
const AFTER_FAILURES: Duration = Duration::from_secs(2);
/// How much later an attempt counts for each other that waits from the same network.
const AFTER_ANOTHER: Duration = Duration::from_millis(20);

/// What decides how long an attempt waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rank {
    /// A hash of the network that it comes from.
    pub(super) network: u64,
    /// Whether its account failed before.
    pub(super) account_failed: bool,
    /// Whether its network failed before.
    pub(super) network_failed: bool,
}

/// There is no room to wait, at least not for an attempt with that rank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Full;

/// The queue. Clones are the same queue.
#[derive(Debug, Clone)]
pub(super) struct CheckQueue(Arc<Mutex<State>>);

/// The right to run one check. It ends when this is dropped.
#[derive(Debug)]
pub(super) struct Place(CheckQueue);

/// The order of attempts: the time that each counts from, and a number that is unique.
type Turn = (Instant, u64);

#[derive(Debug)]
struct State {
    free: usize,
    waiting: BTreeMap<Turn, Waiter>,
    waiting_of: HashMap<u64, u32>,
    next: u64,
}

#[derive(Debug)]
struct Waiter {
    network: u64,
    start: oneshot::Sender<Place>,
}

impl CheckQueue {
    pub(super) fn new() -> Self {
        let state = State { free: CONCURRENT, waiting: BTreeMap::new(), waiting_of: HashMap::new(), next: 0 };
        Self(Arc::new(Mutex::new(state)))
    }

    /// Waits for a place.
    pub(super) async fn enter(&self, rank: Rank) -> Result<Place, Full> {
        let (turn, started) = {
            let mut state = self.state();
            if state.free > 0 {
                state.free -= 1;
                return Ok(Place(self.clone()));
            }
            let turn = state.turn(rank, Instant::now());
            state.make_room(turn)?;
            let (start, started) = oneshot::channel();
            state.insert(turn, Waiter { network: rank.network, start });
            (turn, started)
        };
        let _leaving = Leaving(self, turn);
        started.await.map_err(|_| Full)
    }

    /// Gives a place that has become free to the next who waits.
    fn pass_on(&self) {
        let next = {
            let mut state = self.state();
            let next = state.waiting.first_key_value().map(|(turn, _)| *turn).and_then(|turn| state.remove(turn));
            if next.is_none() {
                state.free += 1;
            }
            next
        };
        if let Some(waiter) = next {
            // Who has gone away in the meantime drops the place, which passes it on.
            drop(waiter.start.send(Place(self.clone())));
        }
    }

    /// Ignores poisoning: nothing panics while it holds the lock.
    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.0.pass_on();
    }
}

/// Takes an attempt out of the queue when its request has gone away.
struct Leaving<'queue>(&'queue CheckQueue, Turn);

impl Drop for Leaving<'_> {
    fn drop(&mut self) {
        let gone = self.0.state().remove(self.1);
        drop(gone);
    }
}

impl State {
    fn turn(&mut self, rank: Rank, now: Instant) -> Turn {
        let failures = u32::from(rank.account_failed) + u32::from(rank.network_failed);
        let others = self.waiting_of.get(&rank.network).copied().unwrap_or(0);
        self.next += 1;
        (now + AFTER_FAILURES * failures + AFTER_ANOTHER * others, self.next)
    }

    /// In a full queue an attempt takes the place of the last one, if it would stand before that.
    fn make_room(&mut self, turn: Turn) -> Result<(), Full> {
        if self.waiting.len() < WAITING {
            return Ok(());
        }
        let last = self.waiting.last_key_value().map(|(turn, _)| *turn).filter(|last| *last > turn).ok_or(Full)?;
        // Its sender is dropped, which refuses it.
        drop(self.remove(last));
        Ok(())
    }

    fn insert(&mut self, turn: Turn, waiter: Waiter) {
        *self.waiting_of.entry(waiter.network).or_default() += 1;
        self.waiting.insert(turn, waiter);
    }

    fn remove(&mut self, turn: Turn) -> Option<Waiter> {
        let waiter = self.waiting.remove(&turn)?;
        if let Some(count) = self.waiting_of.get_mut(&waiter.network) {
            *count -= 1;
            if *count == 0 {
                self.waiting_of.remove(&waiter.network);
            }
        }
        Some(waiter)
    }
}

#[cfg(test)]
mod tests {
    use tokio::task::{JoinHandle, yield_now};

    use super::*;

    const GOOD: Rank = Rank { network: 1, account_failed: false, network_failed: false };
    const BEHIND_A_GUESSER: Rank = Rank { network: 2, network_failed: true, ..GOOD };
    const GUESSED_ACCOUNT: Rank = Rank { network: 3, account_failed: true, ..GOOD };
    const GUESSER: Rank = Rank { network: 2, account_failed: true, network_failed: true };

    async fn all_places(queue: &CheckQueue) -> Vec<Place> {
        let mut places = Vec::new();
        for _ in 0..CONCURRENT {
            places.push(queue.enter(GOOD).await.unwrap());
        }
        places
    }

    async fn waiting(queue: &CheckQueue, rank: Rank) -> JoinHandle<Result<Place, Full>> {
        let queue = queue.clone();
        let task = tokio::spawn(async move { queue.enter(rank).await });
        yield_now().await;
        task
    }

    /// Frees one place after the other, and returns the order in which attempts got one.
    async fn order(mut places: Vec<Place>, tasks: Vec<JoinHandle<Result<Place, Full>>>) -> Vec<usize> {
        let mut left: Vec<_> = tasks.into_iter().enumerate().collect();
        let mut order = Vec::new();
        while !left.is_empty() {
            places.pop();
            while !left.iter().any(|(_, task)| task.is_finished()) {
                yield_now().await;
            }
            let (number, task) = left.remove(left.iter().position(|(_, task)| task.is_finished()).unwrap());
            places.push(task.await.unwrap().unwrap());
            order.push(number);
        }
        order
    }

    #[tokio::test(start_paused = true)]
    async fn who_failed_goes_behind_who_did_not() {
        let queue = CheckQueue::new();
        let places = all_places(&queue).await;
        let mut tasks = Vec::new();
        for rank in [GUESSER, GUESSER, BEHIND_A_GUESSER, GUESSED_ACCOUNT, GOOD, GOOD] {
            tasks.push(waiting(&queue, rank).await);
        }
        // The two from the guesser's network wait behind each other, too.
        assert_eq!(order(places, tasks).await, [4, 5, 3, 2, 0, 1]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_network_with_many_attempts_goes_behind_others() {
        let queue = CheckQueue::new();
        let places = all_places(&queue).await;
        let mut tasks = Vec::new();
        for network in [7, 7, 7, 8] {
            tasks.push(waiting(&queue, Rank { network, ..GOOD }).await);
        }
        assert_eq!(order(places, tasks).await, [0, 3, 1, 2]);
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_for_ever() {
        let queue = CheckQueue::new();
        let places = all_places(&queue).await;
        let old = waiting(&queue, GUESSER).await;
        tokio::time::advance(AFTER_FAILURES * 2).await;
        let new = waiting(&queue, Rank { network: 9, ..GOOD }).await;
        assert_eq!(order(places, vec![old, new]).await, [0, 1]);
    }

    #[tokio::test(start_paused = true)]
    async fn a_full_queue_refuses_strangers_first() {
        let queue = CheckQueue::new();
        let places = all_places(&queue).await;
        let mut strangers = Vec::new();
        for _ in 0..WAITING {
            strangers.push(waiting(&queue, BEHIND_A_GUESSER).await);
        }
        assert_eq!(queue.enter(GUESSER).await.unwrap_err(), Full);
        let good = waiting(&queue, GOOD).await;
        assert_eq!(strangers.pop().unwrap().await.unwrap().unwrap_err(), Full, "the last one makes room");
        assert_eq!(queue.state().waiting.len(), WAITING);
        drop(places);
        let place = good.await.unwrap();
        assert!(place.is_ok());
        for stranger in strangers {
            stranger.abort();
            drop(stranger.await);
        }
        drop(place);
        let state = queue.state();
        assert_eq!((state.free, state.waiting.len(), state.waiting_of.len()), (CONCURRENT, 0, 0), "nothing is left");
    }

    #[tokio::test(start_paused = true)]
    async fn who_goes_away_holds_up_nobody() {
        let queue = CheckQueue::new();
        let places = all_places(&queue).await;
        let (gone, next) = (waiting(&queue, GOOD).await, waiting(&queue, GOOD).await);
        gone.abort();
        drop(gone.await);
        drop(places);
        assert!(next.await.unwrap().is_ok());
        assert_eq!(queue.state().free, CONCURRENT);
    }
}
