//! A command that runs, as it is stored.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Named, Vm, VmState};
use crate::{
    domain::{HostId, JobId, StepId, Time, UserId, VmId},
    engine::User,
};

/// The id of a running command.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CommandId(pub Uuid);

/// A running command: enough to compute its progress at any time. Stores keep it as JSON, so names must stay.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunningCommand {
    /// Its id.
    pub id: CommandId,
    /// When it began.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub begin: Time,
    /// Decides everything random: how long each part takes.
    pub seed: u64,
    /// What it does.
    pub work: VmWork,
    /// Where its steps are.
    pub monitoring: Monitoring,
    /// Who asked for it. Not known of a command that an earlier version began.
    #[serde(default)]
    pub request: Option<Requester>,
}

/// Who asked for a command, as events about it say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requester {
    /// The user.
    pub user: User,
    /// The correlation id of the request.
    pub correlation_id: String,
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
    /// In an external job, which the command never ends.
    Attached {
        /// That job.
        job: JobId,
        /// The step above them; without one they are directly under the job.
        step: Option<StepId>,
    },
    /// Nowhere: the job or step that the request named does not exist (`ExecutionHandler.getJob` only logs that).
    Unmonitored,
}

impl Monitoring {
    /// The job with the steps.
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
#[expect(missing_docs, reason = "the names of the members say it")]
pub enum VmWork {
    /// Starts a machine on a host.
    RunVm { vm: Named<VmId>, host: Named<HostId> },
    /// Stops a machine.
    StopVm { vm: Named<VmId>, host: Named<HostId> },
    /// Moves a machine to another host; `chosen` if the caller named the host.
    MigrateVm { vm: Named<VmId>, from: Named<HostId>, to: Named<HostId>, chosen: bool },
}

impl VmWork {
    /// The machine.
    pub const fn vm(&self) -> VmId {
        match self {
            Self::RunVm { vm, .. } | Self::StopVm { vm, .. } | Self::MigrateVm { vm, .. } => vm.id,
        }
    }

    /// The machine after the command's end.
    pub fn end(&self, vm: Vm) -> Vm {
        let state = match self {
            Self::RunVm { host, .. } => VmState::Up(host.id),
            Self::StopVm { .. } => VmState::Down,
            Self::MigrateVm { to, .. } => VmState::Up(to.id),
        };
        Vm { state, ..vm }
    }
}
