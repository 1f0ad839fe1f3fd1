//! The order of jobs. Steps are not sorted: they are a sequence.

use std::{cmp::Ordering, str::FromStr, sync::Arc};

use rustc_hash::FxHashSet;

use super::{JobNode, Names};
use crate::domain::{Job, JobId, Status, Time, UnknownWord};

/// The jobs that are stuck: see [`crate::domain::stuck`].
pub type StuckJobs = FxHashSet<JobId>;

/// What jobs are sorted by. Jobs without a value come last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Column {
    /// Alphabetically, ignoring case.
    Description,
    /// By need of attention: running, failed, aborted, unknown, finished.
    Status,
    /// By the share of steps that have ended.
    Progress,
    /// By start time.
    #[default]
    Started,
    /// By duration; of a running job, until now.
    Duration,
    /// By the owner's name.
    Owner,
    /// By duration, of stuck jobs only. The others come last.
    Stuck,
}

impl Column {
    /// All, in the order of the grid. The last has no column in it.
    pub const ALL: [Self; 7] =
        [Self::Description, Self::Status, Self::Progress, Self::Started, Self::Duration, Self::Owner, Self::Stuck];

    /// The word in a URL.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Description => "description",
            Self::Status => "status",
            Self::Progress => "progress",
            Self::Started => "started",
            Self::Duration => "duration",
            Self::Owner => "owner",
            Self::Stuck => "stuck",
        }
    }

    /// The direction after the first click: the most wanted jobs come first.
    pub const fn first_direction(self) -> Direction {
        match self {
            Self::Started | Self::Duration | Self::Stuck => Direction::Descending,
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

/// The direction of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Smallest first.
    Ascending,
    /// Largest first.
    Descending,
}

/// The order of jobs. Newest first by default.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Sort {
    /// What jobs are sorted by.
    pub column: Column,
    /// The direction.
    pub direction: Direction,
}

impl Default for Sort {
    fn default() -> Self {
        Self { column: Column::Started, direction: Column::Started.first_direction() }
    }
}

impl Sort {
    /// The order after a click on a column's header. A second click reverses it.
    #[must_use]
    pub fn after_click(self, column: Column) -> Self {
        let direction = match self.direction {
            _ if self.column != column => column.first_direction(),
            Direction::Ascending => Direction::Descending,
            Direction::Descending => Direction::Ascending,
        };
        Self { column, direction }
    }

    /// Puts jobs into this order.
    pub fn arrange(self, jobs: &mut [&Arc<JobNode>], names: &Names, now: Time, stuck: &StuckJobs) {
        jobs.sort_by(|a, b| self.compare(&self.key(a, names, now, stuck), &self.key(b, names, now, stuck)));
    }

    /// The sort key of a job: computed once for each job, then compared.
    pub(super) fn key<'a>(self, node: &'a JobNode, names: &'a Names, now: Time, stuck: &StuckJobs) -> Key<'a> {
        let JobNode { job, folded, .. } = node;
        let sought = match self.column {
            Column::Description => Some((beginning(folded), &**folded)),
            Column::Status => Some((attention(job.status), "")),
            Column::Progress => progress(node).map(|progress| (progress, "")),
            Column::Started => job.start_time.map(|start| (start.timestamp_millis(), "")),
            Column::Duration => job.duration(now).map(|length| (length.num_milliseconds(), "")),
            Column::Owner => owner(job, names).map(|name| (beginning(name), name)),
            Column::Stuck if !stuck.contains(&job.id) => None,
            Column::Stuck => job.duration(now).map(|length| (length.num_milliseconds(), "")),
        };
        Key { sought, start: job.start_time, id: job.id }
    }

    /// Compares two jobs. Equal ones are sorted newest first, then by id, so that a poll never reorders them. Jobs without a value
    /// come last in both directions.
    pub(super) fn compare(self, a: &Key<'_>, b: &Key<'_>) -> Ordering {
        let ordering = match (a.sought, b.sought) {
            (Some(a), Some(b)) => match self.direction {
                Direction::Ascending => a.cmp(&b),
                Direction::Descending => b.cmp(&a),
            },
            (a, b) => a.is_none().cmp(&b.is_none()),
        };
        ordering.then_with(|| b.start.cmp(&a.start)).then_with(|| a.id.cmp(&b.id))
    }
}

/// The sort key of a job.
pub(super) struct Key<'a> {
    /// The column's value, as a number or a text.
    sought: Option<(i64, &'a str)>,
    start: Option<Time>,
    id: JobId,
}

/// The first eight bytes of a text as a number in the order of the texts: most texts differ there, and numbers are compared faster.
fn beginning(text: &str) -> i64 {
    let mut bytes = [0; 8];
    bytes.iter_mut().zip(text.bytes()).for_each(|(place, byte)| *place = byte);
    // Signed numbers are ordered as unsigned ones if the first bit is turned over.
    bytes[0] ^= 0x80;
    i64::from_be_bytes(bytes)
}

const fn attention(status: Status) -> i64 {
    match status {
        Status::Started => 0,
        Status::Failed => 1,
        Status::Aborted => 2,
        Status::Unknown => 3,
        Status::Finished => 4,
    }
}

/// In thousandths, since floats have no total order.
fn progress(node: &JobNode) -> Option<i64> {
    node.steps.share().map(|share| i64::from(share.ended) * 1000 / i64::from(share.all))
}

fn owner<'a>(job: &Job, names: &'a Names) -> Option<&'a str> {
    job.owner.and_then(|owner| names.get(&owner)).map(String::as_str)
}
