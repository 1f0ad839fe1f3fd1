//! Why a machine's state or a request forbids a command, in an engine's words (`AppErrors.properties`).

use std::fmt;

use super::VmState;

/// One reason.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    /// `VDS_INVALID_SERVER_ID`
    NoSuchHost,
}

impl Obstacle {
    /// Whether a state is the reason (409) and not the request itself (400): `ErrorType` in `EngineMessage.java`.
    pub const fn is_conflict(self) -> bool {
        match self {
            Self::VmIsRunning
            | Self::VmIsNotRunning
            | Self::MigrationInProgress
            | Self::ObjectLocked
            | Self::VmStatusIllegal(_)
            | Self::MigrationToSameHost
            | Self::NoHostAvailable => true,
            Self::NoSuchHost => false,
        }
    }
}

/// What follows `Cannot ${action} ${type}`.
impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::VmIsRunning => ". VM is running.",
            Self::VmIsNotRunning => ". VM is not running.",
            Self::MigrationInProgress => ". VM migration is in progress",
            Self::ObjectLocked => ". Related operation is currently in progress. Please try again later.",
            Self::VmStatusIllegal(state) => {
                return write!(f, " because the VM is in {} status.", state.in_messages());
            }
            Self::MigrationToSameHost => ". source and destination is the same.",
            Self::NoHostAvailable => ". There is no available operational Host (in UP state) in the relevant Cluster.",
            Self::NoSuchHost => ". Invalid Host Id.",
        })
    }
}
