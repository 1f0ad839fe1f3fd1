//! What a request may say besides its body.

use serde_json::{Map, Value, json};

/// Name, where it stands, its type, and what it does.
type Parameter = (&'static str, &'static str, &'static str, &'static str);

const PARAMETERS: &[Parameter] = &[
    ("accept", "query", "string", "The form of the answer, application/json or application/xml; overrules the header."),
    ("case_sensitive", "query", "boolean", "Accepted, and without effect: the fields that can be searched are exact."),
    ("correlation_id", "query", "string", "As the header Correlation-Id, where headers cannot be set."),
    ("filter", "query", "boolean", "Whether to show only what is the caller's; by default for all but admins."),
    (
        "follow",
        "query",
        "string",
        "Links and references to show in place: a comma between several, a dot before those of what one leads to, as in \
         owner,steps.parent_step. Case and _ do not matter. What is not there stays a reference.",
    ),
    ("max", "query", "integer", "At most so many rows; those of jobs are the oldest."),
    ("search", "query", "string", "Only what it finds. Jobs: correlation_id=… or !=…, and, or, sortby, page N."),
    ("JobId", "query", "string", "The external job that shows the command; job_id is the same."),
    ("StepId", "query", "string", "The external step that shows the command, with its job; step_id is the same."),
    (
        "Correlation-Id",
        "header",
        "string",
        "Kept with the job that is added, and sent back: letters, digits, _ and -, 36 of them.",
    ),
    ("Filter", "header", "boolean", "As the parameter filter."),
    (
        "Prefer",
        "header",
        "string",
        "persistent-auth opens a session and keeps it; new-auth leaves the one that is there.",
    ),
    ("Session-TTL", "header", "integer", "After how many minutes without a request a session that this opens ends."),
    ("Version", "header", "string", "The version of the API: 4."),
];

/// What every operation under the API takes.
pub(super) const EVERYWHERE: &[&str] =
    &["accept", "correlation_id", "filter", "Correlation-Id", "Filter", "Prefer", "Session-TTL", "Version"];

/// All that stand in the query or in headers, by name.
pub(super) fn all() -> Value {
    let parameter = |(name, place, kind, text): &Parameter| {
        (key(name), json!({ "name": name, "in": place, "description": text, "schema": { "type": kind } }))
    };
    Value::Object(PARAMETERS.iter().map(parameter).collect::<Map<_, _>>())
}

/// A place in [`all`].
pub(super) fn reference(name: &'static str) -> Value {
    json!({ "$ref": format!("#/components/parameters/{}", key(name)) })
}

/// One that stands in the path: an id.
pub(super) fn of_path(name: &str) -> Value {
    let schema = match name {
        // Permits are numbered.
        "permit" => json!({ "type": "string", "pattern": "^[0-9]+$" }),
        _ => json!({ "type": "string", "format": "uuid" }),
    };
    json!({ "name": name, "in": "path", "required": true, "schema": schema })
}

/// Headers' names differ from those of query parameters by case only.
fn key(name: &str) -> String {
    match PARAMETERS.iter().find(|(known, ..)| *known == name) {
        Some((_, "header", ..)) => format!("header-{name}"),
        Some(_) | None => name.to_owned(),
    }
}
