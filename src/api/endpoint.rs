//! The resources and actions that the client can request.

use uuid::Uuid;

use crate::domain::{HostId, JobId, StepId, UserId};
use crate::wire::{Method, Request};

/// One resource or action of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Endpoint {
    /// `GET /`
    Root,
    /// `GET /jobs`
    Jobs,
    /// `POST /jobs`
    AddJob,
    /// `GET /jobs/{id}`
    Job(JobId),
    /// `POST /jobs/{id}/end`
    EndJob(JobId),
    /// `POST /jobs/{id}/clear`
    ClearJob(JobId),
    /// `GET /jobs/{id}/steps`
    Steps(JobId),
    /// `POST /jobs/{id}/steps`
    AddStep(JobId),
    /// `GET /jobs/{id}/steps/{id}`
    Step(JobId, StepId),
    /// `POST /jobs/{id}/steps/{id}/end`
    EndStep(JobId, StepId),
    /// `GET /users/{id}`
    User(UserId),
    /// `GET /hosts/{id}`
    Host(HostId),
    /// `GET /events`
    Events,
    /// `POST /events`
    AddEvent,
}

/// The path of an engine's API.
const BASE: &str = "/ovirt-engine/api";

impl Endpoint {
    /// The HTTP method.
    pub const fn method(self) -> Method {
        match self {
            Self::Root
            | Self::Jobs
            | Self::Job(_)
            | Self::Steps(_)
            | Self::Step(..)
            | Self::User(_)
            | Self::Host(_)
            | Self::Events => Method::Get,
            Self::AddJob
            | Self::EndJob(_)
            | Self::ClearJob(_)
            | Self::AddStep(_)
            | Self::EndStep(..)
            | Self::AddEvent => Method::Post,
        }
    }

    /// The absolute path.
    pub fn path(self) -> String {
        match self {
            Self::Root => BASE.to_owned(),
            Self::Jobs | Self::AddJob => BASE.to_owned() + "/jobs",
            Self::Job(job) => path_of("jobs", job.uuid(), ""),
            Self::EndJob(job) => path_of("jobs", job.uuid(), "/end"),
            Self::ClearJob(job) => path_of("jobs", job.uuid(), "/clear"),
            Self::Steps(job) | Self::AddStep(job) => path_of("jobs", job.uuid(), "/steps"),
            Self::Step(job, step) => path_of("jobs", job.uuid(), "/steps/") + &step.to_string(),
            Self::EndStep(job, step) => path_of("jobs", job.uuid(), "/steps/") + &step.to_string() + "/end",
            Self::User(user) => path_of("users", user.uuid(), ""),
            Self::Host(host) => path_of("hosts", host.uuid(), ""),
            Self::Events | Self::AddEvent => BASE.to_owned() + "/events",
        }
    }

    /// A request for it. The `Filter` header is never sent: it breaks lists even for admins (contract, section 5).
    pub(super) fn request(self) -> Request {
        Request::new(self.method(), self.path()).with_header("accept", "application/json")
    }
}

fn path_of(collection: &str, id: Uuid, rest: &str) -> String {
    format!("{BASE}/{collection}/{id}{rest}")
}

/// Whether an address is a path, or has this origin.
pub fn is_of_origin(address: &str, origin: &str) -> bool {
    let rest = if address.starts_with('/') { Some(address) } else { address.strip_prefix(origin) };
    rest.is_some_and(|path| path.starts_with('/') && !path.starts_with("//"))
}
