//! Where jobs are kept. Rules never see it: a command loads a job with its steps, changes it, and saves it.

mod memory;

use std::{future::Future, sync::Arc};

use serde::{Deserialize, Serialize};

pub use memory::MemoryStore;

use crate::domain::{Job, JobId, JobWithSteps, StepId, Time};

/// A job as it is kept: what the API shows, and what it does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobRecord {
    /// What the API shows.
    pub content: JobWithSteps,
    /// Ties the job to the request that made it; the one thing that a search can find jobs by.
    pub correlation_id: String,
    /// Whether the sample world made it and nobody else has touched it since: only then may the world go on changing it.
    pub scenario: bool,
}

impl JobRecord {
    /// The same without its steps, as a plain list has it.
    pub fn without_steps(&self) -> Self {
        Self {
            content: JobWithSteps { job: self.content.job.clone(), steps: Vec::new() },
            correlation_id: self.correlation_id.clone(),
            scenario: self.scenario,
        }
    }
}

/// A record, and which state of it this is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// What was kept.
    pub record: JobRecord,
    /// Goes up with each save. A save that names an older one is refused.
    pub version: u64,
}

impl Stored {
    /// Which job this is, and which state of it.
    pub const fn known(&self) -> Known {
        Known { id: self.record.content.job.id, version: self.version }
    }
}

/// A job as somebody knows it: it may have moved on since.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Known {
    /// The job.
    pub id: JobId,
    /// The version that it was loaded as.
    pub version: u64,
}

/// The store itself failed; nothing was changed. The text is for the log, not for a client.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreError(pub String);

/// Why a save changed nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveError {
    /// Somebody else saved first (or the job is gone): load again, run the command again.
    Stale,
    /// The store failed.
    Store(StoreError),
}

/// A save that is on disk (for stores that have one).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    /// The version that the record has now.
    pub version: u64,
}

/// Keeps jobs, each with its steps, as one unit.
///
/// The futures are `Send` so that a server with threads can use any store.
pub trait Store: Send + Sync + 'static {
    /// The job of that id, or `None`.
    fn load(&self, id: JobId) -> impl Future<Output = Result<Option<Stored>, StoreError>> + Send;

    /// The job that has the step, or `None`: the API addresses steps without their job.
    fn load_by_step(&self, id: StepId) -> impl Future<Output = Result<Option<Stored>, StoreError>> + Send;

    /// All jobs that match, by start time ascending, then id, as engines list them. Steps are left empty unless asked for.
    fn list(&self, list: &List) -> impl Future<Output = Result<Vec<JobRecord>, StoreError>> + Send;

    /// Keeps a record, whole, in one transaction. `replaces` is the version it was loaded as; `None` for a new job.
    fn save(&self, record: &JobRecord, replaces: Option<u64>) -> impl Future<Output = Result<Saved, SaveError>> + Send;

    /// Deletes jobs with their steps, each only if it is still as it is known, and says how many those were.
    fn delete(&self, jobs: &[Known]) -> impl Future<Output = Result<usize, StoreError>> + Send;

    /// Another hold on this store, to read a long list page by page as it is sent. `None` for one whose jobs are all in
    /// memory anyway: its lists come at once.
    fn to_read_on(&self) -> Option<Self>
    where
        Self: Sized,
    {
        None
    }
}

/// Looks at jobs again, and gives those that are there and still as they are to be.
pub(super) async fn known_if<S: Store>(
    store: &S,
    ids: Vec<JobId>,
    holds: impl Fn(&JobRecord) -> bool,
) -> Result<Vec<Known>, StoreError> {
    let mut known = Vec::new();
    for id in ids {
        let stored = store.load(id).await?;
        known.extend(stored.filter(|stored| holds(&stored.record)).map(|stored| stored.known()));
    }
    Ok(known)
}

/// A store that several hold, such as an engine and a ticker.
impl<T: Store> Store for Arc<T> {
    fn load(&self, id: JobId) -> impl Future<Output = Result<Option<Stored>, StoreError>> + Send {
        T::load(self, id)
    }

    fn load_by_step(&self, id: StepId) -> impl Future<Output = Result<Option<Stored>, StoreError>> + Send {
        T::load_by_step(self, id)
    }

    fn list(&self, list: &List) -> impl Future<Output = Result<Vec<JobRecord>, StoreError>> + Send {
        T::list(self, list)
    }

    fn save(&self, record: &JobRecord, replaces: Option<u64>) -> impl Future<Output = Result<Saved, SaveError>> + Send {
        T::save(self, record, replaces)
    }

    fn delete(&self, jobs: &[Known]) -> impl Future<Output = Result<usize, StoreError>> + Send {
        T::delete(self, jobs)
    }
}

/// Which jobs to list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct List {
    /// Whether each comes with its steps.
    pub with_steps: bool,
    /// Only the first so many.
    pub max: Option<usize>,
    /// Only those that a search by correlation id finds.
    pub correlation: Option<Correlation>,
    /// Only those that come after this one in the order of lists.
    pub after: Option<ListPlace>,
    /// Only those that may be removed some time after their end.
    pub auto_cleared: bool,
}

/// Where a job stands in a list. A job never moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ListPlace {
    /// Those without one come first.
    pub start_time: Option<Time>,
    /// Decides between jobs that started at the same time.
    pub id: JobId,
}

impl ListPlace {
    /// The place of a job.
    pub const fn of(job: &Job) -> Self {
        Self { start_time: job.start_time, id: job.id }
    }
}

/// A search by correlation id: exact and case-sensitive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Correlation {
    /// `correlation_id = TEXT`
    Is(String),
    /// `correlation_id != TEXT`
    IsNot(String),
}

impl Correlation {
    /// Whether a search for it finds a job with that correlation id.
    pub fn matches(&self, correlation_id: &str) -> bool {
        match self {
            Self::Is(wanted) => wanted == correlation_id,
            Self::IsNot(unwanted) => unwanted != correlation_id,
        }
    }
}
