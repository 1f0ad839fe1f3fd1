//! How many of a row's steps have ended, or have failed.

use crate::{
    domain::{Status, outline::Share},
    view::grid::RowView,
};

/// What is told of a row's steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ShareTold {
    /// There are none.
    None,
    /// How many have ended.
    Ended(Share),
    /// How many have failed, of a failed job or step.
    Failed(Share),
}

impl ShareTold {
    pub(super) fn of(row: &RowView) -> Self {
        match row.share {
            None => Self::None,
            Some(share) if row.status == Status::Failed && share.failed > 0 => Self::Failed(share),
            Some(share) => Self::Ended(share),
        }
    }

    pub(super) const fn is_failed(self) -> bool {
        matches!(self, Self::Failed(_))
    }

    pub(super) fn spoken(self) -> Option<String> {
        match self {
            Self::None => None,
            Self::Ended(share) => Some(format!("{} of {} steps ended", share.ended, share.all)),
            Self::Failed(share) => Some(format!("{} of {} steps failed", share.failed, share.all)),
        }
    }

    /// As it is shown: `1/2`, `1 failed of 2`.
    pub(super) fn text(self) -> String {
        match self {
            Self::None => String::new(),
            Self::Ended(share) => format!("{}/{}", share.ended, share.all),
            Self::Failed(share) => format!("{} failed of {}", share.failed, share.all),
        }
    }

    /// As it is shown where there is little room: the colour tells that these have failed.
    pub(super) fn short(self) -> Option<String> {
        match self {
            Self::None | Self::Ended(_) => None,
            Self::Failed(share) => Some(format!("{}/{}", share.failed, share.all)),
        }
    }
}
