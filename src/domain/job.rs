//! A job: one piece of long work, a container of steps.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::{JobId, Status, Step, Time, UserId};

/// A job as the API shows it (`Job` of the API model; `JobMapper`).
///
/// What an engine may leave out is an `Option`; a reader must not assume more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Its name for machines.
    pub id: JobId,
    /// Its name for people; empty when the engine sent none.
    pub description: String,
    /// Where it stands.
    pub status: Status,
    /// Whether an outside program added it. Only such jobs can be changed through the API.
    pub external: bool,
    /// Whether the engine may remove it some time after its end.
    pub auto_cleared: bool,
    /// Who started it.
    pub owner: Option<UserId>,
    /// When it started.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub start_time: Option<Time>,
    /// When it ended; absent while it runs.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub end_time: Option<Time>,
    /// When a step was last added or ended, or the job ended; clearing and progress do not count.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub last_updated: Option<Time>,
}

impl Job {
    /// How long it took, or has taken by `now`. Never negative, whatever the clocks say; none without a start.
    pub fn duration(&self, now: Time) -> Option<TimeDelta> {
        span(self.start_time, self.end_time, now)
    }
}

/// From start to end, or to `now` while there is no end.
pub(super) fn span(start: Option<Time>, end: Option<Time>, now: Time) -> Option<TimeDelta> {
    let start = start?;
    Some(end.unwrap_or(now).signed_duration_since(start).max(TimeDelta::zero()))
}

/// A job and everything under it: what an engine changes in one transaction, and what a rule looks at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobWithSteps {
    /// The job.
    pub job: Job,
    /// Its steps, at every depth, in any order.
    pub steps: Vec<Step>,
}
