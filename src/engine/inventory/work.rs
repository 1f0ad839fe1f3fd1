//! What a command does to its object: at its begin, and at its end.

use std::fmt;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{ActionType, Disk, DiskStatus, Named, Vm, VmState};
use crate::domain::{DiskId, HostId, JobId, StepId, StorageDomainId, Time, UserId, VmId};

/// Names a command that runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CommandId(pub Uuid);

/// A command that runs: all that is needed to tell how far it is at any time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Running {
    /// Which one.
    pub id: CommandId,
    /// When it began.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub begin: Time,
    /// Decides what is left to chance: how long each part takes.
    pub seed: u64,
    /// What it does.
    pub work: Work,
    /// Where its steps are.
    pub monitoring: Monitoring,
}

/// Where a command's steps are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Monitoring {
    /// In a job of its own, which begins and ends with it.
    OwnJob {
        /// That job.
        job: JobId,
        /// Who gave the command.
        owner: UserId,
    },
    /// In somebody's external job, which it never ends.
    Attached {
        /// That job.
        job: JobId,
        /// The step that they stand under, if not under the job itself.
        step: Option<StepId>,
    },
    /// Nowhere: it was to join a job that is not there (`ExecutionHandler.getJob` only logs that).
    Unmonitored,
}

impl Monitoring {
    /// The job that has the steps.
    pub const fn job(self) -> Option<JobId> {
        match self {
            Self::OwnJob { job, .. } | Self::Attached { job, .. } => Some(job),
            Self::Unmonitored => None,
        }
    }
}

/// What a command does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the members are what they are called")]
pub enum Work {
    /// Starts a machine on a host.
    RunVm { vm: Named<VmId>, host: Named<HostId> },
    /// Stops a machine.
    StopVm { vm: Named<VmId>, host: Named<HostId> },
    /// Moves a machine from host to host; `chosen` when the caller named the host.
    MigrateVm { vm: Named<VmId>, from: Named<HostId>, to: Named<HostId>, chosen: bool },
    /// Makes a disk.
    AddDisk { disk: Named<DiskId>, on: Named<StorageDomainId> },
    /// Moves a disk from one storage domain to another.
    MoveDisk { disk: Named<DiskId>, from: Named<StorageDomainId>, to: Named<StorageDomainId> },
}

impl Work {
    /// The kind of command.
    pub const fn action_type(&self) -> ActionType {
        match self {
            Self::RunVm { .. } => ActionType::RunVm,
            Self::StopVm { .. } => ActionType::StopVm,
            Self::MigrateVm { chosen: false, .. } => ActionType::MigrateVm,
            Self::MigrateVm { chosen: true, .. } => ActionType::MigrateVmToServer,
            Self::AddDisk { .. } => ActionType::AddDisk,
            Self::MoveDisk { .. } => ActionType::MoveOrCopyDisk,
        }
    }

    /// What it makes of its machine at the end, if it has one.
    pub fn end_vm(&self, vm: &Vm) -> Option<Vm> {
        let state = match self {
            Self::RunVm { host, .. } => VmState::Up(host.id),
            Self::StopVm { .. } => VmState::Down,
            Self::MigrateVm { to, .. } => VmState::Up(to.id),
            Self::AddDisk { .. } | Self::MoveDisk { .. } => return None,
        };
        Some(Vm { state, ..vm.clone() })
    }

    /// What it makes of its disk at the end, if it has one.
    pub fn end_disk(&self, disk: &Disk) -> Option<Disk> {
        let storage_domain = match self {
            Self::AddDisk { on, .. } => on.id,
            Self::MoveDisk { to, .. } => to.id,
            Self::RunVm { .. } | Self::StopVm { .. } | Self::MigrateVm { .. } => return None,
        };
        Some(Disk { storage_domain, status: DiskStatus::Ok, ..disk.clone() })
    }
}

/// Why an object's state forbids a command, in an engine's words (`AppErrors.properties`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// `ACTION_TYPE_FAILED_VM_IS_RUNNING`
    VmIsRunning,
    /// `ACTION_TYPE_FAILED_VM_IS_NOT_RUNNING`
    VmIsNotRunning,
    /// `ACTION_TYPE_FAILED_MIGRATION_IN_PROGRESS`
    MigrationInProgress,
    /// `ACTION_TYPE_FAILED_OBJECT_LOCKED`
    ObjectLocked,
    /// `ACTION_TYPE_FAILED_VM_STATUS_ILLEGAL`
    VmStatusIllegal(VmState),
    /// `ACTION_TYPE_FAILED_MIGRATION_TO_SAME_HOST`
    MigrationToSameHost,
    /// `ACTION_TYPE_FAILED_NO_VDS_AVAILABLE_IN_CLUSTER`
    NoHostAvailable,
    /// `ACTION_TYPE_FAILED_DISKS_LOCKED`; the name of the disk.
    DiskLocked(String),
    /// `ACTION_TYPE_FAILED_SOURCE_AND_TARGET_SAME`
    SourceAndTargetSame,
    /// `ACTION_TYPE_FAILED_DISK_ALREADY_EXISTS`; the disk that has the id.
    DiskAlreadyExists(Named<DiskId>),
    /// `ACTION_TYPE_FAILED_DISK_SIZE_ZERO`
    DiskSizeZero,
    /// `ACTION_TYPE_FAILED_STORAGE_DOMAIN_NOT_SPECIFIED`
    StorageDomainNotSpecified,
    /// `ACTION_TYPE_FAILED_STORAGE_DOMAIN_NOT_EXIST`
    NoSuchStorageDomain,
    /// `VDS_INVALID_SERVER_ID`
    NoSuchHost,
}

impl Obstacle {
    /// Whether the state of things is the reason (409), and not what was asked (400): `ErrorType` in `EngineMessage.java`.
    pub const fn is_conflict(&self) -> bool {
        match self {
            Self::VmIsRunning
            | Self::VmIsNotRunning
            | Self::MigrationInProgress
            | Self::ObjectLocked
            | Self::VmStatusIllegal(_)
            | Self::MigrationToSameHost
            | Self::NoHostAvailable
            | Self::DiskLocked(_)
            | Self::DiskAlreadyExists(_) => true,
            Self::SourceAndTargetSame
            | Self::DiskSizeZero
            | Self::StorageDomainNotSpecified
            | Self::NoSuchStorageDomain
            | Self::NoSuchHost => false,
        }
    }
}

/// What follows `Cannot ${action} ${type}`.
impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::VmIsRunning => f.write_str(". VM is running."),
            Self::VmIsNotRunning => f.write_str(". VM is not running."),
            Self::MigrationInProgress => f.write_str(". VM migration is in progress"),
            Self::ObjectLocked => f.write_str(". Related operation is currently in progress. Please try again later."),
            Self::VmStatusIllegal(state) => write!(f, " because the VM is in {} status.", state.in_messages()),
            Self::MigrationToSameHost => f.write_str(". source and destination is the same."),
            Self::NoHostAvailable => {
                f.write_str(". There is no available operational Host (in UP state) in the relevant Cluster.")
            }
            Self::DiskLocked(name) => {
                write!(f, ": The following disks are locked: {name}. Please try again in a few minutes.")
            }
            Self::SourceAndTargetSame => f.write_str(". The source and target storage domains are the same."),
            Self::DiskAlreadyExists(disk) => write!(
                f,
                ". The selected disk ID: {} is already used by the following existing disk: {}.",
                disk.id, disk.name
            ),
            Self::DiskSizeZero => f.write_str(". Disk's provisioned size has to be greater than 0."),
            Self::StorageDomainNotSpecified => f.write_str(". Storage Domain hasn't been specified."),
            Self::NoSuchStorageDomain => f.write_str(". Storage Domain doesn't exist."),
            Self::NoSuchHost => f.write_str(". Invalid Host Id."),
        }
    }
}
