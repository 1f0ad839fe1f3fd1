//! One tab at a time works on the shared state, and sees what the tab before it wrote.
//!
//! A lock alone is not enough. A write to `localStorage` reaches another tab's process some milliseconds later, perhaps after the
//! lock. Measured in Chromium: of 1000 increments by two tabs under a lock, up to 270 were lost. Therefore a tab that has
//! written takes a second lock, with the number of its turn in the name: browsers announce locks in order. The next tab waits
//! until its storage shows that number, which is written last. With this nothing was lost, and the longest wait was 6 ms.
//!
//! A browser without locks works too: one tab is safe because a request never waits half-way, and [`super::store`] compares before
//! it writes.

use std::{cell::RefCell, time::Duration};

use gloo_timers::future::sleep;

use super::{
    lock::{self, Held},
    shelf::{self, TURN},
    store::SharedStore,
};

const LOCK: &str = "task-monitor-demo/1";
/// The beginning of the second lock's name.
const WRITTEN: &str = "task-monitor-demo/1/written/";
/// How often to look for the written number. There is a limit because somebody may have cleared the storage by hand.
const LOOKS: u32 = 400;
const BETWEEN_LOOKS: Duration = Duration::from_millis(2);

/// The turns of this tab.
#[derive(Default)]
pub(super) struct Turns {
    /// Announces the number of the last turn that wrote something, if it was ours.
    written: RefCell<Option<Held>>,
}

/// The right to read and write.
#[must_use]
pub(super) struct Turn {
    lock: Option<Held>,
    number: u64,
}

impl Turns {
    /// Waits for this tab's turn, and until everything written before has arrived.
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

    /// Ends the turn, after the number of what was written has been announced to the next tab.
    pub(super) async fn end(&self, turn: Turn, store: &SharedStore) {
        if store.take_written() && turn.lock.is_some() {
            let number = turn.number + 1;
            // Without the number in storage, the next tab would wait in vain.
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

/// The number of the last turn that wrote something, as this tab's storage shows it.
fn number(store: &SharedStore) -> u64 {
    store.shelf(|| shelf::read(TURN)).flatten().and_then(|text| text.parse().ok()).unwrap_or(0)
}
