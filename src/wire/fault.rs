//! Faults: why an engine refused a request.

use super::json::{Member, Value};

/// A fault in the engine's words (`Fault` of the API model).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fault {
    /// What was wrong, in the request's language; often in brackets, sometimes with an unresolved `${action}`.
    pub detail: Option<String>,
    /// The kind of failure, always in English.
    pub reason: Option<String>,
}

impl Fault {
    /// A fault with both parts.
    pub fn new(reason: &str, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), reason: Some(reason.to_owned()) }
    }
}

/// The fault in the body of a refusal: `fault` in an action, or the body itself. `None` for any other body, such as a proxy's
/// HTML page.
pub fn read(body: &[u8]) -> Option<Fault> {
    let refusal = Value::read(body).ok()?;
    [refusal.get(Member::Fault), &refusal].into_iter().map(said).find(|fault| *fault != Fault::default())
}

fn said(value: &Value<'_>) -> Fault {
    let text = |name| value.get(name).text().map(str::to_owned);
    Fault { detail: text(Member::Detail), reason: text(Member::Reason) }
}
