//! Errors of a store.

/// The store failed, and nothing was changed. Only if the connection is lost during a commit, nobody can know.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreError {
    /// What the client can do about it.
    pub kind: StoreErrorKind,
    /// For the log, not for clients.
    pub text: String,
}

/// What an error of the store means for the client.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreErrorKind {
    /// The store cannot be used now: it is locked, or cannot be reached. The same request may succeed later.
    Unavailable,
    /// There is no space to write to. The same request may succeed when somebody has made space.
    Full,
    /// What is stored cannot be understood, or the program has a fault. The same request would fail again.
    Broken,
}

impl StoreError {
    /// An error that would come again.
    pub fn broken(text: impl Into<String>) -> Self {
        Self { kind: StoreErrorKind::Broken, text: text.into() }
    }
}
