//! What clients post, in either form, read as strictly as an engine reads it: members that the model does not have, wrappers
//! and arrays are refused; members that it has are checked, and ignored unless a command uses them.

mod json;
mod model;
mod value;
#[cfg(feature = "server")]
mod xml;

use serde_json::{Map, Value};

use super::Form;
use crate::domain::StepType;

/// Why a body cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// It is not of its form, has a member that the model does not have, or a value of the wrong form.
    Syntax,
    /// XML only: a boolean or a word that is none. The text says which.
    Value(String),
}

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

/// What a client asks of an action, as far as this API looks at it (`Action` of the API model).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Action {
    /// Accepted and echoed; these actions never run in the background.
    pub asynchronous: Option<bool>,
    /// Whether to end a job against resistance.
    pub force: Option<bool>,
    /// How many milliseconds to wait first: its `expiry`. Echoed only.
    pub grace_period: Option<i64>,
    /// How it ended, in the words of the feature page: `finished`, `failed` or `aborted`.
    pub status: Option<String>,
    /// How it ended: well or not.
    pub succeeded: Option<bool>,
}

/// Reads a `Job`.
pub fn read_add_job(form: Form, body: &[u8]) -> Result<Adding, Unreadable> {
    let members = members(form, body, "job", model::job)?;
    Ok(Adding { description: text(&members, "description"), auto_cleared: boolean(&members, "auto_cleared") })
}

/// Reads a `Step`.
pub fn read_add_step(form: Form, body: &[u8]) -> Result<AddingStep, Unreadable> {
    let members = members(form, body, "step", model::step)?;
    let parent = members.get("parent_step").and_then(Value::as_object);
    Ok(AddingStep {
        step_type: text(&members, "type").and_then(|word| word.trim().parse().ok()),
        description: text(&members, "description"),
        parent: parent.map(|parent| ParentStep { id: text(parent, "id") }),
    })
}

/// Reads an `Action`.
pub fn read_action(form: Form, body: &[u8]) -> Result<Action, Unreadable> {
    let members = members(form, body, "action", model::action)?;
    let grace_period = members.get("grace_period").and_then(Value::as_object);
    Ok(Action {
        asynchronous: boolean(&members, "async"),
        force: boolean(&members, "force"),
        grace_period: grace_period.and_then(|period| value::integer(period.get("expiry")?)),
        status: text(&members, "status"),
        succeeded: boolean(&members, "succeeded"),
    })
}

/// Members by name, each in a form that its kind allows.
type Members = Map<String, Value>;

/// Reads an object of a model. `root` is what XML calls it.
#[cfg_attr(not(feature = "server"), expect(unused_variables, reason = "only XML names the root"))]
fn members(form: Form, body: &[u8], root: &str, model: model::Model) -> Result<Members, Unreadable> {
    match form {
        #[cfg(feature = "server")]
        Form::Xml => xml::members(body, root, model),
        Form::Json => json::members(body, model),
    }
}

fn boolean(members: &Members, name: &str) -> Option<bool> {
    value::boolean(members.get(name)?)
}

fn text(members: &Members, name: &str) -> Option<String> {
    value::text(members.get(name)?)
}
