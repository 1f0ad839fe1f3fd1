//! Opaque ids. Engines make them; clients only compare them and send them back.

use std::{
    fmt,
    hash::{Hash, Hasher},
    str::FromStr,
};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The text is not an id: engines identify everything by UUID.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseIdError;

impl fmt::Display for ParseIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an id: expected a UUID such as 5f5c1f9e-2b0a-4c56-9a0e-6f3f0f6a7c11")
    }
}

impl std::error::Error for ParseIdError {}

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        /// Hashes one number, which is faster than a slice of bytes.
        impl Hash for $name {
            fn hash<H: Hasher>(&self, state: &mut H) {
                state.write_u128(u128::from_ne_bytes(self.0.into_bytes()));
            }
        }

        impl $name {
            /// Wraps a UUID that is known to be such an id.
            pub const fn new(id: Uuid) -> Self {
                Self(id)
            }

            /// The UUID itself, for storage.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.0.as_hyphenated().encode_lower(&mut Uuid::encode_buffer()))
            }
        }

        impl FromStr for $name {
            type Err = ParseIdError;

            /// Reads the hyphenated form only, in either case, as an engine's `asGuidOr404` does.
            fn from_str(text: &str) -> Result<Self, ParseIdError> {
                if text.len() != 36 {
                    return Err(ParseIdError);
                }
                Uuid::try_parse(text).map(Self).map_err(|_| ParseIdError)
            }
        }
    };
}

id! {
    /// The id of anything, where the kind does not matter.
    Id
}
id! {
    /// The id of a job.
    JobId
}
id! {
    /// The id of a step. It is unique over all jobs, so the API finds a step under any job's path.
    StepId
}
id! {
    /// The id of a user. [`UserId::ENGINE`] stands for the engine itself.
    UserId
}
id! {
    /// The id of a host.
    HostId
}
id! {
    /// The id of a virtual machine.
    VmId
}
id! {
    /// The id of a role.
    RoleId
}
id! {
    /// The id of a storage domain.
    StorageDomainId
}
id! {
    /// The id of a template.
    TemplateId
}
id! {
    /// The id of a cluster.
    ClusterId
}
id! {
    /// The id of a data center.
    DataCenterId
}

impl From<JobId> for Id {
    fn from(JobId(id): JobId) -> Self {
        Self(id)
    }
}

impl From<StepId> for Id {
    fn from(StepId(id): StepId) -> Self {
        Self(id)
    }
}

impl UserId {
    /// The owner of jobs that the engine started itself. No user has this id
    /// (`AuditLogableBase` default, `ExecutionHandler.createJob`).
    pub const ENGINE: Self = Self(Uuid::nil());
}
