//! The store of jobs. Commands load a job with its steps, change it and save it; the rules never see the store.

mod error;
mod memory;

use std::{future::Future, sync::Arc};

use serde::{Deserialize, Serialize};

pub use error::{StoreError, StoreErrorKind};
pub use memory::MemoryStore;

use crate::domain::{Job, JobId, JobWithSteps, StepId, Time};

/// A stored job: what the API shows, and what it does not show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobRecord {
    /// What the API shows.
    pub content: JobWithSteps,
    /// The correlation id of the request that added the job; searches can find it.
    pub correlation_id: String,
    /// Whether the job belongs to the sample world and no client has changed it; only then may the sample world change it.
    pub scenario: bool,
}

impl JobRecord {
    /// The same job without its steps.
    pub fn without_steps(&self) -> Self {
        Self {
            content: JobWithSteps { job: self.content.job.clone(), steps: Vec::new() },
            correlation_id: self.correlation_id.clone(),
            scenario: self.scenario,
        }
    }
}

/// A record with its version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The record.
    pub record: JobRecord,
    /// Goes up with each save. A save that names an older version is refused.
    pub version: u64,
}

impl Stored {
    /// Id and version.
    pub const fn known(&self) -> KnownVersion {
        KnownVersion { id: self.record.content.job.id, version: self.version }
    }
}

/// The version of a job that a caller has loaded; the stored job may be newer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct KnownVersion {
    /// The job.
    pub id: JobId,
    /// The version that it was loaded as.
    pub version: u64,
}

/// Why a save changed nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveError {
    /// The job was changed or deleted since it was loaded: load it and try again.
    Stale,
    /// The store failed.
    Store(StoreError),
}

/// A completed save; durable if the store is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Saved {
    /// The record's new version.
    pub version: u64,
}

/// The state of all jobs with their steps. Two are equal only if no job and no step was changed in between, by any process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ListVersion(pub u128);

/// Stores jobs, each with its steps as one unit.
///
/// The futures are `Send`, so that a multi-threaded server can use any store.
pub trait Store: Send + Sync + 'static {
    /// The job with that id, or `None`.
    fn load(&self, id: JobId) -> impl Future<Output = Result<Option<Stored>, StoreError>> + Send;

    /// The job that contains the step, or `None`: the API addresses steps without their job.
    fn load_by_step(&self, id: StepId) -> impl Future<Output = Result<Option<Stored>, StoreError>> + Send;

    /// The jobs that match, ordered by start time and id, as an engine lists them.
    fn list(&self, list: &List) -> impl Future<Output = Result<Vec<JobRecord>, StoreError>> + Send;

    /// The version of what lists show, without reading jobs. What is listed after that has this version, or a newer one.
    fn list_version(&self) -> impl Future<Output = Result<ListVersion, StoreError>> + Send;

    /// Saves a record in one transaction. `replaces` is the version it was loaded as; `None` for a new job.
    fn save(&self, record: &JobRecord, replaces: Option<u64>) -> impl Future<Output = Result<Saved, SaveError>> + Send;

    /// Deletes jobs with their steps, each only if it still has the known version, and returns how many.
    fn delete(&self, jobs: &[KnownVersion]) -> impl Future<Output = Result<usize, StoreError>> + Send;

    /// Another handle of this store, to read one long list page by page. The pages show one state of the store, if the list is
    /// read fast enough; otherwise each shows the newest. `None` if all jobs are in memory: then a list is read
    /// at once.
    fn paging_handle(&self) -> Option<Self>
    where
        Self: Sized,
    {
        None
    }
}

/// Loads jobs again, and returns those that still match.
pub(super) async fn reload_matching<S: Store>(
    store: &S,
    ids: Vec<JobId>,
    matches: impl Fn(&JobRecord) -> bool,
) -> Result<Vec<KnownVersion>, StoreError> {
    let mut known = Vec::new();
    for id in ids {
        let stored = store.load(id).await?;
        known.extend(stored.filter(|stored| matches(&stored.record)).map(|stored| stored.known()));
    }
    Ok(known)
}

/// A shared store.
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

    fn list_version(&self) -> impl Future<Output = Result<ListVersion, StoreError>> + Send {
        T::list_version(self)
    }

    fn save(&self, record: &JobRecord, replaces: Option<u64>) -> impl Future<Output = Result<Saved, SaveError>> + Send {
        T::save(self, record, replaces)
    }

    fn delete(&self, jobs: &[KnownVersion]) -> impl Future<Output = Result<usize, StoreError>> + Send {
        T::delete(self, jobs)
    }
}

/// Which jobs to list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct List {
    /// Whether the steps are loaded too.
    pub with_steps: bool,
    /// Only the first `max`.
    pub max: Option<usize>,
    /// Only jobs with a matching correlation id.
    pub correlation: Option<Correlation>,
    /// Only jobs after this position.
    pub after: Option<ListPosition>,
    /// Only auto-cleared jobs.
    pub auto_cleared: bool,
}

/// The position of a job in a list. It never changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ListPosition {
    /// Jobs without a start time come first.
    pub start_time: Option<Time>,
    /// Decides between jobs with the same start time.
    pub id: JobId,
}

impl ListPosition {
    /// The position of a job.
    pub const fn of(job: &Job) -> Self {
        Self { start_time: job.start_time, id: job.id }
    }
}

/// A condition on the correlation id: exact and case-sensitive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Correlation {
    /// `correlation_id = TEXT`
    Is(String),
    /// `correlation_id != TEXT`
    IsNot(String),
}

impl Correlation {
    /// Whether that correlation id meets the condition.
    pub fn matches(&self, correlation_id: &str) -> bool {
        match self {
            Self::Is(wanted) => wanted == correlation_id,
            Self::IsNot(unwanted) => unwanted != correlation_id,
        }
    }
}
