//! One tab at a time, and each sees what the one before it wrote.
//!
//! A lock alone is not enough: what one tab writes to `localStorage` reaches another, in a process of its own, some
//! milliseconds later, and the lock may be there first. Measured in Chromium: of 1000 increments under a lock by two tabs, up
//! to 270 were lost. So who has written says so by a second lock, whose name has the number of that turn: locks are
//! told in order. Who comes next waits until storage shows that number; it is written last. Then none were lost, and the
//! longest wait was 6 ms.
//!
//! A browser without locks does without: a request never waits half-way, so one tab is safe anyway, and [`super::store`]
//! compares before it writes.

use std::{cell::RefCell, time::Duration};

use gloo_timers::future::sleep;

use super::{
    lock::{self, Held},
    shelf::{self, TURN},
    store::SharedStore,
};

const LOCK: &str = "task-monitor-demo/1";
/// The begin of the name of the second lock.
const WRITTEN: &str = "task-monitor-demo/1/written/";
/// How long to wait for what was written: for ever does not do, should somebody have cleared the storage by hand.
const LOOKS: u32 = 400;
const BETWEEN_LOOKS: Duration = Duration::from_millis(2);

/// The turns of this tab.
#[derive(Default)]
pub(super) struct Turns {
    /// Says which turn was the last that wrote something, if it was one of ours.
    written: RefCell<Option<Held>>,
}

/// The right to read and write.
#[must_use]
pub(super) struct Turn {
    lock: Option<Held>,
    number: u64,
}

impl Turns {
    /// Waits for this tab's turn, and for all that was written before.
    pub(super) async fn begin(&self, store: &SharedStore) -> Turn {
        let lock = lock::hold(LOCK).await;
        let before = if lock.is_some() && !store.is_blocked() { last_written().await } else { 0 };
        for _ in 0..LOOKS {
            if number(store) >= before || store.is_blocked() {
                break;
            }
            sleep(BETWEEN_LOOKS).await;
        }
        Turn { lock, number: number(store).max(before) }
    }

    /// Lets the next tab have its turn, once it can know what was written in this one.
    pub(super) async fn end(&self, turn: Turn, store: &SharedStore) {
        if store.take_written() && turn.lock.is_some() {
            let number = turn.number + 1;
            // Nobody is to wait for what cannot be written.
            if store.shelf(|| shelf::write(TURN, &number.to_string())).is_some() {
                let written = lock::hold_at_once(&format!("{WRITTEN}{number}")).await;
                self.written.replace(written);
            }
        }
        drop(turn);
    }
}

async fn last_written() -> u64 {
    let names = lock::names().await;
    names.iter().filter_map(|name| name.strip_prefix(WRITTEN)?.parse().ok()).max().unwrap_or(0)
}

/// The last turn that wrote something, as far as this tab's storage shows it.
fn number(store: &SharedStore) -> u64 {
    store.shelf(|| shelf::read(TURN)).flatten().and_then(|text| text.parse().ok()).unwrap_or(0)
}
