//! What clients post, read as strictly as an engine reads it: members that the model does not have, wrappers and arrays are
//! refused; members that it has are checked, and ignored unless a command uses them.

mod model;
mod value;

use serde_json::{Map, Value};

use crate::{domain::StepType, wire::action::Action};

/// The body cannot be understood: not JSON, a member that the model does not have, or a value of the wrong form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SyntaxError;

/// A job to add.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Adding {
    /// Its name for people.
    pub description: Option<String>,
    /// Whether the engine may remove it some time after its end.
    pub auto_cleared: Option<bool>,
}

/// A step to add.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AddingStep {
    /// What kind of work it is.
    pub step_type: Option<StepType>,
    /// Its name for people.
    pub description: Option<String>,
    /// The step that it goes under.
    pub parent: Option<ParentStep>,
}

/// The step that another goes under, as far as the client named it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ParentStep {
    /// Its id, still unchecked.
    pub id: Option<String>,
}

/// Reads a `Job`.
pub fn read_add_job(body: &[u8]) -> Result<Adding, SyntaxError> {
    let members = object(body, model::job)?;
    Ok(Adding { description: text(&members, "description"), auto_cleared: boolean(&members, "auto_cleared") })
}

/// Reads a `Step`.
pub fn read_add_step(body: &[u8]) -> Result<AddingStep, SyntaxError> {
    let members = object(body, model::step)?;
    let parent = members.get("parent_step").and_then(Value::as_object);
    Ok(AddingStep {
        step_type: text(&members, "type").and_then(|word| word.parse().ok()),
        description: text(&members, "description"),
        parent: parent.map(|parent| ParentStep { id: text(parent, "id") }),
    })
}

/// Reads an `Action`.
pub fn read_action(body: &[u8]) -> Result<Action, SyntaxError> {
    let members = object(body, model::action)?;
    let grace_period = members.get("grace_period").and_then(Value::as_object);
    Ok(Action {
        asynchronous: boolean(&members, "async"),
        force: boolean(&members, "force"),
        grace_period: grace_period.and_then(|period| value::integer(period.get("expiry")?)),
        status: text(&members, "status"),
        succeeded: boolean(&members, "succeeded"),
    })
}

type Members = Map<String, Value>;

fn object(body: &[u8], kind_of: model::Model) -> Result<Members, SyntaxError> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(members)) if value::fits(&members, kind_of) => Ok(members),
        Ok(_) | Err(_) => Err(SyntaxError),
    }
}

fn boolean(members: &Members, name: &str) -> Option<bool> {
    value::boolean(members.get(name)?)
}

fn text(members: &Members, name: &str) -> Option<String> {
    value::text(members.get(name)?)
}
