//! In which order the steps of jobs are requested.

use super::Ask;
use crate::view::wanted::Interest;

/// When it is the turn of a job. The first comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Turn {
    /// Somebody looks at the job, and its steps were never requested.
    First(Interest),
    /// The job has changed since its steps were read, or they could not be read, or that was long ago.
    Changed,
    /// The job runs, so its steps may have changed.
    Runs,
    /// The query needs its steps.
    Query,
    /// The query needs its steps, which could not be read.
    QueryAgain,
}

/// The place of a job in the order of the requests: the selected job comes first. Of those with the same turn, the one that has
/// waited longest comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub(super) is_unselected: bool,
    pub(super) turn: Turn,
    /// The last request.
    pub(super) asked: Option<Ask>,
}

impl Turn {
    /// Whether the request repeats an earlier one.
    pub(super) const fn repeats(self) -> bool {
        matches!(self, Self::Changed | Self::Runs | Self::QueryAgain)
    }
}
