//! Jobs, steps and events, and the rules for them. Plain data and pure functions: no I/O, no clock, no framework.

pub mod change;
pub mod description;
pub mod event;
mod id;
mod job;
pub mod outline;
pub mod reason;
pub mod rules;
mod status;
mod step;
pub mod stuck;
pub mod usual;

pub use event::Event;
pub use id::{
    ClusterId, DataCenterId, HostId, Id, JobId, ParseIdError, RoleId, StepId, StorageDomainId, TemplateId, UserId, VmId,
};
pub use job::{Job, JobWithSteps};
pub use status::{Status, UnknownWord};
pub use step::{ExternalSystem, Percent, Step, StepType};

/// A time in UTC. The API carries milliseconds.
pub type Time = chrono::DateTime<chrono::Utc>;
