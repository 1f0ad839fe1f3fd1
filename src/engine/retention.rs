//! Which ended jobs are removed, and when.

use super::{Engine, Environment, JobRecord, List, Store, StoreError, store::known_if};
use crate::domain::{Job, Status, Time};
use chrono::TimeDelta;

/// How long an auto-cleared job is kept after its end. Others stay until they are cleared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// When it finished (`SucceededJobCleanupTimeInMinutes`).
    pub succeeded: TimeDelta,
    /// When it failed, was aborted, or nobody knows (`FailedJobCleanupTimeInMinutes`).
    pub failed: TimeDelta,
}

impl Retention {
    /// How often to sweep (`JobCleanupRateInMinutes`).
    pub const SWEEP_EVERY: TimeDelta = TimeDelta::minutes(10);

    /// What engines do unless they are told otherwise.
    pub const OVIRT: Self = Self { succeeded: TimeDelta::minutes(10), failed: TimeDelta::minutes(60) };

    /// Whether the job's time is over (`DeleteCompletedJobsOlderThanDate`). Who made it plays no part.
    pub fn is_over(&self, job: &Job, now: Time) -> bool {
        let kept = match job.status {
            Status::Started => return false,
            Status::Finished => self.succeeded,
            Status::Failed | Status::Aborted | Status::Unknown => self.failed,
        };
        job.auto_cleared && job.end_time.is_some_and(|end_time| now - end_time > kept)
    }
}

impl Default for Retention {
    fn default() -> Self {
        Self::OVIRT
    }
}

impl<S: Store, E: Environment> Engine<S, E> {
    /// Removes the jobs whose time is over, and says how many. What somebody changes at that moment stays until the next time.
    pub async fn sweep(&self, retention: &Retention) -> Result<usize, StoreError> {
        let now = self.now();
        let is_over = |record: &JobRecord| retention.is_over(&record.content.job, now);
        let records = self.store.list(&List { auto_cleared: true, ..List::default() }).await?;
        let over = records.iter().filter(|record| is_over(record)).map(|record| record.content.job.id).collect();
        let over = known_if(&self.store, over, is_over).await?;
        if over.is_empty() { Ok(0) } else { self.store.delete(&over).await }
    }
}
