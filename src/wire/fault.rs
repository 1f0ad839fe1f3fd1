//! What an engine sends when it refuses a request.

use serde::Deserialize;

use super::json::{object, read_document, text};

/// A refusal in the engine's own words (`Fault` of the API model).
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct Fault {
    /// What exactly was wrong; in the language of the request, often in brackets, sometimes with an unresolved `${action}`.
    #[serde(deserialize_with = "text")]
    pub detail: Option<String>,
    /// The kind of failure; always English.
    #[serde(deserialize_with = "text")]
    pub reason: Option<String>,
}

impl Fault {
    /// A fault with both parts.
    pub fn new(reason: &str, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), reason: Some(reason.to_owned()) }
    }
}

/// Finds the fault in the body of a refusal: `fault.detail` in an action, or `detail` at the top.
///
/// Anything else, such as a proxy's HTML page or an empty body, has none.
pub fn read(body: &[u8]) -> Option<Fault> {
    #[derive(Deserialize, Default)]
    #[serde(default)]
    struct RefusalDto {
        #[serde(deserialize_with = "object")]
        fault: Option<Fault>,
        #[serde(deserialize_with = "text")]
        detail: Option<String>,
        #[serde(deserialize_with = "text")]
        reason: Option<String>,
    }
    let RefusalDto { fault, detail, reason } = read_document(body).ok()?;
    [fault.unwrap_or_default(), Fault { detail, reason }].into_iter().find(|fault| *fault != Fault::default())
}
