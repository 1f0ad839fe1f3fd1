//! The body of `end` and `clear`, as a client sends it.

use serde::Serialize;

use super::json;
use crate::domain::Status;

/// A client's request to end or clear something. What is `None` or false is left out.
pub fn write_request(succeeded: Option<bool>, status: Option<Status>, force: bool) -> Vec<u8> {
    json::to_bytes(&ActionRequest { force, status, succeeded })
}

#[derive(Serialize)]
struct ActionRequest {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    force: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<Status>,
    #[serde(skip_serializing_if = "Option::is_none")]
    succeeded: Option<bool>,
}
