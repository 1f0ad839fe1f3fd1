//! Steps (`StepMapper`).

use super::{Base, Entity, Format, Href, ResourcePath};
use crate::{
    domain::{JobId, Step},
    wire::{Body, document::stream},
};

/// A step. `job` is the job in the request's path, which may differ from the step's own (`BackendStepsResource.addParents`).
pub fn step(base: Base, job: JobId, step: &Step) -> Entity<'_> {
    let id = step.id;
    let part = |name| Href(base, ResourcePath::StepPart(job, id, name));
    Entity::at(Href(base, ResourcePath::Step(job, id)), id)
        .action("end", part("end"))
        .described(&step.description)
        .link("statistics", part("statistics"))
        .with("end_time", step.end_time)
        .with("external", step.external)
        .with("external_type", step.external_system.map(|system| system.as_str()))
        .with("number", step.number)
        .with("progress", step.progress.map(|progress| i64::from(progress.get())))
        .with("start_time", step.start_time)
        .with("status", step.status.as_str())
        .with("type", step.step_type.as_str())
        .related("execution_host", step.execution_host.map(|id| Entity::at(Href(base, ResourcePath::Host(id)), id)))
        .related("job", Entity::at(Href(base, ResourcePath::Job(job)), job))
        .related(
            "parent_step",
            step.parent.map(|parent| Entity::at(Href(base, ResourcePath::Step(job, parent)), parent)),
        )
}

/// A list of steps, written as it is sent.
pub fn steps(format: Format, base: Base, job: JobId, steps: impl Iterator<Item = Step> + Send + 'static) -> Body {
    stream(format, ("steps", "step"), false, steps, move |each: &Step| step(base, job, each))
}
