//! Posted JSON.

use serde_json::Value;

use super::{Members, Unreadable, model::Model, value};

/// Reads an object whose members the model has.
pub(super) fn members(body: &[u8], model: Model) -> Result<Members, Unreadable> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(members)) if value::fits(&members, model) => Ok(members),
        Ok(_) | Err(_) => Err(Unreadable::Syntax),
    }
}
