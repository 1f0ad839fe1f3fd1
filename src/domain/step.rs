//! A step: a part of a job, or of another step.

use std::str::FromStr;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::{HostId, JobId, Status, StepId, Time, UnknownWord, job::span};

/// A step as the API shows it (`Step` of the API model; `StepMapper`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Its name for machines, unique over all jobs.
    pub id: StepId,
    /// The job it belongs to.
    pub job: JobId,
    /// The step it stands under; none for a step directly under its job.
    pub parent: Option<StepId>,
    /// What kind of work it is.
    pub step_type: StepType,
    /// Its name for people.
    pub description: String,
    /// How many siblings there were before it; not unique, for engines count without a lock.
    pub number: Option<u32>,
    /// Where it stands.
    pub status: Status,
    /// How far it is; only engine-driven steps have one.
    pub progress: Option<Percent>,
    /// When it started.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub start_time: Option<Time>,
    /// When it ended; absent while it runs.
    #[serde(with = "chrono::serde::ts_milliseconds_option")]
    pub end_time: Option<Time>,
    /// Whether an outside program added it. Only such steps can be ended through the API.
    pub external: bool,
    /// The system that does the work, once the step is tied to a task of that system.
    pub external_system: Option<ExternalSystem>,
    /// The host that does the work.
    pub execution_host: Option<HostId>,
}

impl Step {
    /// How long it took, or has taken by `now`. Never negative, whatever the clocks say; none without a start.
    pub fn duration(&self, now: Time) -> Option<TimeDelta> {
        span(self.start_time, self.end_time, now)
    }
}

/// Part of a whole, 0 to 100.
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

/// The kinds of step that the API names; engines flatten some forty internal ones to `unknown` (`StepMapper`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StepType {
    /// Checks whether the operation can be done.
    Validating,
    /// Does the work.
    Executing,
    /// Tidies up.
    Finalizing,
    /// Moves the bricks' data of a Gluster volume.
    RebalancingVolume,
    /// Takes bricks out of a Gluster volume.
    RemovingBricks,
    /// Any other kind.
    Unknown,
}

impl StepType {
    /// All of them, in the order that a form offers.
    pub const ALL: [Self; 6] = [
        Self::Validating,
        Self::Executing,
        Self::Finalizing,
        Self::RebalancingVolume,
        Self::RemovingBricks,
        Self::Unknown,
    ];

    /// The API's word.
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

    /// Reads the API's word in any case, as engines do.
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|step_type| step_type.as_str().eq_ignore_ascii_case(text)).ok_or(UnknownWord)
    }
}

/// The systems that do steps' work outside the engine (`ExternalSystemType`).
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

    /// The API's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Vdsm => "vdsm",
            Self::Gluster => "gluster",
        }
    }
}

impl FromStr for ExternalSystem {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|system| system.as_str().eq_ignore_ascii_case(text)).ok_or(UnknownWord)
    }
}
