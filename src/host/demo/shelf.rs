//! The browser's storage as far as the demo uses it: an entry for the world, and one for each job, so that two tabs never
//! overwrite each other's jobs.

use serde::{Deserialize, Serialize};
use web_sys::Storage;

use crate::{
    domain::{JobId, Time},
    engine::JobRecord,
};

/// Everything of the demo's begins with this, in every version.
const PREFIX: &str = "task-monitor-demo/";
/// The number goes up when an entry means something else than before.
const JOB: &str = "task-monitor-demo/1/job/";
/// Names the world. Other tabs hear of it when the world begins anew.
pub(super) const WORLD: &str = "task-monitor-demo/1/world";

/// Holds the number of the last turn in which something was written.
pub(super) const TURN: &str = "task-monitor-demo/1/turn";

/// The browser forbids it (SecurityError), or has no more room (QuotaExceededError).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Blocked;

/// What is kept of a job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// Goes up by one with each write, in whichever tab.
    pub(super) version: u64,
    /// The job, or that it is none any more.
    pub(super) kept: Kept,
}

/// A job that somebody made or changed, or that is no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kept {
    /// A job.
    Job(JobRecord),
    /// One of the world's, removed at that time: it must not come back with the world.
    Gone(#[serde(with = "chrono::serde::ts_milliseconds")] Time),
}

impl Entry {
    /// What cannot be read counts as not there: another version may have written it, or a person.
    pub(super) fn parse(id: JobId, text: &str) -> Option<Self> {
        let entry: Self = serde_json::from_str(text).ok()?;
        match &entry.kept {
            Kept::Job(record) if record.content.job.id != id => None,
            Kept::Job(_) | Kept::Gone(_) => Some(entry),
        }
    }
}

/// The name of a job's entry.
pub(super) fn name(id: JobId) -> String {
    format!("{JOB}{id}")
}

/// What an entry says.
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

/// Removes everything of the demo's, readable or not.
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
