//! The answer to an action is the action: it comes back with its status overwritten
//! (`AbstractBackendActionableResource.doAction`).

use super::{Base, Document, Entity, fault_entity, job};
use crate::{
    domain::JobId,
    wire::{fault::Fault, input::Action},
};

/// The answer to an action that was done. Job actions name their job, step actions name nothing.
pub fn action_complete(action: &Action, base: Base, job: Option<JobId>) -> Document<'_> {
    Document::entity("action", echo(action, "complete").with("job", job.map(|id| job::link(base, id))))
}

/// The answer to an action that was refused.
pub fn action_failed<'a>(action: &'a Action, fault: &'a Fault) -> Document<'a> {
    Document::entity("action", echo(action, "failed").with("fault", fault_entity(fault)))
}

fn echo(action: &Action, status: &'static str) -> Entity<'static> {
    let grace_period = action.grace_period.map(|expiry| Entity::new().with("expiry", expiry));
    Entity::new()
        .with("async", action.asynchronous)
        .with("force", action.force)
        .with("grace_period", grace_period)
        .with("status", status)
        .with("succeeded", action.succeeded)
}
