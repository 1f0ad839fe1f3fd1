//! Queries for jobs, and who may run them.

use super::{
    Caller, Engine, Environment, Found, JobField, JobRecord, JobSearch, List, ListPosition, ListVersion, Store,
    StoreError,
};
use crate::domain::{Job, JobId, JobWithSteps, Step, StepId};

/// Why a query failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueryError {
    /// The caller may not run it.
    NotAllowed,
    /// The search contains words without a field.
    FreeText,
    /// The store failed.
    Store(StoreError),
}

impl From<StoreError> for QueryError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// A caller, and whether this request shows only the caller's own things.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    caller: &'a Caller,
    filtered: bool,
}

impl<'a> Reader<'a> {
    /// Filters as the request says; by default for everyone but admins (`ENGINE_API_FILTER_BY_DEFAULT`).
    pub fn new(caller: &'a Caller, filter: Option<bool>) -> Self {
        Self { caller, filtered: filter.unwrap_or(!caller.is_admin()) }
    }

    /// The caller.
    pub fn caller(self) -> &'a Caller {
        self.caller
    }

    /// Lists and steps are admins' queries: only for admins, and only unfiltered (`QueryType.java`).
    pub fn may_read_everything(self) -> Result<(), QueryError> {
        if self.caller.is_admin() && !self.filtered { Ok(()) } else { Err(QueryError::NotAllowed) }
    }

    /// A user's query: everybody may run it filtered, and admins unfiltered.
    pub fn may_read_own(self) -> Result<(), QueryError> {
        if self.filtered { Ok(()) } else { self.may_read_everything() }
    }

    /// Whether this request shows only the caller's own things.
    pub fn is_filtered(self) -> bool {
        self.filtered
    }

    /// Hosts and machines are users' queries: a filtered reader sees what their roles show.
    pub(super) fn sees_inventory(self) -> Result<bool, QueryError> {
        if self.filtered { Ok(self.caller.sees_inventory()) } else { self.may_read_everything().map(|()| true) }
    }

    /// One job is a user's query: a filtered reader sees their own.
    fn sees(self, job: &Job) -> Result<bool, QueryError> {
        if self.filtered {
            Ok(job.owner == Some(self.caller.user.id))
        } else {
            self.may_read_everything().map(|()| true)
        }
    }
}

impl<S: Store, E: Environment> Engine<S, E> {
    /// The jobs that a search finds, oldest first, at most `max`.
    pub async fn jobs(
        &self,
        reader: Reader<'_>,
        search: &JobSearch,
        max: Option<usize>,
        with_steps: bool,
    ) -> Result<Vec<JobRecord>, QueryError> {
        reader.may_read_everything()?;
        let found = match search {
            JobSearch::Everything => self.store.list(&List { with_steps, max, ..List::default() }).await?,
            JobSearch::Malformed => Vec::new(),
            JobSearch::FreeText => return Err(QueryError::FreeText),
            JobSearch::Query(query) => match query.single() {
                Some(wanted) => {
                    let correlation = Some(wanted);
                    self.store.list(&List { with_steps, max, correlation, ..List::default() }).await?
                }
                None => {
                    let records = self.store.list(&List { with_steps, ..List::default() }).await?;
                    query.select(records, max, |record, JobField::CorrelationId| Found::Text(&record.correlation_id))
                }
            },
        };
        Ok(if with_steps { found.into_iter().map(with_ordered_steps).collect() } else { found })
    }

    /// The same list, to be read page by page. `None` if that is not possible: the store has all jobs in memory, or the
    /// search must see all jobs first.
    pub fn pages(
        &self,
        reader: Reader<'_>,
        search: &JobSearch,
        max: Option<usize>,
        with_steps: bool,
    ) -> Result<Option<Pages<S>>, QueryError> {
        reader.may_read_everything()?;
        let correlation = match search {
            JobSearch::Everything => None,
            JobSearch::Query(query) => match query.single() {
                Some(wanted) => Some(wanted),
                None => return Ok(None),
            },
            JobSearch::Malformed | JobSearch::FreeText => return Ok(None),
        };
        let list = List { with_steps, max, correlation, ..List::default() };
        Ok(self.store.paging_handle().map(|store| Pages { store, list }))
    }

    /// The version of what [`Engine::jobs`] finds. It is refused as the list is. Ask for it before the list: then a change that
    /// comes between the two makes the list newer than its version, never older.
    pub async fn list_version(&self, reader: Reader<'_>, search: &JobSearch) -> Result<ListVersion, QueryError> {
        reader.may_read_everything()?;
        match search {
            JobSearch::FreeText => Err(QueryError::FreeText),
            JobSearch::Everything | JobSearch::Malformed | JobSearch::Query(_) => Ok(self.store.list_version().await?),
        }
    }

    /// One job with its steps; `None` if there is none, or if this reader does not see it.
    pub async fn job(&self, reader: Reader<'_>, id: JobId) -> Result<Option<JobWithSteps>, QueryError> {
        match self.store.load(id).await? {
            Some(stored) if reader.sees(&stored.record.content.job)? => {
                Ok(Some(with_ordered_steps(stored.record).content))
            }
            Some(_) | None => Ok(None),
        }
    }

    /// The steps of a job at every depth; none for an unknown job.
    pub async fn steps(&self, reader: Reader<'_>, id: JobId) -> Result<Vec<Step>, QueryError> {
        reader.may_read_everything()?;
        let stored = self.store.load(id).await?;
        Ok(stored.map(|stored| with_ordered_steps(stored.record).content.steps).unwrap_or_default())
    }

    /// One step of any job.
    pub async fn step(&self, reader: Reader<'_>, id: StepId) -> Result<Option<Step>, QueryError> {
        reader.may_read_everything()?;
        let stored = self.store.load_by_step(id).await?;
        Ok(stored.and_then(|stored| stored.record.content.steps.into_iter().find(|step| step.id == id)))
    }
}

/// The pages of a list that are still to be read. Each page is a query of its own; see [`Store::paging_handle`]. Each job is
/// shown as it is when its page is read, or before.
#[derive(Debug)]
pub struct Pages<S> {
    store: S,
    list: List,
}

impl<S: Store> Pages<S> {
    /// The size of a page.
    pub const JOBS: usize = 250;

    /// The next page, and the pages after it.
    pub async fn next(mut self) -> Result<(Vec<JobRecord>, Option<Self>), StoreError> {
        let left = self.list.max.unwrap_or(usize::MAX);
        let page = left.min(Self::JOBS);
        let records = self.store.list(&List { max: Some(page), ..self.list.clone() }).await?;
        let last = records.last().map(|record| ListPosition::of(&record.content.job));
        let more = records.len() == page && left > page;
        self.list.after = last.or(self.list.after);
        self.list.max = self.list.max.map(|max| max - page);
        let with_steps = self.list.with_steps;
        let records = if with_steps { records.into_iter().map(with_ordered_steps).collect() } else { records };
        Ok((records, more.then_some(self)))
    }
}

/// An engine lists steps by parent, steps without one first, then by number.
fn with_ordered_steps(mut record: JobRecord) -> JobRecord {
    record.content.steps.sort_by_key(|step| (step.parent, step.number));
    record
}
