//! The connection to the engine. It tells how current the data on screen is.

use crate::{api::ApiError, domain::Time};

/// The result of the last poll. The data read last stays on screen in every case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Connection {
    /// No answer has come yet.
    Loading,
    /// The last poll succeeded.
    Live {
        /// The time of its answer, by the engine's clock.
        at: Time,
    },
    /// The last poll failed.
    Lost {
        /// Why.
        error: ApiError,
        /// When a poll last succeeded, if one did.
        last: Option<Time>,
        /// When the next poll is due, if one is.
        next: Option<Time>,
    },
}

impl Connection {
    /// When a poll last succeeded.
    pub const fn last(&self) -> Option<Time> {
        match self {
            Self::Loading => None,
            Self::Live { at } => Some(*at),
            Self::Lost { last, .. } => *last,
        }
    }

    /// The connection after a poll that failed.
    #[must_use]
    pub const fn lost(&self, error: ApiError, next: Option<Time>) -> Self {
        Self::Lost { error, last: self.last(), next }
    }

    /// Whether the data on screen may be out of date.
    pub const fn is_lost(&self) -> bool {
        matches!(self, Self::Lost { .. })
    }
}
