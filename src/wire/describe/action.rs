//! The answer to an action is the action with a new status (`AbstractBackendActionableResource.doAction`).

use super::{Base, Document, Entity, Href, ResourcePath, fault_entity, job};
use crate::{
    domain::JobId,
    wire::{fault::Fault, input::Action},
};

/// The answer to a completed action. An action of a job contains the job, an action of a step contains nothing.
pub fn action_complete(action: &Action, base: Base, job: Option<JobId>) -> Document<'_> {
    Document::entity("action", echo(action, "complete").with("job", job.map(|id| job::link(base, id))))
}

/// The answer to a command on another entity: it contains that entity, and the job that shows the command.
pub fn action_begun<'a>(
    action: &Action,
    base: Base,
    job: Option<JobId>,
    about: (&'static str, Entity<'a>),
) -> Document<'a> {
    let job = job.map(|id| Entity::at(Href(base, ResourcePath::Job(id)), id));
    Document::entity("action", echo(action, "complete").with("job", job).with(about.0, about.1))
}

/// The answer to an action that was refused.
pub fn action_failed<'a>(action: &'a Action, fault: &'a Fault) -> Document<'a> {
    Document::entity("action", echo(action, "failed").with("fault", fault_entity(fault)))
}

fn echo<'a>(action: &Action, status: &'static str) -> Entity<'a> {
    let grace_period = action.grace_period.map(|expiry| Entity::new().with("expiry", expiry));
    Entity::new()
        .with("async", action.asynchronous)
        .with("force", action.force)
        .with("grace_period", grace_period)
        .with("status", status)
        .with("succeeded", action.succeeded)
}
