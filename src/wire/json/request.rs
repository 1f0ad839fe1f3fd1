//! What a client posts to add a job or a step. Booleans are native: every engine reads them.

use serde::Serialize;

use crate::domain::{StepId, StepType};

/// The body that adds a job.
pub fn write_add_job(description: &str, auto_cleared: bool) -> Vec<u8> {
    to_bytes(&AddJob { description, auto_cleared })
}

/// The body that adds a step directly under a job, or under one of its steps.
pub fn write_add_step(step_type: StepType, description: &str, parent: Option<StepId>) -> Vec<u8> {
    to_bytes(&AddStep { step_type, description, parent_step: parent.map(|id| ParentStep { id }) })
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
