//! Why the program ends.

use std::fmt;

use crate::engine::StoreError;

/// One sentence for the person who started the program. It ends with exit code 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure(pub String);

impl Failure {
    /// A failure in these words.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Failure {}

impl From<StoreError> for Failure {
    fn from(StoreError(text): StoreError) -> Self {
        Self(format!("Cannot go on: {text}."))
    }
}
