//! A store in memory: for the demo and for tests. Jobs are here, the inventory in a part of its own.

mod inventory;

use std::{
    collections::{BTreeSet, HashMap},
    future::{Future, ready},
    ops::Bound,
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::{JobRecord, Known, List, ListPlace, SaveError, Saved, Store, StoreError, Stored};
use crate::domain::{JobId, StepId};

/// Keeps jobs for as long as it lives.
#[derive(Debug, Default)]
pub struct MemoryStore(Mutex<Shelves>);

impl MemoryStore {
    /// A store that holds these; of records with the same id, the last.
    pub fn of(records: impl IntoIterator<Item = JobRecord>) -> Self {
        let mut shelves = Shelves::default();
        for record in records {
            shelves.put(record);
        }
        Self(Mutex::new(shelves))
    }

    /// Forgets everything. Versions go on, so that nobody takes what comes for what was.
    pub fn clear(&self) {
        let mut shelves = self.shelves();
        *shelves = Shelves { version: shelves.version, ..Shelves::default() };
    }

    /// A poisoned lock is taken all the same: shelves change in steps that cannot panic half-way.
    fn shelves(&self) -> MutexGuard<'_, Shelves> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for MemoryStore {
    fn load(&self, id: JobId) -> impl Future<Output = Result<Option<Stored>, StoreError>> + Send {
        ready(Ok(self.shelves().jobs.get(&id).cloned()))
    }

    fn load_by_step(&self, id: StepId) -> impl Future<Output = Result<Option<Stored>, StoreError>> + Send {
        let shelves = self.shelves();
        ready(Ok(shelves.job_of.get(&id).and_then(|job| shelves.jobs.get(job)).cloned()))
    }

    fn list(&self, list: &List) -> impl Future<Output = Result<Vec<JobRecord>, StoreError>> + Send {
        ready(Ok(self.shelves().list(list)))
    }

    fn save(&self, record: &JobRecord, replaces: Option<u64>) -> impl Future<Output = Result<Saved, SaveError>> + Send {
        ready(self.shelves().save(record, replaces))
    }

    fn delete(&self, jobs: &[Known]) -> impl Future<Output = Result<usize, StoreError>> + Send {
        let mut shelves = self.shelves();
        ready(Ok(jobs.iter().filter(|known| shelves.delete(**known)).count()))
    }
}

/// The jobs, and two ways to find them.
#[derive(Debug, Default)]
struct Shelves {
    jobs: HashMap<JobId, Stored>,
    by_start: BTreeSet<ListPlace>,
    job_of: HashMap<StepId, JobId>,
    /// The last version given out. One count for all, so that a job that was deleted and made again has no old version.
    version: u64,
    warehouse: inventory::Warehouse,
}

impl Shelves {
    fn list(&self, list: &List) -> Vec<JobRecord> {
        let after = list.after.map_or(Bound::Unbounded, Bound::Excluded);
        self.by_start
            .range((after, Bound::Unbounded))
            .filter_map(|place| self.jobs.get(&place.id))
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

    fn delete(&mut self, known: Known) -> bool {
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
        self.by_start.insert(ListPlace::of(&record.content.job));
        self.job_of.extend(record.content.steps.iter().map(|step| (step.id, id)));
        self.jobs.insert(id, Stored { record, version: self.version });
        self.version
    }

    fn take(&mut self, id: JobId) -> Option<Stored> {
        let stored = self.jobs.remove(&id)?;
        self.by_start.remove(&ListPlace::of(&stored.record.content.job));
        for step in &stored.record.content.steps {
            self.job_of.remove(&step.id);
        }
        Some(stored)
    }
}
