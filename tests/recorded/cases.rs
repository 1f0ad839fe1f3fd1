//! The recorded requests and answers.

use serde::Deserialize;
use serde_json::Value;

/// One request and its answer.
#[derive(Debug, Deserialize)]
pub(crate) struct Case {
    #[serde(rename = "case")]
    pub(crate) name: String,
    pub(crate) user: User,
    pub(crate) request: Sent,
    pub(crate) answer: Recorded,
}

/// Who asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum User {
    /// A SuperUser.
    Admin,
    /// With the roles ExternalTasksCreator and UserRole.
    Backup,
    /// With the role UserRole.
    Reader,
    /// Without credentials, or with those in the request.
    None,
    /// With a token that is not valid.
    Nonsense,
}

/// The request.
#[derive(Debug, Deserialize)]
pub(crate) struct Sent {
    pub(crate) method: String,
    /// With its query.
    pub(crate) path: String,
    #[serde(default)]
    pub(crate) headers: std::collections::BTreeMap<String, String>,
    /// JSON, or with `content_type` the text itself.
    pub(crate) body: Option<Value>,
    pub(crate) content_type: Option<String>,
}

/// The answer.
#[derive(Debug, Deserialize)]
pub(crate) struct Recorded {
    pub(crate) status: u16,
    #[serde(default)]
    pub(crate) headers: std::collections::BTreeMap<String, String>,
    /// JSON as it was, or a text.
    pub(crate) body: Value,
}

/// All of them, in the order in which they were asked.
pub(crate) fn all() -> Vec<Case> {
    let text = std::fs::read_to_string("tests/samples/engine-4.5.7/cases.json").unwrap();
    serde_json::from_str(&text).unwrap()
}
