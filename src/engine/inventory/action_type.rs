//! The commands on machines and disks, as oVirt numbers and names them (`ActionType.java`).

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
    /// Makes a disk.
    AddDisk,
    /// Moves a disk to another storage domain. Engines run `MoveDisk` (1012), which then runs this one; this one is the
    /// monitored one.
    MoveOrCopyDisk,
    /// Holds a machine's file systems still.
    FreezeVm,
}

impl ActionType {
    /// All of them, by number.
    pub const ALL: [Self; 7] = [
        Self::StopVm,
        Self::RunVm,
        Self::MigrateVm,
        Self::MigrateVmToServer,
        Self::AddDisk,
        Self::MoveOrCopyDisk,
        Self::FreezeVm,
    ];

    /// oVirt's number of it.
    pub const fn number(self) -> u16 {
        match self {
            Self::StopVm => 7,
            Self::RunVm => 12,
            Self::MigrateVm => 14,
            Self::MigrateVmToServer => 16,
            Self::AddDisk => 31,
            Self::MoveOrCopyDisk => 228,
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
            Self::AddDisk => "AddDisk",
            Self::MoveOrCopyDisk => "MoveOrCopyDisk",
            Self::FreezeVm => "FreezeVm",
        }
    }

    /// Whether a job shows it, and it can be told to join one.
    pub const fn is_monitored(self) -> bool {
        match self {
            Self::StopVm
            | Self::RunVm
            | Self::MigrateVm
            | Self::MigrateVmToServer
            | Self::AddDisk
            | Self::MoveOrCopyDisk => true,
            Self::FreezeVm => false,
        }
    }

    /// What the caller must be allowed, all of it.
    pub const fn action_groups(self) -> &'static [ActionGroup] {
        match self {
            Self::StopVm => &[ActionGroup::STOP_VM],
            Self::RunVm => &[ActionGroup::RUN_VM],
            Self::MigrateVm | Self::MigrateVmToServer => &[ActionGroup::MIGRATE_VM],
            Self::AddDisk => &[ActionGroup::CREATE_DISK],
            Self::MoveOrCopyDisk => &[ActionGroup::CONFIGURE_DISK_STORAGE, ActionGroup::CREATE_DISK],
            Self::FreezeVm => &[ActionGroup::CONFIGURE_VM_STORAGE],
        }
    }

    /// What stands for `${action} ${type}` in its messages.
    pub const fn in_messages(self) -> &'static str {
        match self {
            Self::StopVm => "stop VM",
            Self::RunVm => "run VM",
            Self::MigrateVm | Self::MigrateVmToServer => "migrate VM",
            Self::AddDisk => "add Virtual Disk",
            Self::MoveOrCopyDisk => "move Virtual Disk",
            Self::FreezeVm => "freeze VM",
        }
    }
}
