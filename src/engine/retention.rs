//! When ended jobs are removed.

use super::{Engine, Environment, JobRecord, List, Store, StoreError, store::reload_matching};
use crate::domain::{Job, Status, Time};
use chrono::TimeDelta;

/// How long auto-cleared jobs are kept after their end. Other jobs stay until they are cleared.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retention {
    /// Jobs that finished (`SucceededJobCleanupTimeInMinutes`).
    pub succeeded: TimeDelta,
    /// Jobs that failed, were aborted or are unknown (`FailedJobCleanupTimeInMinutes`).
    pub failed: TimeDelta,
}

impl Retention {
    /// How often an engine removes jobs (`JobCleanupRateInMinutes`).
    pub const SWEEP_EVERY: TimeDelta = TimeDelta::minutes(10);

    /// oVirt's default.
    pub const OVIRT: Self = Self { succeeded: TimeDelta::minutes(10), failed: TimeDelta::minutes(60) };

    /// Whether the job should be removed (`DeleteCompletedJobsOlderThanDate`), internal or external.
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
    /// Removes the jobs whose time is over, and returns how many. A job that changes at that moment stays until the next
    /// sweep.
    pub async fn sweep(&self, retention: &Retention) -> Result<usize, StoreError> {
        let now = self.now();
        let is_over = |record: &JobRecord| retention.is_over(&record.content.job, now);
        let records = self.store.list(&List { auto_cleared: true, ..List::default() }).await?;
        let over = records.iter().filter(|record| is_over(record)).map(|record| record.content.job.id).collect();
        let over = reload_matching(&self.store, over, is_over).await?;
        if over.is_empty() { Ok(0) } else { self.store.delete(&over).await }
    }
}
