//! One state of the database, for a long list that is read page by page.
//!
//! It holds a connection, so only a few lists have one at a time, and each for a few seconds: enough for a client that reads as
//! fast as it can. Other lists, and the rest of one whose client is slow, are read as they are at the time of each page.

use std::{
    sync::{Arc, Weak},
    time::Duration,
};

use tokio::{
    sync::{Mutex, MutexGuard, OwnedSemaphorePermit},
    time::sleep,
};

use super::{Database, connection::Transaction};
use crate::engine::StoreError;

/// How long a list may hold its state.
const LONGEST: Duration = Duration::from_secs(5);

/// The state that all pages of a list show. Clones share it.
#[derive(Debug, Clone, Default)]
pub(super) struct Snapshot(Arc<Mutex<State>>);

/// The progress of a list.
#[derive(Debug, Default)]
pub(super) enum State {
    /// No page has been read.
    #[default]
    NotBegun,
    /// All pages so far show what this transaction sees.
    Held {
        /// It sees one state.
        transaction: Transaction,
        /// Lets another list hold a state, when this one does no longer.
        _turn: OwnedSemaphorePermit,
    },
    /// Each page shows what there is when it is read.
    Released,
}

impl Snapshot {
    /// Whether the next page is read in a transaction that the list holds. The first page begins it, if there is one to have.
    pub(super) async fn lock(&self, database: &Database) -> Result<MutexGuard<'_, State>, StoreError> {
        let mut state = self.0.lock().await;
        if matches!(*state, State::NotBegun) {
            *state = State::Released;
            if let Ok(turn) = Arc::clone(&database.snapshots).try_acquire_owned() {
                *state = State::Held { transaction: database.read().await?, _turn: turn };
                tokio::spawn(release(Arc::downgrade(&self.0)));
            }
        }
        Ok(state)
    }
}

/// Ends the transaction, if the list is still being read then.
async fn release(state: Weak<Mutex<State>>) {
    sleep(LONGEST).await;
    if let Some(state) = state.upgrade() {
        *state.lock().await = State::Released;
    }
}
