//! Fatal errors of the program.

use std::fmt;

use crate::engine::StoreError;

/// A message for the user who started the program, which ends with exit code 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure(pub String);

impl Failure {
    /// A failure with that message.
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
    fn from(StoreError { text, .. }: StoreError) -> Self {
        Self(format!("The database failed: {text}."))
    }
}
