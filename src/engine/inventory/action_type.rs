//! The commands on machines, with oVirt's numbers and names (`ActionType.java`).

use crate::engine::ActionGroup;

/// A kind of command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActionType {
    /// Starts a machine.
    RunVm,
    /// Stops a machine at once.
    StopVm,
    /// Moves a running machine to a host that the engine chooses.
    MigrateVm,
    /// Moves a running machine to a host that the caller chooses.
    MigrateVmToServer,
    /// Freezes a machine's file systems. The one command here that is not monitored.
    FreezeVm,
}

impl ActionType {
    /// All of them, by number.
    pub const ALL: [Self; 5] = [Self::StopVm, Self::RunVm, Self::MigrateVm, Self::MigrateVmToServer, Self::FreezeVm];

    /// oVirt's number of it.
    pub const fn number(self) -> u16 {
        match self {
            Self::StopVm => 7,
            Self::RunVm => 12,
            Self::MigrateVm => 14,
            Self::MigrateVmToServer => 16,
            Self::FreezeVm => 3217,
        }
    }

    /// oVirt's name of it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::StopVm => "StopVm",
            Self::RunVm => "RunVm",
            Self::MigrateVm => "MigrateVm",
            Self::MigrateVmToServer => "MigrateVmToServer",
            Self::FreezeVm => "FreezeVm",
        }
    }

    /// Whether a job shows it. Only such a command can run under an external job or step.
    pub const fn is_monitored(self) -> bool {
        match self {
            Self::StopVm | Self::RunVm | Self::MigrateVm | Self::MigrateVmToServer => true,
            Self::FreezeVm => false,
        }
    }

    /// The action group that the caller needs.
    pub const fn action_group(self) -> ActionGroup {
        match self {
            Self::StopVm => ActionGroup::STOP_VM,
            Self::RunVm => ActionGroup::RUN_VM,
            Self::MigrateVm | Self::MigrateVmToServer => ActionGroup::MIGRATE_VM,
            Self::FreezeVm => ActionGroup::CONFIGURE_VM_STORAGE,
        }
    }

    /// What replaces `${action} ${type}` in its messages.
    pub const fn in_messages(self) -> &'static str {
        match self {
            Self::StopVm => "stop VM",
            Self::RunVm => "run VM",
            Self::MigrateVm | Self::MigrateVmToServer => "migrate VM",
            Self::FreezeVm => "freeze VM",
        }
    }
}
