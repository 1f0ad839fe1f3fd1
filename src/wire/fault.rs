//! What an engine says when it refuses.

use serde::Deserialize;

/// A refusal in the engine's own words (`Fault` of the API model).
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
pub struct Fault {
    /// What exactly was wrong; in the language of the request, often in brackets, sometimes with an unresolved `${action}`.
    pub detail: Option<String>,
    /// What kind of failure it was; always English.
    pub reason: Option<String>,
}

impl Fault {
    /// A fault with both parts.
    pub fn new(reason: &str, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), reason: Some(reason.to_owned()) }
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
