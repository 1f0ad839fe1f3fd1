//! What is served, as an OpenAPI document: made from one table of operations and one of schemas.
//!
//! A test drives every operation against a running server, and fails where server and document differ: in a path, a method, a
//! status code or a member (`tests/openapi.rs`).

mod operation;
mod parameter;
mod schema;

use serde_json::{Map, Value, json};

use operation::{Body, OPERATIONS, Operation};
use schema::SCHEMAS;

/// Where the document is served. It says nothing about anyone, so everyone may read it.
pub const PATH: &str = "/ovirt-engine/api/openapi.json";

const INTRODUCTION: &str = "The jobs REST API of oVirt 4.5, and as much of the rest as it needs. Everything under /api is also \
     under /api/v4, and then every href says so too. Bodies are JSON or XML; the schemas show the JSON. In XML the root is \
     called as the schema's xml.name says, href and id are attributes, dates are ISO 8601, and a list is an element that holds \
     its items. JSON that is posted may have native booleans and integers in place of texts. Parameters of the query may stand \
     in the matrix of the last path segment instead.";

const TROUBLE: &str = "No fault of what is asked, and perhaps nothing to read: 500 when the server fails, 503 when it took too \
     long, 408 when the body did.";

/// The whole document, in OpenAPI 3.1.
pub fn document() -> Value {
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "jobs-engine",
            "version": env!("CARGO_PKG_VERSION"),
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
            "description": INTRODUCTION,
        },
        "servers": [{ "url": "/ovirt-engine" }],
        "security": [{ "token": [] }, { "basic": [] }, { "session": [] }],
        "paths": paths(),
        "components": {
            "parameters": parameter::all(),
            "schemas": SCHEMAS.iter().map(|schema| (schema.name.to_owned(), schema.to_json())).collect::<Map<_, _>>(),
            "securitySchemes": {
                "token": { "type": "http", "scheme": "bearer", "description": "A token from /sso/oauth/token." },
                "basic": { "type": "http", "scheme": "basic" },
                "session": {
                    "type": "apiKey",
                    "in": "cookie",
                    "name": "JSESSIONID",
                    "description": "With `Prefer: persistent-auth` in this and every later request. A request without it ends the session.",
                },
            },
        },
    })
}

fn paths() -> Value {
    let mut paths = Map::new();
    for operation in OPERATIONS {
        let path =
            paths.entry(operation.path).or_insert_with(|| json!({ "parameters": path_parameters(operation.path) }));
        path[operation.method] = operation_object(operation);
    }
    Value::Object(paths)
}

/// What stands in braces in a path.
fn path_parameters(path: &str) -> Vec<Value> {
    let names = path.split('{').skip(1).filter_map(|rest| rest.split_once('}').map(|(name, _)| name));
    names.map(parameter::of_path).collect()
}

fn operation_object(operation: &Operation) -> Value {
    let mut object = json!({
        "operationId": operation.id,
        "summary": operation.summary,
        "parameters": operation.parameters().map(parameter::reference).collect::<Vec<_>>(),
        "responses": responses(operation),
    });
    match operation.body {
        Body::None => (),
        Body::Forms(schema) => {
            object["requestBody"] = json!({ "required": true, "content": in_both_forms(&reference(schema)) });
        }
        Body::Form(schema) => {
            let content = json!({ "application/x-www-form-urlencoded": { "schema": reference(schema) } });
            object["requestBody"] = json!({ "required": true, "content": content });
        }
    }
    if operation.is_open() {
        object["security"] = json!([]);
    }
    object
}

fn responses(operation: &Operation) -> Value {
    let (status, schema) = operation.success;
    let mut responses = Map::new();
    let content = if operation.has_forms() { in_both_forms(&reference(schema)) } else { in_json(&reference(schema)) };
    let mut success = json!({ "description": "Done.", "content": content });
    if operation.names_what_it_added() {
        success["headers"] = json!({
            "Location": { "description": "Where it stands: a path.", "schema": { "type": "string", "format": "uri-reference" } },
        });
    }
    responses.insert(status.to_string(), success);
    for (status, refusal) in operation.refusals() {
        responses.insert(status.to_string(), refusal.to_json(operation));
    }
    responses.insert("default".to_owned(), json!({ "description": TROUBLE }));
    Value::Object(responses)
}

fn reference(schema: &str) -> Value {
    json!({ "$ref": format!("#/components/schemas/{schema}") })
}

fn in_json(schema: &Value) -> Value {
    json!({ "application/json": { "schema": schema } })
}

fn in_both_forms(schema: &Value) -> Value {
    json!({ "application/json": { "schema": schema }, "application/xml": { "schema": schema } })
}
