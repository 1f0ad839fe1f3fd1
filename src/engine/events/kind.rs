//! The kinds of events that this engine writes, with oVirt's numbers and severities (`AuditLogType`, `AuditLogSeverity`).

use crate::domain::event::Severity;

/// A kind of event.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EventKind {
    /// oVirt's number of it.
    pub code: i64,
    /// How serious it is.
    pub severity: Severity,
}

macro_rules! event_kinds {
    ($($(#[$doc:meta])* $name:ident = $code:literal, $severity:ident;)*) => {
        impl EventKind {
            $($(#[$doc])* pub const $name: Self = Self { code: $code, severity: Severity::$severity };)*
        }
    };
}

event_kinds! {
    /// A host is up.
    VDS_DETECTED = 13, Normal;
    /// A host is made to run machines.
    USER_VDS_ACTIVATE = 16, Normal;
    /// A machine runs.
    USER_RUN_VM = 32, Normal;
    /// A machine was stopped.
    USER_STOP_VM = 33, Normal;
    /// A machine was made.
    USER_ADD_VM = 34, Normal;
    /// A snapshot is being taken.
    USER_CREATE_SNAPSHOT = 45, Normal;
    /// A machine did not start; this ends the attempts.
    USER_FAILED_RUN_VM = 54, Error;
    /// A machine begins to move.
    VM_MIGRATION_START = 62, Normal;
    /// A machine has moved.
    VM_MIGRATION_DONE = 63, Normal;
    /// A machine may not move.
    VM_MIGRATION_FAILED = 65, Error;
    /// A snapshot was taken.
    USER_CREATE_SNAPSHOT_FINISHED_SUCCESS = 68, Normal;
    /// A machine has crashed, or was refused by its host. An engine writes it without a correlation id.
    VM_DOWN_ERROR = 119, Error;
    /// A machine did not move.
    VM_MIGRATION_TRYING_RERUN = 120, Error;
    /// A host did not start a machine.
    USER_INITIATED_RUN_VM_FAILED = 151, Warning;
    /// A machine starts.
    USER_STARTED_VM = 153, Normal;
    /// A snapshot is being removed.
    USER_REMOVE_SNAPSHOT = 342, Normal;
    /// A snapshot was removed.
    USER_REMOVE_SNAPSHOT_FINISHED_SUCCESS = 356, Normal;
    /// A snapshot was not removed.
    USER_REMOVE_SNAPSHOT_FINISHED_FAILURE = 357, Error;
    /// A host goes into maintenance.
    USER_VDS_MAINTENANCE = 620, Normal;
    /// A storage domain was added.
    USER_ADD_STORAGE_DOMAIN = 956, Normal;
    /// A disk begins to sparsify.
    USER_SPARSIFY_IMAGE_START = 1325, Normal;
    /// A disk was sparsified.
    USER_SPARSIFY_IMAGE_FINISH_SUCCESS = 1326, Normal;
    /// A disk begins to move.
    USER_MOVED_DISK = 2008, Normal;
    /// A disk has moved.
    USER_MOVED_DISK_FINISHED_SUCCESS = 2010, Normal;
    /// A disk did not move.
    USER_MOVED_DISK_FINISHED_FAILURE = 2011, Error;
    /// A disk is being added.
    USER_ADD_DISK = 2020, Normal;
    /// A disk was added.
    USER_ADD_DISK_FINISHED_SUCCESS = 2021, Normal;
    /// A disk was not added.
    USER_ADD_DISK_FINISHED_FAILURE = 2022, Error;
    /// A command of a host's agent failed. An engine writes it without a correlation id.
    VDS_BROKER_COMMAND_FAILURE = 10802, Error;
    /// A program added a job.
    USER_ADD_EXTERNAL_JOB = 11000, Normal;
    /// A program did not manage to add a job.
    USER_ADD_EXTERNAL_JOB_FAILED = 11001, Error;
}

impl EventKind {
    /// The kind of a program's event (`EXTERNAL_EVENT_NORMAL` and so on).
    pub const fn external(severity: Severity) -> Self {
        let code = match severity {
            Severity::Normal => 9801,
            Severity::Warning => 9802,
            Severity::Error => 9803,
            Severity::Alert => 9804,
        };
        Self { code, severity }
    }
}
