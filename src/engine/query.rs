//! What reads jobs, and who may.

use super::{Caller, Engine, Environment, JobRecord, List, ListPlace, Search, Store, StoreError};
use crate::domain::{Job, JobId, JobWithSteps, Step, StepId};

/// Why a query shows nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QueryError {
    /// The caller may not run it.
    NotAllowed,
    /// The search has words that no field can hold.
    FreeText,
    /// The store failed.
    Store(StoreError),
}

impl From<StoreError> for QueryError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

/// A caller, and whether this request shows the caller only what is theirs.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    caller: &'a Caller,
    filtered: bool,
}

impl<'a> Reader<'a> {
    /// Filters as asked; unasked, for everyone but admins (`ENGINE_API_FILTER_BY_DEFAULT`).
    pub fn new(caller: &'a Caller, filter: Option<bool>) -> Self {
        Self { caller, filtered: filter.unwrap_or(!caller.is_admin()) }
    }

    /// Who asks.
    pub fn caller(self) -> &'a Caller {
        self.caller
    }

    /// Lists and steps are admins' queries: not for others, and not for admins who filter (`QueryType.java`).
    pub fn may_read_everything(self) -> Result<(), QueryError> {
        if self.caller.is_admin() && !self.filtered { Ok(()) } else { Err(QueryError::NotAllowed) }
    }

    /// A user's query that everybody may run, but for those who ask for more than is theirs.
    pub fn may_read_own(self) -> Result<(), QueryError> {
        if self.filtered { Ok(()) } else { self.may_read_everything() }
    }

    /// Whether this request shows the caller only what is theirs.
    pub fn is_filtered(self) -> bool {
        self.filtered
    }

    /// Machines, hosts and disks are users' queries: those who filter see what their roles show. To see everything, unfiltered,
    /// is for admins.
    pub(super) fn sees_inventory(self) -> Result<bool, QueryError> {
        if self.filtered { Ok(self.caller.sees_inventory()) } else { self.may_read_everything().map(|()| true) }
    }

    /// One job is a user's query: those who filter see their own.
    fn sees(self, job: &Job) -> Result<bool, QueryError> {
        if self.filtered {
            Ok(job.owner == Some(self.caller.user.id))
        } else {
            self.may_read_everything().map(|()| true)
        }
    }
}

impl<S: Store, E: Environment> Engine<S, E> {
    /// All jobs that a search finds, oldest first, at most so many; with their steps if asked.
    pub async fn jobs(
        &self,
        reader: Reader<'_>,
        search: &Search,
        max: Option<usize>,
        with_steps: bool,
    ) -> Result<Vec<JobRecord>, QueryError> {
        reader.may_read_everything()?;
        let found = match search {
            Search::Everything => self.store.list(&List { with_steps, max, ..List::default() }).await?,
            Search::Malformed => Vec::new(),
            Search::FreeText => return Err(QueryError::FreeText),
            Search::Query(query) => match query.single() {
                Some(wanted) => {
                    let correlation = Some(wanted.clone());
                    self.store.list(&List { with_steps, max, correlation, ..List::default() }).await?
                }
                None => query.select(self.store.list(&List { with_steps, ..List::default() }).await?, max),
            },
        };
        Ok(if with_steps { found.into_iter().map(with_ordered_steps).collect() } else { found })
    }

    /// The same list, to be read page by page; `None` where it can only be had at once: when the store has it in memory,
    /// or when the search has to see all jobs before it knows the first.
    pub fn pages(
        &self,
        reader: Reader<'_>,
        search: &Search,
        max: Option<usize>,
        with_steps: bool,
    ) -> Result<Option<Pages<S>>, QueryError> {
        reader.may_read_everything()?;
        let correlation = match search {
            Search::Everything => None,
            Search::Query(query) => match query.single() {
                Some(wanted) => Some(wanted.clone()),
                None => return Ok(None),
            },
            Search::Malformed | Search::FreeText => return Ok(None),
        };
        let list = List { with_steps, max, correlation, ..List::default() };
        Ok(self.store.to_read_on().map(|store| Pages { store, list }))
    }

    /// One job, with its steps; `None` when it is gone or not for this reader.
    pub async fn job(&self, reader: Reader<'_>, id: JobId) -> Result<Option<JobWithSteps>, QueryError> {
        match self.store.load(id).await? {
            Some(stored) if reader.sees(&stored.record.content.job)? => {
                Ok(Some(with_ordered_steps(stored.record).content))
            }
            Some(_) | None => Ok(None),
        }
    }

    /// The steps of a job, at every depth; none for a job that is gone.
    pub async fn steps(&self, reader: Reader<'_>, id: JobId) -> Result<Vec<Step>, QueryError> {
        reader.may_read_everything()?;
        let stored = self.store.load(id).await?;
        Ok(stored.map(|stored| with_ordered_steps(stored.record).content.steps).unwrap_or_default())
    }

    /// One step, whichever job it belongs to.
    pub async fn step(&self, reader: Reader<'_>, id: StepId) -> Result<Option<Step>, QueryError> {
        reader.may_read_everything()?;
        let stored = self.store.load_by_step(id).await?;
        Ok(stored.and_then(|stored| stored.record.content.steps.into_iter().find(|step| step.id == id)))
    }
}

/// What is still to come of a list. Each page is read by itself, so that a slow reader keeps nobody waiting; a job shows
/// itself as it is at that moment.
#[derive(Debug)]
pub struct Pages<S> {
    store: S,
    list: List,
}

impl<S: Store> Pages<S> {
    /// So many jobs are in memory at a time.
    pub const JOBS: usize = 250;

    /// The next jobs, and what comes after them.
    pub async fn next(mut self) -> Result<(Vec<JobRecord>, Option<Self>), StoreError> {
        let left = self.list.max.unwrap_or(usize::MAX);
        let page = left.min(Self::JOBS);
        let records = self.store.list(&List { max: Some(page), ..self.list.clone() }).await?;
        let last = records.last().map(|record| ListPlace::of(&record.content.job));
        let more = records.len() == page && left > page;
        self.list.after = last.or(self.list.after);
        self.list.max = self.list.max.map(|max| max - page);
        let with_steps = self.list.with_steps;
        let records = if with_steps { records.into_iter().map(with_ordered_steps).collect() } else { records };
        Ok((records, more.then_some(self)))
    }
}

/// Engines list steps by parent, those without one first, and then by number.
fn with_ordered_steps(mut record: JobRecord) -> JobRecord {
    record.content.steps.sort_by_key(|step| (step.parent, step.number));
    record
}
