//! The body of `end` and `clear`, as a client writes it.

use serde::Serialize;

use super::json;
use crate::domain::Status;

/// The body of an action; `None` and false are left out.
pub fn write_request(succeeded: Option<bool>, status: Option<Status>, force: bool) -> Vec<u8> {
    json::to_bytes(&ActionBody { force, status: status.map(Status::as_str), succeeded })
}

#[derive(Serialize)]
struct ActionBody {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    force: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    succeeded: Option<bool>,
}
