//! Brings a store up to the world as of now, without touching what is somebody's.

use std::collections::HashMap;

use super::world;
use crate::{
    domain::{JobId, Time},
    engine::{JobRecord, List, Retention, SaveError, Store, StoreError, store::known_if},
};

/// Brings the store's sample jobs up to now, and says how many changed.
///
/// Only jobs that are still the world's are changed or removed, and what somebody does to one meanwhile makes it theirs. A job
/// that was removed meanwhile does not come back: the world adds only what started after the latest of its jobs in the store.
pub async fn tick<S: Store>(
    store: &S,
    seed: u64,
    start: Time,
    now: Time,
    retention: &Retention,
) -> Result<usize, StoreError> {
    let stored = store.list(&List::default()).await?;
    let latest =
        stored.iter().filter(|record| record.scenario).filter_map(|record| record.content.job.start_time).max();
    let mut stored: HashMap<JobId, JobRecord> =
        stored.into_iter().map(|record| (record.content.job.id, record)).collect();
    let mut changed = 0;
    for record in world(seed, start, now, retention) {
        let moved = match stored.remove(&record.content.job.id) {
            None if record.content.job.start_time > latest => save(store, &record, None).await?,
            Some(known) if may_differ(&known, &record) => update(store, &record).await?,
            None | Some(_) => false,
        };
        changed += usize::from(moved);
    }
    let gone = stored.into_values().filter(|record| record.scenario).map(|record| record.content.job.id).collect();
    let gone = known_if(store, gone, |record| record.scenario).await?;
    changed += if gone.is_empty() { 0 } else { store.delete(&gone).await? };
    Ok(changed)
}

/// A cheap look at the job alone: while it runs, its steps may have moved.
fn may_differ(known: &JobRecord, record: &JobRecord) -> bool {
    known.scenario && (known.content.job != record.content.job || known.content.job.status.is_running())
}

async fn update<S: Store>(store: &S, record: &JobRecord) -> Result<bool, StoreError> {
    match store.load(record.content.job.id).await? {
        Some(stored) if stored.record.scenario && stored.record != *record => {
            save(store, record, Some(stored.version)).await
        }
        Some(_) | None => Ok(false),
    }
}

/// Whoever came first keeps what they did; the world looks again at its next tick.
async fn save<S: Store>(store: &S, record: &JobRecord, replaces: Option<u64>) -> Result<bool, StoreError> {
    match store.save(record, replaces).await {
        Ok(_) => Ok(true),
        Err(SaveError::Stale) => Ok(false),
        Err(SaveError::Store(error)) => Err(error),
    }
}
