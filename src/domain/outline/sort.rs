//! The order of jobs. Steps keep theirs: they are a sequence, and a sequence has one order.

use std::{cmp::Ordering, str::FromStr};

use super::{JobNode, Names};
use crate::domain::{Job, Status, Time, UnknownWord};

/// What jobs are sorted by. Where it is not known, they stand last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Column {
    /// By text, ignoring case.
    Description,
    /// What needs attention first: running, failed, aborted, unknown, finished.
    Status,
    /// By the share of ended steps.
    Progress,
    /// By start.
    #[default]
    Started,
    /// By how long it took, or has taken so far.
    Duration,
    /// By the owner's name.
    Owner,
}

impl Column {
    /// All of them, in the order of the grid.
    pub const ALL: [Self; 6] =
        [Self::Description, Self::Status, Self::Progress, Self::Started, Self::Duration, Self::Owner];

    /// The word for it in a URL.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Description => "description",
            Self::Status => "status",
            Self::Progress => "progress",
            Self::Started => "started",
            Self::Duration => "duration",
            Self::Owner => "owner",
        }
    }

    /// The direction that a first click gives: what is looked for most comes first.
    pub const fn first_direction(self) -> Direction {
        match self {
            Self::Started | Self::Duration => Direction::Descending,
            Self::Description | Self::Status | Self::Progress | Self::Owner => Direction::Ascending,
        }
    }
}

impl FromStr for Column {
    type Err = UnknownWord;

    fn from_str(text: &str) -> Result<Self, UnknownWord> {
        Self::ALL.into_iter().find(|column| column.as_str() == text).ok_or(UnknownWord)
    }
}

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Small first.
    Ascending,
    /// Large first.
    Descending,
}

impl Direction {
    /// What is not known stands last, whichever way.
    fn compare<T: Ord>(self, a: Option<T>, b: Option<T>) -> Ordering {
        match (self, a, b) {
            (Self::Ascending, Some(a), Some(b)) => a.cmp(&b),
            (Self::Descending, Some(a), Some(b)) => b.cmp(&a),
            (_, a, b) => a.is_none().cmp(&b.is_none()),
        }
    }
}

/// An order of jobs. Newest first by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sort {
    /// By what.
    pub column: Column,
    /// Which way.
    pub direction: Direction,
}

impl Default for Sort {
    fn default() -> Self {
        Self { column: Column::Started, direction: Column::Started.first_direction() }
    }
}

impl Sort {
    /// The order after a click on a column's header: a second click turns it round.
    #[must_use]
    pub fn after_click(self, column: Column) -> Self {
        let direction = match self.direction {
            _ if self.column != column => column.first_direction(),
            Direction::Ascending => Direction::Descending,
            Direction::Descending => Direction::Ascending,
        };
        Self { column, direction }
    }

    /// Compares two jobs. Equal ones stand newest first, then by id, so that no poll shuffles them.
    pub(super) fn compare(self, a: &JobNode, b: &JobNode, names: &Names, now: Time) -> Ordering {
        let order = self.direction;
        let ordering = match self.column {
            Column::Description => order.compare(Some(&a.folded), Some(&b.folded)),
            Column::Status => order.compare(Some(attention(a.job.status)), Some(attention(b.job.status))),
            Column::Progress => order.compare(progress(a), progress(b)),
            Column::Started => order.compare(a.job.start_time, b.job.start_time),
            Column::Duration => order.compare(a.job.duration(now), b.job.duration(now)),
            Column::Owner => order.compare(owner(&a.job, names), owner(&b.job, names)),
        };
        ordering.then_with(|| b.job.start_time.cmp(&a.job.start_time)).then_with(|| a.job.id.cmp(&b.job.id))
    }
}

const fn attention(status: Status) -> u8 {
    match status {
        Status::Started => 0,
        Status::Failed => 1,
        Status::Aborted => 2,
        Status::Unknown => 3,
        Status::Finished => 4,
    }
}

/// In thousandths, so that it has an order.
fn progress(node: &JobNode) -> Option<u32> {
    node.steps.share().map(|share| share.ended.saturating_mul(1000) / share.all)
}

fn owner<'a>(job: &Job, names: &'a Names) -> Option<&'a str> {
    job.owner.and_then(|owner| names.get(&owner)).map(String::as_str)
}
