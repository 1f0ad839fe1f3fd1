//! Jobs and steps, and the rules for them. Plain data and pure functions: no I/O, no clock, no framework.

pub mod change;
pub mod description;
mod id;
mod job;
pub mod outline;
pub mod rules;
mod status;
mod step;
pub mod stuck;
pub mod usual;

pub use id::{HostId, Id, JobId, ParseIdError, RoleId, StepId, UserId, VmId};
pub use job::{Job, JobWithSteps};
pub use status::{Status, UnknownWord};
pub use step::{ExternalSystem, Percent, Step, StepType};

/// A time in UTC. The API carries milliseconds.
pub type Time = chrono::DateTime<chrono::Utc>;
