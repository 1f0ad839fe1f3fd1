//! The forms that an engine gives to values: booleans and integers as text, dates as numbers, places as paths.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::domain::{HostId, JobId, StepId, Time, UserId};

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
            Place::Top(part) => write!(f, "/{part}"),
        }
    }
}

impl Serialize for Href {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// `{"href", "rel"}`
#[derive(Serialize)]
pub(super) struct Link {
    href: Href,
    rel: &'static str,
}

impl Link {
    pub(super) const fn new(base: Base, place: Place, rel: &'static str) -> Self {
        Self { href: Href(base, place), rel }
    }
}

/// `{"link": […]}`, as actions are listed.
#[derive(Serialize)]
pub(super) struct Links<L> {
    pub(super) link: L,
}

/// `{"href", "id"}`: something named, not shown.
#[derive(Serialize)]
pub(super) struct Reference<I> {
    href: Href,
    id: I,
}

impl<I> Reference<I> {
    pub(super) const fn new(base: Base, place: Place, id: I) -> Self {
        Self { href: Href(base, place), id }
    }
}

/// A boolean as an engine writes it: `"true"` (string adapters in `api.xjb`).
#[derive(Clone, Copy)]
pub(in crate::wire) struct Flag(pub(in crate::wire) bool);

impl Serialize for Flag {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(if self.0 { "true" } else { "false" })
    }
}

/// An integer as an engine writes it: `"42"` (string adapters in `api.xjb`).
#[derive(Clone, Copy)]
pub(in crate::wire) struct Number(pub(in crate::wire) i64);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

/// A date as an engine writes it: milliseconds, as a number.
pub(super) fn millis(time: Option<Time>) -> Option<i64> {
    time.map(|time| time.timestamp_millis())
}

/// The bytes of a body. Nothing that is written here can fail: all keys are text, and nothing refuses to be written.
pub(in crate::wire) fn to_bytes(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}
