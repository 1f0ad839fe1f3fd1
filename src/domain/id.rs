//! Opaque ids. An engine makes them, everyone else only compares and passes them on.

use std::{
    fmt,
    hash::{Hash, Hasher},
    str::FromStr,
};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The text was not an id: engines identify everything by UUID.
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

        /// As a number, which costs less than a slice of bytes does.
        impl Hash for $name {
            fn hash<H: Hasher>(&self, state: &mut H) {
                state.write_u128(u128::from_ne_bytes(self.0.into_bytes()));
            }
        }

        impl $name {
            /// Wraps a UUID that is known to name such a thing.
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
    /// Names anything, where it does not matter what.
    Id
}
id! {
    /// Names a job.
    JobId
}
id! {
    /// Names a step; unique over all jobs, which is why the API finds a step under any job's path.
    StepId
}
id! {
    /// Names a user. [`UserId::ENGINE`] stands for the engine itself.
    UserId
}
id! {
    /// Names a host.
    HostId
}
id! {
    /// Names a virtual machine.
    VmId
}
id! {
    /// Names a role.
    RoleId
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
    /// The owner of jobs that the engine started by itself: no user has this id
    /// (`AuditLogableBase` default, `ExecutionHandler.createJob`).
    pub const ENGINE: Self = Self(Uuid::nil());
}
