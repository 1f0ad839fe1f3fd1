//! What clients can ask of machines, and the results.

use super::{ActionType, Obstacle};
use crate::{
    domain::{HostId, JobId, StepId, VmId},
    engine::StoreError,
};

/// A request to run a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandRequest {
    /// What to do.
    pub command: VmCommand,
    /// The external job or step to run under, if the request names one.
    pub attachment: Option<Attachment>,
    /// Identifies the request; a job of the command's own gets it.
    pub correlation_id: String,
}

/// What to do to a machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VmCommand {
    /// Start it.
    Start(VmId),
    /// Stop it.
    Stop(VmId),
    /// Move it to that host, or to one that the engine chooses.
    Migrate(VmId, Option<HostChoice>),
    /// Freeze its file systems.
    Freeze(VmId),
}

impl VmCommand {
    /// The machine.
    pub const fn vm(&self) -> VmId {
        match self {
            Self::Start(vm) | Self::Stop(vm) | Self::Migrate(vm, _) | Self::Freeze(vm) => *vm,
        }
    }

    /// The kind of command.
    pub const fn action_type(&self) -> ActionType {
        match self {
            Self::Start(_) => ActionType::RunVm,
            Self::Stop(_) => ActionType::StopVm,
            Self::Migrate(_, None) => ActionType::MigrateVm,
            Self::Migrate(_, Some(_)) => ActionType::MigrateVmToServer,
            Self::Freeze(_) => ActionType::FreezeVm,
        }
    }
}

/// A host that a client names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HostChoice {
    /// By its id.
    Id(HostId),
    /// By its exact name.
    Name(String),
}

/// The external job or step that a command runs under: `JobId` and `StepId` of the request. If both are given, the step
/// decides alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attachment {
    /// Directly under a job.
    Job(JobId),
    /// Under a step, in whichever job that is.
    Step(StepId),
}

/// A command that has begun, or that took no time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StartedCommand {
    /// The job that shows it.
    pub job: Option<JobId>,
    /// The machine.
    pub vm: VmId,
}

/// Why a command did not begin. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum VmCommandError {
    /// It should run under a job, but jobs do not show such commands (`ACTION_TYPE_NON_MONITORED`).
    NonMonitored,
    /// The caller's roles do not allow it.
    NotAuthorized,
    /// There is no machine with that id.
    NoVm(VmId),
    /// There is no host with that name.
    NoHostNamed(String),
    /// The job that it should run under is an internal one (`ACTION_TYPE_NOT_EXTERNAL`).
    NotExternal,
    /// The machine's state or the request forbids it.
    Obstacle(Obstacle),
    /// Other clients kept changing the same machine or job.
    Busy,
    /// The store failed.
    Store(StoreError),
}

impl From<StoreError> for VmCommandError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Obstacle> for VmCommandError {
    fn from(obstacle: Obstacle) -> Self {
        Self::Obstacle(obstacle)
    }
}
