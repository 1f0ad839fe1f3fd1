//! What an engine says when it refuses.

use serde::{Deserialize, Serialize};

/// A refusal in the engine's own words (`Fault` of the API model; written with `detail` first).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Fault {
    /// What exactly was wrong; in the language of the request, often in brackets, sometimes with an unresolved `${action}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// What kind of failure it was; always English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

impl Fault {
    /// A fault with both parts.
    pub fn new(reason: &str, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), reason: Some(reason.to_owned()) }
    }

    /// The body of a refused read or addition: the fault itself. Refused actions carry theirs inside an action.
    pub fn write(&self) -> Vec<u8> {
        super::json::to_bytes(self)
    }
}

/// Finds the fault in the body of a refusal: `fault.detail` as actions have it, or `detail` at the top.
///
/// Anything else, such as a proxy's HTML page or an empty body, has none.
pub fn read(body: &[u8]) -> Option<Fault> {
    let refusal: Refusal = serde_json::from_slice(body).ok()?;
    let bare = Fault { detail: refusal.detail, reason: refusal.reason };
    [refusal.fault.unwrap_or_default(), bare].into_iter().find(|fault| *fault != Fault::default())
}

/// A fault, or an action that holds one.
#[derive(Deserialize)]
struct Refusal {
    fault: Option<Fault>,
    detail: Option<String>,
    reason: Option<String>,
}
