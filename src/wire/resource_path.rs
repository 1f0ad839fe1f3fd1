//! The paths of resources in bodies.

use std::fmt;

use uuid::Uuid;

use crate::domain::{HostId, JobId, StepId, UserId};

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
            ResourcePath::Item(list, id) => write!(f, "/{list}/{id}"),
            ResourcePath::ItemPart(list, id, part) => write!(f, "/{list}/{id}/{part}"),
            ResourcePath::PartItem(list, id, part, item) => write!(f, "/{list}/{id}/{part}/{item}"),
            ResourcePath::Permit(role, number) => write!(f, "/roles/{role}/permits/{number}"),
            ResourcePath::Top(part) => write!(f, "/{part}"),
        }
    }
}
