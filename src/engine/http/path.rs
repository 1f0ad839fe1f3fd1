//! From a path to a resource.

use super::{
    EntityKind, directory::DirectoryResource, inventory::InventoryResource, parameters::decode, reading::Shows,
};
use crate::{
    domain::{JobId, StepId, event::EventId},
    wire::{Base, Method},
};

/// A resource of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Resource {
    /// `/`
    Root,
    /// `/jobs`
    Jobs,
    /// `/jobs/{id}`
    Job(JobId),
    /// `/jobs/{id}/end`
    EndJob(JobId),
    /// `/jobs/{id}/clear`
    ClearJob(JobId),
    /// `/jobs/{id}/steps`
    Steps(JobId),
    /// `/jobs/{id}/steps/{sid}`
    Step(JobId, StepId),
    /// `/jobs/{id}/steps/{sid}/end`
    EndStep(StepId),
    /// `/jobs/{id}/steps/{sid}/statistics`
    Statistics(StepId),
    /// `/capabilities`
    Capabilities,
    /// `/events`
    Events,
    /// `/events/{number}`
    Event(EventId),
    /// Users and roles.
    Directory(DirectoryResource),
    /// Hosts and machines.
    Inventory(InventoryResource),
}

impl Resource {
    /// Whether the method is allowed. PUT and DELETE never are.
    pub(super) fn allows(self, method: Method) -> bool {
        self.allowed().split(", ").any(|name| name == method.as_str())
    }

    /// What a GET shows.
    pub(super) const fn shows(self) -> Shows {
        match self {
            Self::Root => Shows::One(EntityKind::Api),
            Self::Jobs => Shows::List(EntityKind::Job),
            Self::Job(_) => Shows::One(EntityKind::Job),
            Self::Steps(_) => Shows::List(EntityKind::Step),
            Self::Step(..) => Shows::One(EntityKind::Step),
            Self::Statistics(_) => Shows::List(EntityKind::Statistic),
            Self::Capabilities => Shows::One(EntityKind::Capabilities),
            Self::Events => Shows::List(EntityKind::Event),
            Self::Event(_) => Shows::One(EntityKind::Event),
            Self::Directory(resource) => resource.shows(),
            Self::Inventory(resource) => resource.shows(),
            Self::EndJob(_) | Self::ClearJob(_) | Self::EndStep(_) => Shows::Nothing,
        }
    }

    /// The methods that are allowed, in the order of an engine's `Allow` header.
    pub(super) const fn allowed(self) -> &'static str {
        match self {
            Self::Jobs | Self::Steps(_) | Self::Events => "HEAD, POST, GET, OPTIONS",
            Self::EndJob(_) | Self::ClearJob(_) | Self::EndStep(_) => "POST, OPTIONS",
            Self::Root
            | Self::Job(_)
            | Self::Step(..)
            | Self::Statistics(_)
            | Self::Capabilities
            | Self::Event(_)
            | Self::Directory(_) => "HEAD, GET, OPTIONS",
            Self::Inventory(resource) => resource.allowed(),
        }
    }
}

/// The resource of a path. None if there is no such path, or an id in it is malformed: 404 with an empty body, whatever the method
/// (`asGuidOr404`).
pub(super) fn parse(path: &str) -> Option<(Base, Resource)> {
    let below = path.strip_prefix(Base::Plain.as_str())?;
    let (base, below) = match below.strip_prefix("/v4") {
        Some(below) if below.is_empty() || below.starts_with('/') => (Base::V4, below),
        Some(_) | None => (Base::Plain, below),
    };
    if !below.is_empty() && !below.starts_with('/') {
        return None;
    }
    // Decoded after the split: an encoded slash does not separate segments.
    let segments: Vec<String> = below.split('/').filter(|segment| !segment.is_empty()).map(decode).collect();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    resource(&segments).map(|resource| (base, resource))
}

fn resource(segments: &[&str]) -> Option<Resource> {
    Some(match *segments {
        [] => Resource::Root,
        ["jobs"] => Resource::Jobs,
        ["jobs", job, ref below @ ..] => of_job(job.parse().ok()?, below)?,
        ["events"] => Resource::Events,
        ["events", number] => Resource::Event(EventId(number.parse().ok()?)),
        ["capabilities"] => Resource::Capabilities,
        ["users" | "domains" | "roles", ..] => Resource::Directory(DirectoryResource::parse(segments)?),
        _ => Resource::Inventory(InventoryResource::parse(segments)?),
    })
}

fn of_job(job: JobId, below: &[&str]) -> Option<Resource> {
    Some(match *below {
        [] => Resource::Job(job),
        ["end"] => Resource::EndJob(job),
        ["clear"] => Resource::ClearJob(job),
        ["steps"] => Resource::Steps(job),
        ["steps", step] => Resource::Step(job, step.parse().ok()?),
        ["steps", step, "end"] => Resource::EndStep(step.parse().ok()?),
        ["steps", step, "statistics"] => Resource::Statistics(step.parse().ok()?),
        _ => return None,
    })
}

/// Splits the matrix parameters from a path: `/jobs;max=3` becomes `/jobs` and `max=3`. Only those of the last segment
/// count (`ParametersHelper.java`).
pub(super) fn split_matrix(path: &str) -> (String, &str) {
    let plain: Vec<&str> = path.split('/').map(|segment| segment.split(';').next().unwrap_or_default()).collect();
    let last = path.rsplit('/').next().unwrap_or_default();
    (plain.join("/"), last.split_once(';').map_or("", |(_, matrix)| matrix))
}
