//! What jobs and steps are. Plain data and pure functions: no I/O, no clock, no framework.

pub mod change;
mod id;
mod job;
pub mod outline;
pub mod rules;
mod status;
mod step;
pub mod text;

pub use id::{HostId, Id, JobId, ParseIdError, RoleId, StepId, UserId, VmId};
pub use job::{Job, JobWithSteps};
pub use status::{Status, UnknownWord};
pub use step::{ExternalSystem, Percent, Step, StepType};

/// A moment, to the millisecond as the API carries it. Always UTC.
pub type Time = chrono::DateTime<chrono::Utc>;
