//! What an engine says when it refuses.

use super::json::{Member, Value};

/// A refusal in the engine's own words (`Fault` of the API model).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
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
    let refusal = Value::read(body).ok()?;
    [refusal.get(Member::Fault), &refusal].into_iter().map(said).find(|fault| *fault != Fault::default())
}

fn said(value: &Value<'_>) -> Fault {
    let text = |name| value.get(name).text().map(str::to_owned);
    Fault { detail: text(Member::Detail), reason: text(Member::Reason) }
}
