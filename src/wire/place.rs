//! Where things stand: the paths in bodies.

use std::fmt;

use uuid::Uuid;

use crate::domain::{HostId, JobId, StepId, UserId};

/// Where the API stands: every path in a body starts as the request's path did (`Current.java`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Base {
    /// `/ovirt-engine/api`
    Plain,
    /// `/ovirt-engine/api/v4`
    V4,
}

impl Base {
    /// The path itself.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Plain => "/ovirt-engine/api",
            Self::V4 => "/ovirt-engine/api/v4",
        }
    }
}

/// Something that has a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
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
    /// An item of a list directly under the root: `/vms/{id}`.
    Item(&'static str, Uuid),
    /// A list or an action of such an item: `/vms/{id}/start`.
    ItemPart(&'static str, Uuid, &'static str),
    /// An item of such a list: `/users/{id}/roles/{rid}`.
    PartItem(&'static str, Uuid, &'static str, Uuid),
    /// What a role allows, by its number.
    Permit(Uuid, u16),
    /// Anything directly under the root.
    Top(&'static str),
}

/// A path in a body: relative to the host, absolute otherwise (`LinkHelper.java`).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Href(pub Base, pub Place);

impl fmt::Display for Href {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.as_str())?;
        match self.1 {
            Place::Job(job) => write!(f, "/jobs/{job}"),
            Place::JobPart(job, part) => write!(f, "/jobs/{job}/{part}"),
            Place::Step(job, step) => write!(f, "/jobs/{job}/steps/{step}"),
            Place::StepPart(job, step, part) => write!(f, "/jobs/{job}/steps/{step}/{part}"),
            Place::User(user) => write!(f, "/users/{user}"),
            Place::Host(host) => write!(f, "/hosts/{host}"),
            Place::Item(list, id) => write!(f, "/{list}/{id}"),
            Place::ItemPart(list, id, part) => write!(f, "/{list}/{id}/{part}"),
            Place::PartItem(list, id, part, item) => write!(f, "/{list}/{id}/{part}/{item}"),
            Place::Permit(role, number) => write!(f, "/roles/{role}/permits/{number}"),
            Place::Top(part) => write!(f, "/{part}"),
        }
    }
}
