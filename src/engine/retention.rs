//! When ended jobs are removed.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use super::{Engine, Environment, JobRecord, List, Store, StoreError, store::reload_matching};
use crate::domain::{Job, JobId, Status, Time};
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
        job.end_time.is_some_and(|end_time| self.is_over_since(job, end_time, now))
    }

    fn is_over_since(&self, job: &Job, ended: Time, now: Time) -> bool {
        let kept = match job.status {
            Status::Started => return false,
            Status::Finished => self.succeeded,
            Status::Failed | Status::Aborted | Status::Unknown => self.failed,
        };
        job.auto_cleared && now - ended > kept
    }
}

impl Default for Retention {
    fn default() -> Self {
        Self::OVIRT
    }
}

/// When sweeps first saw jobs whose end is still to come: the clock was set back after they ended. They are kept for their time
/// from then on, not until the clock has caught up.
#[derive(Debug, Default)]
pub struct EndsAhead(Mutex<HashMap<JobId, Time>>);

impl EndsAhead {
    /// Notes those jobs, and forgets all others.
    fn note(&self, records: &[JobRecord], now: Time) -> HashMap<JobId, Time> {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let jobs = records.iter().map(|record| &record.content.job);
        let ahead = jobs.filter(|job| job.end_time.is_some_and(|end_time| end_time > now));
        *known = ahead.map(|job| (job.id, known.get(&job.id).map_or(now, |seen| now.min(*seen)))).collect();
        known.clone()
    }
}

impl<S: Store, E: Environment> Engine<S, E> {
    /// Removes the jobs whose time is over, and returns how many. A job that changes at that moment stays until the next
    /// sweep.
    pub async fn sweep(&self, retention: &Retention, ahead: &EndsAhead) -> Result<usize, StoreError> {
        let now = self.now();
        let records = self.store.list(&List { auto_cleared: true, ..List::default() }).await?;
        let ahead = ahead.note(&records, now);
        let is_over = |record: &JobRecord| {
            let job = &record.content.job;
            let ended = ahead.get(&job.id).copied().or(job.end_time);
            ended.is_some_and(|ended| retention.is_over_since(job, ended, now))
        };
        let over = records.iter().filter(|record| is_over(record)).map(|record| record.content.job.id).collect();
        let over = reload_matching(&self.store, over, is_over).await?;
        if over.is_empty() { Ok(0) } else { self.store.delete(&over).await }
    }
}
