//! What can be asked of machines and disks, and what comes of it.

use super::{ActionType, DiskFormat, Obstacle, store::Object};
use crate::{
    domain::{DiskId, HostId, JobId, StepId, StorageDomainId, VmId},
    engine::StoreError,
};

/// A command, as somebody asks for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// What is to be done.
    pub wanted: Wanted,
    /// The job that it is to join, if one was named.
    pub attachment: Option<Attachment>,
    /// Ties a job of its own to the request.
    pub correlation_id: String,
}

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// Start a machine.
    StartVm(VmId),
    /// Stop a machine.
    StopVm(VmId),
    /// Move a machine to another host, or to that one.
    MigrateVm(VmId, Option<Which<HostId>>),
    /// Hold a machine's file systems still.
    FreezeVm(VmId),
    /// Make a disk.
    AddDisk(NewDisk),
    /// Move a disk to that storage domain.
    MoveDisk(DiskId, Which<StorageDomainId>),
}

impl Wanted {
    /// The kind of command.
    pub const fn action_type(&self) -> ActionType {
        match self {
            Self::StartVm(_) => ActionType::RunVm,
            Self::StopVm(_) => ActionType::StopVm,
            Self::MigrateVm(_, None) => ActionType::MigrateVm,
            Self::MigrateVm(_, Some(_)) => ActionType::MigrateVmToServer,
            Self::FreezeVm(_) => ActionType::FreezeVm,
            Self::AddDisk(_) => ActionType::AddDisk,
            Self::MoveDisk(..) => ActionType::MoveOrCopyDisk,
        }
    }
}

/// Something that a client names by its id or by its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Which<I> {
    /// By its id.
    Id(I),
    /// By its name, exactly.
    Named(String),
}

/// A disk to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDisk {
    /// The id that it is to have; a new one if none is named.
    pub id: Option<DiskId>,
    /// Its name; one after its id if none is given.
    pub name: Option<String>,
    /// What it is for.
    pub description: String,
    /// How large, in bytes.
    pub provisioned_size: u64,
    /// How its data are to be laid out.
    pub format: DiskFormat,
    /// Where it is to lie. Engines want to be told.
    pub on: Option<Which<StorageDomainId>>,
}

/// The job that a command is to join: `JobId` and `StepId` of the request. With a step, the step alone decides, as a parent
/// step does when a step is added.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attachment {
    /// Directly under a job.
    Job(JobId),
    /// Under a step, whichever job that belongs to.
    Step(StepId),
}

/// A command that has begun, or was over at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    /// The job that shows it.
    pub job: Option<JobId>,
    /// What it works on, as it is now.
    pub object: Object,
}

/// Why a command did not begin. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Declined {
    /// It was to join a job, but jobs do not show such commands (`ACTION_TYPE_NON_MONITORED`).
    NonMonitored,
    /// The caller's roles do not allow it.
    NotAuthorized,
    /// Something that it needs is not there.
    NotFound(Missing),
    /// The job that it was to join is the engine's own (`ACTION_TYPE_NOT_EXTERNAL`).
    NotExternal,
    /// The state of something forbids it, or something in the request does.
    Obstacle(Obstacle),
    /// Others kept changing the same things.
    Busy,
    /// The store failed.
    Store(StoreError),
}

/// What is not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Missing {
    /// No machine has that id.
    Vm(VmId),
    /// No disk has that id.
    Disk(DiskId),
    /// No host has that name.
    Host(String),
    /// No storage domain has that name.
    StorageDomain(String),
}

impl From<StoreError> for Declined {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<Obstacle> for Declined {
    fn from(obstacle: Obstacle) -> Self {
        Self::Obstacle(obstacle)
    }
}

impl From<Missing> for Declined {
    fn from(missing: Missing) -> Self {
        Self::NotFound(missing)
    }
}
