//! An event that a program adds.

use serde_json::Value;

use super::{Members, Unreadable, members, model, reference, text, value};
use crate::{
    domain::{Time, event::Severity},
    wire::Format,
};

/// An event to add. Ids are not checked yet.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[expect(missing_docs, reason = "the members are those of an event")]
pub struct AddingEvent {
    pub origin: Option<String>,
    pub severity: Option<Severity>,
    pub custom_id: Option<i64>,
    pub description: Option<String>,
    pub correlation_id: Option<String>,
    pub time: Option<Time>,
    pub flood_rate: Option<i64>,
    pub custom_data: Option<String>,
    pub user: Option<String>,
    pub vm: Option<String>,
    pub host: Option<String>,
    pub storage_domain: Option<String>,
    pub template: Option<String>,
    pub cluster: Option<String>,
    pub data_center: Option<String>,
}

/// Reads an `Event`. A reference without an id is ignored.
pub fn read_add_event(format: Format, body: &[u8]) -> Result<AddingEvent, Unreadable> {
    let members = members(format, body, "event", model::EVENT)?;
    let integer = |name: &str| value::integer(members.get(name)?);
    Ok(AddingEvent {
        origin: text(&members, "origin"),
        severity: text(&members, "severity").and_then(|word| word.trim().parse().ok()),
        custom_id: integer("custom_id"),
        description: text(&members, "description"),
        correlation_id: text(&members, "correlation_id"),
        time: members.get("time").and_then(value::date),
        flood_rate: integer("flood_rate"),
        custom_data: text(&members, "custom_data"),
        user: id(&members, "user"),
        vm: id(&members, "vm"),
        host: id(&members, "host"),
        storage_domain: id(&members, "storage_domain"),
        template: id(&members, "template"),
        cluster: id(&members, "cluster"),
        data_center: id(&members, "data_center"),
    })
}

fn id(members: &Members, name: &str) -> Option<String> {
    members.get(name).filter(|value| **value != Value::Null).and_then(reference)?.id
}
