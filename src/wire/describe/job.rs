//! Jobs (`JobMapper`).

use super::{Base, Entity, Format, Href, List, ResourcePath, step};
use crate::{
    domain::{Job, JobId, JobWithSteps, Step},
    wire::{
        Body,
        document::{Listing, stream},
    },
};

/// A job; with its steps if they were followed.
pub fn job<'a>(base: Base, job: &'a Job, steps: Option<&'a [Step]>) -> Entity<'a> {
    link(base, job.id)
        .described(&job.description)
        .with("auto_cleared", job.auto_cleared)
        .with("end_time", job.end_time)
        .with("external", job.external)
        .with("last_updated", job.last_updated)
        .with("start_time", job.start_time)
        .with("status", job.status.as_str())
        .related("owner", job.owner.map(|id| Entity::at(Href(base, ResourcePath::User(id)), id)))
        .related("steps", steps.map(|steps| List::of("step", steps.iter().map(|each| step(base, job.id, each)))))
}

/// A list of jobs, written as it is sent; with their steps if they were followed.
pub fn jobs(
    format: Format,
    base: Base,
    followed: bool,
    jobs: impl Iterator<Item = JobWithSteps> + Send + 'static,
) -> Body {
    stream(format, NAMES, followed, jobs, listed(base, followed))
}

/// A list of jobs that is written part by part.
#[cfg(any(feature = "server", feature = "demo"))]
pub fn listing_of_jobs(
    format: Format,
    base: Base,
    followed: bool,
) -> Listing<impl for<'a> Fn(&'a JobWithSteps) -> Entity<'a> + Send + 'static> {
    Listing::new(format, NAMES, followed, listed(base, followed))
}

/// A list of jobs that are entities already, with followed links.
#[cfg(any(feature = "server", feature = "demo"))]
pub fn listing_of_followed_jobs(format: Format) -> Listing<()> {
    Listing::new(format, NAMES, true, ())
}

const NAMES: (&str, &str) = ("jobs", "job");

fn listed(base: Base, followed: bool) -> impl for<'a> Fn(&'a JobWithSteps) -> Entity<'a> + Send + 'static {
    move |content: &JobWithSteps| job(base, &content.job, followed.then_some(&content.steps))
}

/// A reference to a job, with its links. Every job has all actions, internal and ended jobs too: the links do not depend on
/// permissions or state.
pub(super) fn link<'a>(base: Base, id: JobId) -> Entity<'a> {
    let part = |name| Href(base, ResourcePath::JobPart(id, name));
    Entity::at(Href(base, ResourcePath::Job(id)), id)
        .action("clear", part("clear"))
        .action("end", part("end"))
        .link("steps", part("steps"))
}
