//! What a client posts to add a job, a step or an event. Booleans and numbers are native: every engine reads them.

use serde::Serialize;

use crate::domain::{StepId, StepType, event::Severity};

/// The body that adds a job.
pub fn write_add_job(description: &str, auto_cleared: bool) -> Vec<u8> {
    to_bytes(&AddJob { description, auto_cleared })
}

/// The body that adds a step directly under a job, or under one of its steps.
pub fn write_add_step(step_type: StepType, description: &str, parent: Option<StepId>) -> Vec<u8> {
    to_bytes(&AddStep { step_type, description, parent_step: parent.map(|id| ParentStep { id }) })
}

/// An event to add (`AddExternalEventCommand`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NewEvent {
    /// The program's name. Engines refuse their own.
    pub origin: String,
    /// How serious it is.
    pub severity: Severity,
    /// A number that the program has not used yet: engines refuse the same one again. Up to `i32::MAX`.
    pub custom_id: u32,
    /// The sentence; it may have several lines.
    pub description: String,
    /// The correlation id of the job that it is about. Engines take it from the body only, not from the header.
    pub correlation_id: String,
}

/// The body that adds an event.
pub fn write_add_event(event: &NewEvent) -> Vec<u8> {
    to_bytes(event)
}

#[derive(Serialize)]
struct AddJob<'a> {
    description: &'a str,
    auto_cleared: bool,
}

#[derive(Serialize)]
struct AddStep<'a> {
    #[serde(rename = "type")]
    step_type: StepType,
    description: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent_step: Option<ParentStep>,
}

#[derive(Serialize)]
struct ParentStep {
    id: StepId,
}

/// The bytes of a body. Writing cannot fail: all keys are text, and no value here refuses to be written.
pub(in crate::wire) fn to_bytes(value: &impl Serialize) -> Vec<u8> {
    serde_json::to_vec(value).unwrap_or_default()
}
