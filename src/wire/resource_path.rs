//! The paths of resources in bodies.

use std::{fmt, num::ParseIntError, str::FromStr};

use uuid::Uuid;

use crate::domain::{HostId, JobId, StepId, UserId, event::EventId};

/// The base path of the API: every path in a body starts as the request's path did (`Current.java`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// `/ovirt-engine/api`
    Plain,
    /// `/ovirt-engine/api/v4`
    V4,
}

impl Base {
    /// The path.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "/ovirt-engine/api",
            Self::V4 => "/ovirt-engine/api/v4",
        }
    }
}

/// A resource, list or action, by which its path is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ResourcePath {
    /// A job.
    Job(JobId),
    /// A list or an action of a job.
    JobPart(JobId, &'static str),
    /// A step, under the job that the request named.
    Step(JobId, StepId),
    /// A list or an action of a step.
    StepPart(JobId, StepId, &'static str),
    /// A user.
    User(UserId),
    /// A host.
    Host(HostId),
    /// An event.
    Event(EventId),
    /// A domain of users.
    Domain(DomainId),
    /// An item of a list directly under the root: `/vms/{id}`.
    Item(&'static str, Uuid),
    /// A list or an action of such an item: `/vms/{id}/start`.
    ItemPart(&'static str, Uuid, &'static str),
    /// An item of a list of such an item: `/users/{id}/roles/{rid}`.
    PartItem(&'static str, Uuid, &'static str, Uuid),
    /// A permit of a role, by its number.
    Permit(Uuid, u16),
    /// Anything directly under the root.
    Top(&'static str),
}

/// The id of a domain of users, made from its name. An engine's are hexadecimal digits too, as many as the name needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct DomainId(u128);

impl DomainId {
    /// The id of the domain with that name: its FNV-1a hash.
    pub fn of(name: &str) -> Self {
        let start = 0x6c62_272e_07bb_0142_62b8_2175_6295_c58d_u128;
        let prime = 0x0000_0000_0100_0000_0000_0000_0000_013b_u128;
        Self(name.bytes().fold(start, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(prime)))
    }
}

impl fmt::Display for DomainId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032X}", self.0)
    }
}

impl FromStr for DomainId {
    type Err = ParseIntError;

    fn from_str(text: &str) -> Result<Self, ParseIntError> {
        u128::from_str_radix(text, 16).map(Self)
    }
}

/// An absolute path in a body, without scheme and host (`LinkHelper.java`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Href(pub Base, pub ResourcePath);

impl fmt::Display for Href {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str())?;
        match self.1 {
            ResourcePath::Job(job) => write!(f, "/jobs/{job}"),
            ResourcePath::JobPart(job, part) => write!(f, "/jobs/{job}/{part}"),
            ResourcePath::Step(job, step) => write!(f, "/jobs/{job}/steps/{step}"),
            ResourcePath::StepPart(job, step, part) => write!(f, "/jobs/{job}/steps/{step}/{part}"),
            ResourcePath::User(user) => write!(f, "/users/{user}"),
            ResourcePath::Host(host) => write!(f, "/hosts/{host}"),
            ResourcePath::Event(EventId(number)) => write!(f, "/events/{number}"),
            ResourcePath::Domain(domain) => write!(f, "/domains/{domain}"),
            ResourcePath::Item(list, id) => write!(f, "/{list}/{id}"),
            ResourcePath::ItemPart(list, id, part) => write!(f, "/{list}/{id}/{part}"),
            ResourcePath::PartItem(list, id, part, item) => write!(f, "/{list}/{id}/{part}/{item}"),
            ResourcePath::Permit(role, number) => write!(f, "/roles/{role}/permits/{number}"),
            ResourcePath::Top(part) => write!(f, "/{part}"),
        }
    }
}
