//! The demo's entries in the browser's local storage: one for the sample world and one for each job and event, so
//! that two tabs never overwrite each other's.

use serde::{Deserialize, Serialize};
use uuid::Uuid;
use web_sys::Storage;

use crate::{
    domain::{JobId, Time},
    engine::JobRecord,
};

/// The names of all entries of the demo begin with this, in every version.
const PREFIX: &str = "task-monitor-demo/";
/// The number goes up when the meaning of an entry changes.
const JOB: &str = "task-monitor-demo/1/job/";
/// Events that users caused. The rest of a name is the event's time and a random id.
const EVENT: &str = "task-monitor-demo/1/event/";
/// The sample world. A change of this entry tells other tabs that a new one has begun.
pub(super) const WORLD: &str = "task-monitor-demo/1/world";

/// The number of the last write. It goes up by one each time that a tab has written something.
pub(super) const WRITE_NUMBER: &str = "task-monitor-demo/1/turn";

/// The browser forbids storage (SecurityError), or it is full (QuotaExceededError).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Blocked;

/// The stored entry of a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// Goes up by one with each write, in any tab.
    pub(super) version: u64,
    /// The job, or the fact that it was removed.
    pub(super) kept: StoredJob,
}

/// A job that a user added or changed, or a job of the sample world that was removed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum StoredJob {
    /// A job.
    Job(JobRecord),
    /// A job of the sample world was removed at that time. The sample world must not add it again.
    Gone(#[serde(with = "chrono::serde::ts_milliseconds")] Time),
}

impl Entry {
    /// An entry that cannot be read counts as absent: another version or a person may have written it.
    pub(super) fn parse(id: JobId, text: &str) -> Option<Self> {
        let entry: Self = serde_json::from_str(text).ok()?;
        match &entry.kept {
            StoredJob::Job(record) if record.content.job.id != id => None,
            StoredJob::Job(_) | StoredJob::Gone(_) => Some(entry),
        }
    }
}

/// The name of a job's entry.
pub(super) fn name(id: JobId) -> String {
    format!("{JOB}{id}")
}

/// Reads an entry.
pub(super) fn read(name: &str) -> Result<Option<String>, Blocked> {
    storage()?.get_item(name).map_err(|_| Blocked)
}

/// Writes an entry.
pub(super) fn write(name: &str, text: &str) -> Result<(), Blocked> {
    storage()?.set_item(name, text).map_err(|_| Blocked)
}

/// Removes an entry.
pub(super) fn remove(name: &str) -> Result<(), Blocked> {
    storage()?.remove_item(name).map_err(|_| Blocked)
}

/// The jobs that have an entry.
pub(super) fn jobs() -> Result<Vec<JobId>, Blocked> {
    Ok(names()?.iter().filter_map(|name| name.strip_prefix(JOB)?.parse().ok()).collect())
}

/// The name of a new event's entry. Names sort by time.
pub(super) fn event_name(time: Time, id: Uuid) -> String {
    format!("{EVENT}{:014}-{id}", time.timestamp_millis())
}

/// The names of the entries of events, oldest first.
pub(super) fn events() -> Result<Vec<String>, Blocked> {
    let mut names = names()?;
    names.retain(|name| name.starts_with(EVENT));
    names.sort_unstable();
    Ok(names)
}

/// Removes all entries of the demo, readable or not.
pub(super) fn clear() -> Result<(), Blocked> {
    names()?.iter().filter(|name| name.starts_with(PREFIX)).try_for_each(|name| remove(name))
}

fn names() -> Result<Vec<String>, Blocked> {
    let storage = storage()?;
    let length = storage.length().map_err(|_| Blocked)?;
    Ok((0..length).filter_map(|index| storage.key(index).ok().flatten()).collect())
}

fn storage() -> Result<Storage, Blocked> {
    web_sys::window().and_then(|window| window.local_storage().ok().flatten()).ok_or(Blocked)
}
