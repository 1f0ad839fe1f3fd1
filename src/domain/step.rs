//! A step: a part of a job, or of another step.

use std::str::FromStr;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::{HostId, JobId, Status, StepId, Time, UnknownWord, job::span};

/// A step as in the API (`Step` of the API model; `StepMapper`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Its id, unique over all jobs.
    pub id: StepId,
    /// The job it belongs to.
    pub job: JobId,
    /// The parent step; none for a step directly under its job.
    pub parent: Option<StepId>,
    /// The kind of work.
    pub step_type: StepType,
    /// Its name for people.
    pub description: String,
    /// How many siblings were added before it. Not unique: engines count without a lock.
    pub number: Option<u32>,
    /// Its status.
    pub status: Status,
    /// How much is done; only steps that the engine runs have it.
    pub progress: Option<Percent>,
    /// When it started.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub start_time: Option<Time>,
    /// When it ended; none while it runs.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub end_time: Option<Time>,
    /// Whether an external program added it. Only such steps can be ended through the API.
    pub external: bool,
    /// The system that does the work, once the step is tied to a task of that system.
    pub external_system: Option<ExternalSystem>,
    /// The host that does the work.
    pub execution_host: Option<HostId>,
}

impl Step {
    /// How long it took, or has taken until `now`. None without a start; never negative, even if clocks differ.
    pub fn duration(&self, now: Time) -> Option<TimeDelta> {
        span(self.start_time, self.end_time, now)
    }
}

/// A percentage, 0 to 100.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Percent(u8);

impl Percent {
    /// Clamps to 0..=100.
    pub fn clamped(value: i64) -> Self {
        Self(u8::try_from(value.clamp(0, 100)).unwrap_or(100))
    }

    /// 0 to 100.
    pub const fn get(self) -> u8 {
        self.0
    }
}

/// The step types of the API. Engines have some forty more and send `unknown` for each of these (`StepMapper`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepType {
    /// Checks whether the operation is possible.
    Validating,
    /// Does the work.
    Executing,
    /// Cleans up.
    Finalizing,
    /// Moves the bricks' data of a Gluster volume.
    RebalancingVolume,
    /// Removes bricks from a Gluster volume.
    RemovingBricks,
    /// Any other type.
    Unknown,
}

impl StepType {
    /// All, in the order of the form.
    pub const ALL: [Self; 6] = [
        Self::Validating,
        Self::Executing,
        Self::Finalizing,
        Self::RebalancingVolume,
        Self::RemovingBricks,
        Self::Unknown,
    ];

    /// The word in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Validating => "validating",
            Self::Executing => "executing",
            Self::Finalizing => "finalizing",
            Self::RebalancingVolume => "rebalancing_volume",
            Self::RemovingBricks => "removing_bricks",
            Self::Unknown => "unknown",
        }
    }
}

impl FromStr for StepType {
    type Err = UnknownWord;

    /// Reads the word in any case, as engines do.
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|step_type| step_type.as_str().eq_ignore_ascii_case(text)).ok_or(UnknownWord)
    }
}

/// The systems outside the engine that do the work of steps (`ExternalSystemType`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExternalSystem {
    /// The agent on a hypervisor host.
    Vdsm,
    /// Gluster storage.
    Gluster,
}

impl ExternalSystem {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Vdsm, Self::Gluster];

    /// The word in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Vdsm => "vdsm",
            Self::Gluster => "gluster",
        }
    }
}

impl FromStr for ExternalSystem {
    type Err = UnknownWord;

    /// Reads the word in any case, as engines do.
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|system| system.as_str().eq_ignore_ascii_case(text)).ok_or(UnknownWord)
    }
}
