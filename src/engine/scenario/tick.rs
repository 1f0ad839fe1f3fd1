//! Brings the sample jobs in a store up to now, and leaves all other jobs alone.

use std::collections::HashMap;

use super::world;
use crate::{
    domain::{JobId, Time},
    engine::{JobRecord, List, Retention, SaveError, Store, StoreError, store::reload_matching},
};

/// Brings the store's sample jobs up to now, and returns how many changed.
///
/// Only jobs with the mark [`JobRecord::scenario`] are changed or removed; any command on a job removes its mark. A sample job
/// that was deleted does not come back: new ones are added only if they started after the latest one in the store.
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
    // The clock was set back to before the start: then there was no start.
    let start = if now < start { Time::UNIX_EPOCH } else { start };
    for record in world(seed, start, now, retention) {
        let moved = match stored.remove(&record.content.job.id) {
            None if record.content.job.start_time > latest => save(store, &record, None).await?,
            Some(known) if may_differ(&known, &record) => update(store, &record).await?,
            None | Some(_) => false,
        };
        changed += usize::from(moved);
    }
    let gone = stored.into_values().filter(|record| record.scenario).map(|record| record.content.job.id).collect();
    let gone = reload_matching(store, gone, |record| record.scenario).await?;
    changed += if gone.is_empty() { 0 } else { store.delete(&gone).await? };
    Ok(changed)
}

/// A cheap check without steps: while a job runs, its steps may differ.
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

/// If a client changed the job first, its change stays; the next tick looks again.
async fn save<S: Store>(store: &S, record: &JobRecord, replaces: Option<u64>) -> Result<bool, StoreError> {
    match store.save(record, replaces).await {
        Ok(_) => Ok(true),
        Err(SaveError::Stale) => Ok(false),
        Err(SaveError::Store(error)) => Err(error),
    }
}
