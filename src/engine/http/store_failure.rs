//! What clients are told when the store has failed.

use crate::engine::StoreErrorKind;

/// Status, advice and words for an error of the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoreFailure {
    /// HTTP status code.
    pub status: u16,
    /// `Retry-After`, in seconds, if another attempt makes sense.
    pub retry_after: Option<u64>,
    /// A sentence for people.
    pub detail: &'static str,
}

impl StoreFailure {
    /// The one for that kind of error.
    pub const fn of(kind: StoreErrorKind) -> Self {
        match kind {
            StoreErrorKind::Unavailable => Self {
                status: 503,
                retry_after: Some(5),
                detail: "The database cannot be used at the moment. Try again in a few seconds.",
            },
            StoreErrorKind::Full => Self {
                status: 507,
                retry_after: Some(10),
                detail: "The database has no space left to write to. Try again when there is space.",
            },
            StoreErrorKind::Broken => Self { status: 500, retry_after: None, detail: "Internal Engine Error" },
        }
    }
}
