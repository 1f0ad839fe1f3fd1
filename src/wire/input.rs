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

/// Something that a client points at.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reference {
    /// By its id, still unchecked.
    pub id: Option<String>,
    /// By its name.
    pub name: Option<String>,
}

/// A disk to add, as far as this API looks at it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AddingDisk {
    /// The id that it is to have, still unchecked.
    pub id: Option<String>,
    /// Its alias, or else its name.
    pub name: Option<String>,
    /// What it is for.
    pub description: Option<String>,
    /// How large, in bytes.
    pub provisioned_size: Option<i64>,
    /// How its data are laid out, still unchecked.
    pub format: Option<String>,
    /// Where it is to lie: the first of its storage domains.
    pub storage_domain: Option<Reference>,
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
    /// Where a machine is to be moved.
    pub host: Option<Reference>,
    /// Where a disk is to be moved.
    pub storage_domain: Option<Reference>,
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
        host: members.get("host").and_then(reference),
        storage_domain: members.get("storage_domain").and_then(reference),
    })
}

/// Reads a `Disk`.
pub fn read_add_disk(form: Form, body: &[u8]) -> Result<AddingDisk, Unreadable> {
    let members = members(form, body, "disk", model::disk)?;
    let domains = members.get("storage_domains").and_then(|domains| domains.get("storage_domain")?.as_array());
    Ok(AddingDisk {
        id: text(&members, "id"),
        name: text(&members, "alias").or_else(|| text(&members, "name")),
        description: text(&members, "description"),
        provisioned_size: members.get("provisioned_size").and_then(value::integer),
        format: text(&members, "format"),
        storage_domain: domains.and_then(|domains| domains.iter().find_map(reference)),
    })
}

fn reference(value: &Value) -> Option<Reference> {
    let members = value.as_object()?;
    Some(Reference { id: text(members, "id"), name: text(members, "name") })
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
