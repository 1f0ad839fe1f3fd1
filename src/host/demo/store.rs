//! The demo's store. All jobs are in memory. Jobs that a user added or changed are also in the browser's storage, where other tabs
//! read them.

use std::{
    collections::HashMap,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use chrono::TimeDelta;

use super::{
    entries::{self, Blocked, Entry, StoredJob},
    environment::DemoEnvironment,
    events::SeenEvents,
};
use crate::{
    domain::{JobId, StepId, Time, VmId},
    engine::{
        Along, AnswerStore, Earlier, Environment, JobRecord, KeyedRequest, KnownVersion, List, ListVersion,
        MemoryStore, SaveError, Saved, SavedOnce, Store, StoreError, Stored,
        inventory::{Change, Host, Inventory, InventoryStore, RunningCommand, Versioned, Vm},
    },
};

/// How long the removal of a job of the sample world is remembered. The sample world adds no job that is older.
const REMEMBERED: TimeDelta = TimeDelta::hours(24);

/// Jobs in memory and in the browser's storage.
#[derive(Debug, Default)]
pub(super) struct SharedStore {
    pub(super) memory: MemoryStore,
    /// The entries as this tab last read or wrote them.
    seen: Mutex<HashMap<JobId, Seen>>,
    pub(super) seen_events: SeenEvents,
    blocked: AtomicBool,
    written: AtomicBool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Seen {
    text: String,
    version: u64,
    gone: bool,
}

impl SharedStore {
    /// Whether jobs are in memory only. This stays so until a reset, because half of the jobs on disk would be of no use.
    pub(super) fn is_blocked(&self) -> bool {
        self.blocked.load(Ordering::Relaxed)
    }

    /// Reads from the browser's storage, if there is one.
    pub(super) fn with_storage<T>(&self, work: impl FnOnce() -> Result<T, Blocked>) -> Option<T> {
        if self.is_blocked() {
            return None;
        }
        let done = work();
        self.blocked.store(done.is_err(), Ordering::Relaxed);
        done.ok()
    }

    /// Whether anything was written since the last call.
    pub(super) fn take_written(&self) -> bool {
        self.written.swap(false, Ordering::Relaxed)
    }

    /// Writes to the browser's storage, or removes from it. Returns whether that was possible.
    pub(super) fn write_storage(&self, work: impl FnOnce() -> Result<(), Blocked>) -> bool {
        self.written.store(true, Ordering::Relaxed);
        self.with_storage(work).is_some()
    }

    /// Removes all entries from the browser's storage. If storage was blocked, this tries again: there may be room now.
    pub(super) fn clear(&self) {
        self.blocked.store(false, Ordering::Relaxed);
        self.write_storage(entries::clear);
    }

    /// Removes all jobs from memory.
    pub(super) fn forget(&self) {
        self.seen().clear();
        self.seen_events.clear();
        self.memory.clear();
    }

    /// Reads what other tabs wrote since the last call.
    pub(super) async fn catch_up(&self) -> Result<(), StoreError> {
        let Some(mut ids) = self.with_storage(entries::jobs) else { return Ok(()) };
        // Removed jobs have no entry any more.
        ids.extend(self.seen().keys());
        for id in ids {
            self.import(id).await?;
        }
        self.import_events().await
    }

    /// Reads one job if its entry has changed. Returns whether it has.
    async fn import(&self, id: JobId) -> Result<bool, StoreError> {
        let Some(text) = self.with_storage(|| entries::read(&entries::name(id))) else { return Ok(false) };
        if self.seen().get(&id).map(|seen| &seen.text) == text.as_ref() {
            return Ok(false);
        }
        let entry = text.as_deref().and_then(|text| Entry::parse(id, text));
        self.remember(id, text.unwrap_or_default(), entry.as_ref());
        match entry.map(|entry| entry.kept) {
            Some(StoredJob::Job(record)) => self.put(&record).await?,
            Some(StoredJob::Gone(since)) => {
                if let Some(stored) = self.memory.load(id).await? {
                    self.memory.delete(&[stored.known()]).await?;
                }
                self.forget_old_removal(id, DemoEnvironment.now() - since);
            }
            None => self.remove_imported(id).await?,
        }
        Ok(true)
    }

    fn remember(&self, id: JobId, text: String, entry: Option<&Entry>) {
        if text.is_empty() {
            self.seen().remove(&id);
            return;
        }
        let version = entry.map_or(0, |entry| entry.version);
        let gone = entry.is_some_and(|entry| matches!(entry.kept, StoredJob::Gone(_)));
        self.seen().insert(id, Seen { text, version, gone });
    }

    async fn put(&self, record: &JobRecord) -> Result<(), StoreError> {
        let known = self.memory.load(record.content.job.id).await?;
        match self.memory.save(record, known.map(|known| known.version)).await {
            // No other writer can change this tab's memory in between.
            Ok(_) | Err(SaveError::Stale) => Ok(()),
            Err(SaveError::Store(error)) => Err(error),
        }
    }

    /// Another tab removed the entry. Jobs of the sample world stay.
    async fn remove_imported(&self, id: JobId) -> Result<(), StoreError> {
        match self.memory.load(id).await? {
            Some(stored) if !stored.record.scenario => self.memory.delete(&[stored.known()]).await.map(drop),
            Some(_) | None => Ok(()),
        }
    }

    fn forget_old_removal(&self, id: JobId, age: TimeDelta) {
        if age > REMEMBERED {
            self.seen().remove(&id);
            self.write_storage(|| entries::remove(&entries::name(id)));
        }
    }

    /// Writes the new state of a job to the browser's storage.
    pub(super) fn store_entry(&self, id: JobId, kept: StoredJob) {
        let version = self.seen().get(&id).map_or(0, |seen| seen.version) + 1;
        let entry = Entry { version, kept };
        // A record can always be written as JSON.
        let Ok(text) = serde_json::to_string(&entry) else { return };
        if self.write_storage(|| entries::write(&entries::name(id), &text)) {
            self.remember(id, text, Some(&entry));
        }
    }

    fn store_removal(&self, id: JobId) {
        // A UUID of version 8 is a job of the sample world, which would add it again.
        if id.uuid().get_version_num() == 8 {
            self.store_entry(id, StoredJob::Gone(DemoEnvironment.now()));
        } else if self.write_storage(|| entries::remove(&entries::name(id))) {
            self.seen().remove(&id);
        }
    }

    fn is_removed(&self, id: JobId) -> bool {
        self.seen().get(&id).is_some_and(|seen| seen.gone)
    }

    fn seen(&self) -> MutexGuard<'_, HashMap<JobId, Seen>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Store for SharedStore {
    async fn load(&self, id: JobId) -> Result<Option<Stored>, StoreError> {
        self.memory.load(id).await
    }

    async fn load_by_step(&self, id: StepId) -> Result<Option<Stored>, StoreError> {
        self.memory.load_by_step(id).await
    }

    async fn list(&self, list: &List) -> Result<Vec<JobRecord>, StoreError> {
        self.memory.list(list).await
    }

    async fn list_version(&self) -> Result<ListVersion, StoreError> {
        self.memory.list_version().await
    }

    /// Also refuses a job that another tab has changed after it was loaded here. That is possible only without locks.
    async fn save(&self, record: &JobRecord, replaces: Option<u64>) -> Result<Saved, SaveError> {
        let id = record.content.job.id;
        let changed = self.import(id).await.map_err(SaveError::Store)?;
        if changed || (record.scenario && self.is_removed(id)) {
            return Err(SaveError::Stale);
        }
        let saved = self.memory.save(record, replaces).await?;
        if !record.scenario {
            self.store_entry(id, StoredJob::Job(record.clone()));
        }
        Ok(saved)
    }

    /// Also leaves jobs that another tab has changed after they were loaded here.
    async fn delete(&self, jobs: &[KnownVersion]) -> Result<usize, StoreError> {
        let mut deleted = 0;
        for known in jobs {
            if self.import(known.id).await? {
                continue;
            }
            let stored = self.memory.load(known.id).await?.filter(|stored| stored.version == known.version);
            if stored.is_some_and(|stored| !stored.record.scenario) {
                self.store_removal(known.id);
            }
            deleted += self.memory.delete(&[*known]).await?;
        }
        Ok(deleted)
    }
}

/// Answers are kept in this tab's memory only: the page repeats a request in the tab that sent it.
impl AnswerStore for SharedStore {
    async fn earlier(&self, request: &KeyedRequest, now: Time) -> Result<Earlier, StoreError> {
        self.memory.earlier(request, now).await
    }

    async fn save_along(
        &self,
        record: &JobRecord,
        replaces: Option<u64>,
        along: &Along,
    ) -> Result<SavedOnce, SaveError> {
        let id = record.content.job.id;
        if self.import(id).await.map_err(SaveError::Store)? {
            return Err(SaveError::Stale);
        }
        let saved = self.memory.save_along(record, replaces, along).await?;
        if matches!(saved, SavedOnce::Saved(_)) {
            self.store_entry(id, StoredJob::Job(record.clone()));
            self.store_events(&along.events);
        }
        Ok(saved)
    }
}

/// Hosts, machines, commands on them, and the jobs and events of these commands are in this tab's memory only: the page cannot start such
/// commands. An external job that such a command joins is stored as other external jobs are.
impl InventoryStore for SharedStore {
    async fn hosts(&self) -> Result<Vec<Host>, StoreError> {
        self.memory.hosts().await
    }

    async fn vms(&self) -> Result<Vec<Vm>, StoreError> {
        self.memory.vms().await
    }

    async fn vm(&self, id: VmId) -> Result<Option<Versioned<Vm>>, StoreError> {
        self.memory.vm(id).await
    }

    async fn running(&self) -> Result<Vec<RunningCommand>, StoreError> {
        self.memory.running().await
    }

    async fn commit(&self, change: &Change) -> Result<(), SaveError> {
        let external = change.job.as_ref().map(|job| &job.record).filter(|record| record.content.job.external);
        if let Some(record) = external
            && self.import(record.content.job.id).await.map_err(SaveError::Store)?
        {
            return Err(SaveError::Stale);
        }
        self.memory.commit(change).await?;
        if let Some(record) = external {
            self.store_entry(record.content.job.id, StoredJob::Job(record.clone()));
        }
        Ok(())
    }

    async fn seed(&self, inventory: &Inventory) -> Result<bool, StoreError> {
        self.memory.seed(inventory).await
    }
}
