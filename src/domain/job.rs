//! A job: one long operation, which consists of steps.

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::{JobId, Status, Step, Time, UserId};

/// A job as in the API (`Job` of the API model; `JobMapper`).
///
/// Every member that an engine may leave out is an `Option`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// Its name for people; empty if the engine sent none.
    pub description: String,
    /// Its status.
    pub status: Status,
    /// Whether an external program added it. Only such jobs can be changed through the API.
    pub external: bool,
    /// Whether the engine may remove it some time after its end.
    pub auto_cleared: bool,
    /// The user who started it.
    pub owner: Option<UserId>,
    /// When it started.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub start_time: Option<Time>,
    /// When it ended; none while it runs.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub end_time: Option<Time>,
    /// When the job ended, or a step was last added or ended. Clearing and progress do not change it.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub last_updated: Option<Time>,
}

impl Job {
    /// Whether it is one of the jobs that an engine makes for each event that an external program adds, and ended well
    /// (`AddExternalEventCommand`): there may be many, and they say nothing.
    pub fn is_added_event(&self) -> bool {
        !self.external && self.status == Status::Finished && self.description == "Adding an External Event"
    }

    /// How long it took, or has taken until `now`. None without a start; never negative, even if clocks differ.
    pub fn duration(&self, now: Time) -> Option<TimeDelta> {
        span(self.start_time, self.end_time, now)
    }
}

/// From start to end, or to `now` while there is no end.
pub(super) fn span(start: Option<Time>, end: Option<Time>, now: Time) -> Option<TimeDelta> {
    let start = start?;
    Some(end.unwrap_or(now).signed_duration_since(start).max(TimeDelta::zero()))
}

/// A job and all of its steps: what an engine changes in one transaction, and what a rule works on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobWithSteps {
    /// The job.
    pub job: Job,
    /// Its steps, at every depth, in any order.
    pub steps: Vec<Step>,
}
