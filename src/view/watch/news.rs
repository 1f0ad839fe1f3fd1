//! New failures: jobs that failed while the page was open, and that nobody has looked at yet.
//!
//! What had failed at the first list is not new: the page stores nothing of an engine, so it does not know what the user saw before.

use chrono::TimeDelta;
use rustc_hash::FxHashMap;

use super::Passage;
use crate::domain::{JobId, Status, Time};

/// A failure that was in view for so long has been seen.
pub const LOOK: TimeDelta = TimeDelta::seconds(3);

/// The new failures.
#[derive(Debug, Clone, Default)]
pub struct News {
    /// Each with the moment since which it is in view, if it is.
    jobs: FxHashMap<JobId, Option<Time>>,
    /// When the first list came.
    since: Option<Time>,
}

impl News {
    /// Whether the failure of a job is new.
    pub fn contains(&self, job: JobId) -> bool {
        self.jobs.contains_key(&job)
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.jobs.len()
    }

    /// The first list was taken.
    pub(super) fn begin(&mut self, now: Time) {
        self.since = Some(now);
    }

    pub(super) fn take(&mut self, Passage { id, before, after }: Passage<'_>) {
        let Some(job) = after.map(|node| &node.job).filter(|job| job.status == Status::Failed) else {
            self.jobs.remove(&id);
            return;
        };
        let is_new = match before {
            Some(before) => before.job.status != Status::Failed,
            // It began and failed since the last list. A job that is older was left out of a list.
            None => self.since.is_some_and(|since| job.end_time.is_some_and(|end| end >= since)),
        };
        if is_new {
            self.jobs.insert(id, None);
        }
    }

    /// The user sees the page at this moment. Returns whether a failure is no longer new.
    pub(super) fn look(&mut self, now: Time, is_seen: impl Fn(JobId) -> bool) -> bool {
        let before = self.jobs.len();
        self.jobs.retain(|job, since| {
            *since = since.or(Some(now)).filter(|_| is_seen(*job));
            since.is_none_or(|since| now - since < LOOK)
        });
        self.jobs.len() < before
    }
}
