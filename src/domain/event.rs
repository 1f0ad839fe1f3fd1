//! An event: one line of the engine's audit log.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::{ClusterId, DataCenterId, HostId, StorageDomainId, TemplateId, Time, UnknownWord, UserId, VmId};

/// An event as in the API (`Event` of the API model; `EventMapper`).
///
/// The API does not say which job an event belongs to: both have the same correlation id, but a job does not show its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its id. A later event has a greater one.
    pub id: EventId,
    /// Its kind, a number of `AuditLogType`; 0 if the engine sent none (`UNASSIGNED`).
    pub code: i64,
    /// How serious it is.
    pub severity: Severity,
    /// When it happened, in milliseconds.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub time: Time,
    /// The id of the request that led to it. Commands that a command starts have the same one.
    pub correlation_id: Option<String>,
    /// A sentence in English for people. It may have several lines.
    pub description: String,
    /// Who wrote it: `oVirt`, or the name of an external program.
    pub origin: String,
    /// For an external program's event: its number, unique for each origin. Otherwise −1.
    pub custom_id: i64,
    /// For so many seconds, the engine writes no second event that is the same.
    pub flood_rate: i64,
    /// More about it, from an external program.
    pub custom_data: Option<String>,
    /// The user who did it. The engine itself has the name `SYSTEM` and no id.
    pub user: Option<Reference<UserId>>,
    /// The virtual machine that it is about.
    pub vm: Option<Reference<VmId>>,
    /// The host that it is about.
    pub host: Option<Reference<HostId>>,
    /// The storage domain that it is about.
    pub storage_domain: Option<Reference<StorageDomainId>>,
    /// The template that it is about. Many events have the empty template, whose id is zero.
    pub template: Option<Reference<TemplateId>>,
    /// The cluster that it is about.
    pub cluster: Option<Reference<ClusterId>>,
    /// The data center that it is about.
    pub data_center: Option<Reference<DataCenterId>>,
}

/// What an event is about. It may be gone: then it has a name without an id.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Reference<I> {
    /// Its id.
    pub id: Option<I>,
    /// Its name at that time.
    pub name: Option<String>,
}

/// The number of an event (`audit_log_id`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct EventId(pub i64);

/// How serious an event is (`LogSeverity` of the API model), the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Nothing is wrong.
    Normal,
    /// Something may go wrong.
    Warning,
    /// Something went wrong.
    Error,
    /// Somebody has to do something.
    Alert,
}

impl Severity {
    /// All, the least serious first.
    pub const ALL: [Self; 4] = [Self::Normal, Self::Warning, Self::Error, Self::Alert];

    /// The word in the API.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Normal => "normal",
            Self::Warning => "warning",
            Self::Error => "error",
            Self::Alert => "alert",
        }
    }

    /// The number in the engine's database and in a search: `severity>normal` is `severity>0` (`AuditLogSeverity`).
    pub const fn number(self) -> i64 {
        match self {
            Self::Normal => 0,
            Self::Warning => 1,
            Self::Error => 2,
            Self::Alert => 10,
        }
    }
}

impl FromStr for Severity {
    type Err = UnknownWord;

    /// Reads the word in any case, as engines do.
    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|severity| severity.as_str().eq_ignore_ascii_case(text)).ok_or(UnknownWord)
    }
}
