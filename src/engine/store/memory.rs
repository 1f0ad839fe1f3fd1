//! A store in memory, for the demo and for tests. Jobs are here; kept answers are in [`answers`], events in [`events`], hosts
//! and machines in [`inventory`].

mod answers;
mod events;
mod inventory;

use std::{
    collections::{BTreeSet, HashMap},
    future::{Future, ready},
    ops::Bound,
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::{JobRecord, KnownVersion, List, ListPosition, ListVersion, SaveError, Saved, Store, StoreError, Stored};
use crate::domain::{JobId, StepId};

/// Keeps jobs for as long as it lives.
#[derive(Debug, Default)]
pub struct MemoryStore(Mutex<Tables>);

impl MemoryStore {
    /// A store with these records; of several with the same id, the last.
    pub fn of(records: impl IntoIterator<Item = JobRecord>) -> Self {
        let mut tables = Tables::default();
        for record in records {
            tables.put(record);
        }
        Self(Mutex::new(tables))
    }

    /// Removes everything. Version numbers go on, so that no new record has the version of an old one.
    pub fn clear(&self) {
        let mut tables = self.tables();
        *tables = Tables { version: tables.version + 1, events: tables.events.cleared(), ..Tables::default() };
    }

    /// Ignores poisoning: no change of the tables can panic half-way.
    fn tables(&self) -> MutexGuard<'_, Tables> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for MemoryStore {
    fn load(&self, id: JobId) -> impl Future<Output = Result<Option<Stored>, StoreError>> + Send {
        ready(Ok(self.tables().jobs.get(&id).cloned()))
    }

    fn load_by_step(&self, id: StepId) -> impl Future<Output = Result<Option<Stored>, StoreError>> + Send {
        let tables = self.tables();
        ready(Ok(tables.job_of.get(&id).and_then(|job| tables.jobs.get(job)).cloned()))
    }

    fn list(&self, list: &List) -> impl Future<Output = Result<Vec<JobRecord>, StoreError>> + Send {
        ready(Ok(self.tables().list(list)))
    }

    fn list_version(&self) -> impl Future<Output = Result<ListVersion, StoreError>> + Send {
        ready(Ok(ListVersion(self.tables().version.into())))
    }

    fn save(&self, record: &JobRecord, replaces: Option<u64>) -> impl Future<Output = Result<Saved, SaveError>> + Send {
        ready(self.tables().save(record, replaces))
    }

    fn delete(&self, jobs: &[KnownVersion]) -> impl Future<Output = Result<usize, StoreError>> + Send {
        let mut tables = self.tables();
        ready(Ok(jobs.iter().filter(|known| tables.delete(**known)).count()))
    }
}

/// The jobs, and two indexes.
#[derive(Debug, Default)]
struct Tables {
    jobs: HashMap<JobId, Stored>,
    by_start: BTreeSet<ListPosition>,
    job_of: HashMap<StepId, JobId>,
    /// Goes up with each change of a job. One counter for all jobs, so that a job that is deleted and made again gets a new
    /// version.
    version: u64,
    inventory: inventory::InventoryTables,
    answers: answers::AnswerTable,
    events: events::EventTable,
}

impl Tables {
    fn list(&self, list: &List) -> Vec<JobRecord> {
        let after = list.after.map_or(Bound::Unbounded, Bound::Excluded);
        self.by_start
            .range((after, Bound::Unbounded))
            .filter_map(|position| self.jobs.get(&position.id))
            .filter(|stored| stored.record.content.job.auto_cleared || !list.auto_cleared)
            .filter(|stored| {
                list.correlation.as_ref().is_none_or(|wanted| wanted.matches(&stored.record.correlation_id))
            })
            .take(list.max.unwrap_or(usize::MAX))
            .map(|stored| if list.with_steps { stored.record.clone() } else { stored.record.without_steps() })
            .collect()
    }

    fn save(&mut self, record: &JobRecord, replaces: Option<u64>) -> Result<Saved, SaveError> {
        if !self.is_current(record, replaces) {
            return Err(SaveError::Stale);
        }
        Ok(Saved { version: self.put(record.clone()) })
    }

    fn delete(&mut self, known: KnownVersion) -> bool {
        let is_current = self.jobs.get(&known.id).is_some_and(|stored| stored.version == known.version);
        is_current && self.take(known.id).is_some()
    }

    fn is_current(&self, record: &JobRecord, replaces: Option<u64>) -> bool {
        self.jobs.get(&record.content.job.id).map(|stored| stored.version) == replaces
    }

    fn put(&mut self, record: JobRecord) -> u64 {
        let id = record.content.job.id;
        self.take(id);
        self.version += 1;
        self.by_start.insert(ListPosition::of(&record.content.job));
        self.job_of.extend(record.content.steps.iter().map(|step| (step.id, id)));
        self.jobs.insert(id, Stored { record, version: self.version });
        self.version
    }

    fn take(&mut self, id: JobId) -> Option<Stored> {
        let stored = self.jobs.remove(&id)?;
        self.version += 1;
        self.by_start.remove(&ListPosition::of(&stored.record.content.job));
        for step in &stored.record.content.steps {
            self.job_of.remove(&step.id);
        }
        Some(stored)
    }
}
