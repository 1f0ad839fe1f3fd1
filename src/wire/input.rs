//! Bodies that clients post, in either format. They are read as strictly as an engine reads them: members that the model does
//! not have, wrappers and arrays are refused. Known members are checked, and ignored unless a command uses them.

mod event;
mod guid;
mod json;
mod model;
mod value;
#[cfg(feature = "server")]
mod xml;

pub use event::{AddingEvent, read_add_event};
pub use guid::read_guid;
use serde_json::{Map, Value};

use super::Format;
use crate::domain::StepType;

/// Why a body cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// JSON only: there is none.
    Empty,
    /// JSON only: a member that the model does not have.
    Unknown {
        /// The member's name, as it was sent.
        member: String,
        /// The type of the API model without it.
        class: &'static str,
    },
    /// It is not well-formed, or has a value of the wrong type; XML: or an unknown member.
    Syntax,
    /// XML only: an invalid boolean or word. The text tells which.
    Value(String),
}

impl Unreadable {
    fn unknown(member: &str, class: &'static str) -> Self {
        Self::Unknown { member: member.to_owned(), class }
    }
}

/// A job to add.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Adding {
    /// Its description.
    pub description: Option<String>,
    /// Whether the engine may remove it some time after its end.
    pub auto_cleared: Option<bool>,
}

/// A step to add.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AddingStep {
    /// Its type.
    pub step_type: Option<StepType>,
    /// Its description.
    pub description: Option<String>,
    /// The step above it.
    pub parent: Option<ParentStep>,
}

/// A reference to the step above another.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ParentStep {
    /// Its id, not yet checked.
    pub id: Option<String>,
}

/// A reference to an entity.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reference {
    /// Its id, not yet checked.
    pub id: Option<String>,
    /// Its name.
    pub name: Option<String>,
}

/// The parameters of an action that this API uses (`Action` of the API model).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Action {
    /// Sent back; has no effect.
    pub asynchronous: Option<bool>,
    /// Whether to end a job by force.
    pub force: Option<bool>,
    /// How many milliseconds to wait first: its `expiry`. Sent back; has no effect.
    pub grace_period: Option<i64>,
    /// The outcome, in the feature page's words: `finished`, `failed` or `aborted`.
    pub status: Option<String>,
    /// The outcome: success or failure.
    pub succeeded: Option<bool>,
    /// The host that a machine should move to.
    pub host: Option<Reference>,
}

/// Reads a `Job`.
pub fn read_add_job(format: Format, body: &[u8]) -> Result<Adding, Unreadable> {
    let members = members(format, body, "job", model::JOB)?;
    Ok(Adding { description: text(&members, "description"), auto_cleared: boolean(&members, "auto_cleared") })
}

/// Reads a `Step`.
pub fn read_add_step(format: Format, body: &[u8]) -> Result<AddingStep, Unreadable> {
    let members = members(format, body, "step", model::STEP)?;
    let parent = members.get("parent_step").and_then(Value::as_object);
    Ok(AddingStep {
        step_type: text(&members, "type").and_then(|word| word.trim().parse().ok()),
        description: text(&members, "description"),
        parent: parent.map(|parent| ParentStep { id: text(parent, "id") }),
    })
}

/// Reads an `Action`.
pub fn read_action(format: Format, body: &[u8]) -> Result<Action, Unreadable> {
    let members = members(format, body, "action", model::ACTION)?;
    let grace_period = members.get("grace_period").and_then(Value::as_object);
    Ok(Action {
        asynchronous: boolean(&members, "async"),
        force: boolean(&members, "force"),
        grace_period: grace_period.and_then(|period| value::integer(period.get("expiry")?)),
        status: text(&members, "status"),
        succeeded: boolean(&members, "succeeded"),
        host: members.get("host").and_then(reference),
    })
}

fn reference(value: &Value) -> Option<Reference> {
    let members = value.as_object()?;
    Some(Reference { id: text(members, "id"), name: text(members, "name") })
}

/// Members by name, with valid values.
type Members = Map<String, Value>;

/// Reads an object of a model. `root` is its name in XML.
#[cfg_attr(not(feature = "server"), expect(unused_variables, reason = "only XML names the root"))]
fn members(format: Format, body: &[u8], root: &str, model: model::Model) -> Result<Members, Unreadable> {
    match format {
        #[cfg(feature = "server")]
        Format::Xml => xml::members(body, root, model),
        Format::Json => json::members(body, model),
    }
}

fn boolean(members: &Members, name: &str) -> Option<bool> {
    value::boolean(members.get(name)?)
}

fn text(members: &Members, name: &str) -> Option<String> {
    value::text(members.get(name)?)
}
