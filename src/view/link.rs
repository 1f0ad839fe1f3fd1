//! How true what is on screen is.

use crate::{api::ApiError, domain::Time};

/// The connection to the engine, as the admin needs to know it. What was read last stays on screen in every case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// Nothing has come yet.
    Loading,
    /// The last poll went well.
    Live {
        /// When it did.
        at: Time,
    },
    /// It did not.
    Lost {
        /// Why.
        error: ApiError,
        /// When one last did, if ever.
        last: Option<Time>,
        /// When the next try is due, if one is.
        next: Option<Time>,
    },
}

impl Link {
    /// When a poll last went well.
    pub const fn last(&self) -> Option<Time> {
        match self {
            Self::Loading => None,
            Self::Live { at } => Some(*at),
            Self::Lost { last, .. } => *last,
        }
    }

    /// After a poll that went badly.
    #[must_use]
    pub const fn lost(&self, error: ApiError, next: Option<Time>) -> Self {
        Self::Lost { error, last: self.last(), next }
    }

    /// Whether what is on screen may no longer be true.
    pub const fn is_lost(&self) -> bool {
        matches!(self, Self::Lost { .. })
    }
}
