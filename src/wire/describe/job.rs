//! Jobs (`JobMapper`).

use super::{Base, Entity, Form, Href, List, Place, step};
use crate::{
    domain::{Job, JobId, JobWithSteps, Step},
    wire::{Body, document::stream},
};

/// A job; with its steps when `follow=steps` asked for them.
pub fn job<'a>(base: Base, job: &'a Job, steps: Option<&'a [Step]>) -> Entity<'a> {
    link(base, job.id)
        .described(&job.description)
        .with("auto_cleared", job.auto_cleared)
        .with("end_time", job.end_time)
        .with("external", job.external)
        .with("last_updated", job.last_updated)
        .with("start_time", job.start_time)
        .with("status", job.status.as_str())
        .related("owner", job.owner.map(|id| Entity::at(Href(base, Place::User(id)), id)))
        .related("steps", steps.map(|steps| List::of("step", steps.iter().map(|each| step(base, job.id, each)))))
}

/// A list of jobs, made as it is sent; with their steps when it was followed.
pub fn jobs(form: Form, base: Base, followed: bool, jobs: impl Iterator<Item = JobWithSteps> + Send + 'static) -> Body {
    stream(form, ("jobs", "job"), followed, jobs, move |content: &JobWithSteps| {
        job(base, &content.job, followed.then_some(&content.steps))
    })
}

/// A job that is pointed at: its links, and nothing about it. Every job offers its actions, internal and ended ones too:
/// links say nothing about permission or state.
pub(super) fn link<'a>(base: Base, id: JobId) -> Entity<'a> {
    let part = |name| Href(base, Place::JobPart(id, name));
    Entity::at(Href(base, Place::Job(id)), id)
        .action("clear", part("clear"))
        .action("end", part("end"))
        .link("steps", part("steps"))
}
