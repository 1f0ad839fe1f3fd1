//! The demo's store. All jobs are in memory; those that somebody made or changed are in the browser's storage too, where
//! other tabs find them.

use std::{
    collections::HashMap,
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
};

use chrono::TimeDelta;

use super::{
    environment::DemoEnvironment,
    shelf::{self, Blocked, Entry, Kept},
};
use crate::{
    domain::{JobId, StepId, VmId},
    engine::{
        Environment, JobRecord, KnownVersion, List, MemoryStore, SaveError, Saved, Store, StoreError, Stored,
        inventory::{Change, Host, Inventory, InventoryStore, RunningCommand, Versioned, Vm},
    },
};

/// How long it is remembered that one of the world's jobs is gone: longer than the world speaks of any job.
const REMEMBERED: TimeDelta = TimeDelta::hours(24);

/// Jobs in memory and in the browser's storage.
#[derive(Debug, Default)]
pub(super) struct SharedStore {
    memory: MemoryStore,
    /// What the entries said when they were last read or written here.
    seen: Mutex<HashMap<JobId, Seen>>,
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
    /// Whether there is memory only. Once so, it stays so: half a world on disk helps nobody.
    pub(super) fn is_blocked(&self) -> bool {
        self.blocked.load(Ordering::Relaxed)
    }

    /// Reads from the browser's storage, if there is one.
    pub(super) fn shelf<T>(&self, work: impl FnOnce() -> Result<T, Blocked>) -> Option<T> {
        if self.is_blocked() {
            return None;
        }
        let done = work();
        self.blocked.store(done.is_err(), Ordering::Relaxed);
        done.ok()
    }

    /// Whether anything was written since the last time that this was asked.
    pub(super) fn take_written(&self) -> bool {
        self.written.swap(false, Ordering::Relaxed)
    }

    /// Writes to the browser's storage, or removes from it.
    pub(super) fn change_shelf(&self, work: impl FnOnce() -> Result<(), Blocked>) -> bool {
        self.written.store(true, Ordering::Relaxed);
        self.shelf(work).is_some()
    }

    /// Removes what is in the browser's storage. Whether that can be written is found out anew: there may be room now.
    pub(super) fn clear(&self) {
        self.blocked.store(false, Ordering::Relaxed);
        self.change_shelf(shelf::clear);
    }

    /// Forgets what is in memory.
    pub(super) fn forget(&self) {
        self.seen().clear();
        self.memory.clear();
    }

    /// Takes over what other tabs wrote since the last time.
    pub(super) async fn catch_up(&self) -> Result<(), StoreError> {
        let Some(mut ids) = self.shelf(shelf::jobs) else { return Ok(()) };
        // Those that were removed have no entry any more.
        ids.extend(self.seen().keys());
        for id in ids {
            self.take_over(id).await?;
        }
        Ok(())
    }

    /// Takes over one job if its entry is not as it was seen last; says whether that was so.
    async fn take_over(&self, id: JobId) -> Result<bool, StoreError> {
        let Some(text) = self.shelf(|| shelf::read(&shelf::name(id))) else { return Ok(false) };
        if self.seen().get(&id).map(|seen| &seen.text) == text.as_ref() {
            return Ok(false);
        }
        let entry = text.as_deref().and_then(|text| Entry::parse(id, text));
        self.note(id, text.unwrap_or_default(), entry.as_ref());
        match entry.map(|entry| entry.kept) {
            Some(Kept::Job(record)) => self.put(&record).await?,
            Some(Kept::Gone(since)) => {
                if let Some(stored) = self.memory.load(id).await? {
                    self.memory.delete(&[stored.known()]).await?;
                }
                self.forget_gone(id, DemoEnvironment.now() - since);
            }
            None => self.drop_made(id).await?,
        }
        Ok(true)
    }

    fn note(&self, id: JobId, text: String, entry: Option<&Entry>) {
        if text.is_empty() {
            self.seen().remove(&id);
            return;
        }
        let version = entry.map_or(0, |entry| entry.version);
        let gone = entry.is_some_and(|entry| matches!(entry.kept, Kept::Gone(_)));
        self.seen().insert(id, Seen { text, version, gone });
    }

    async fn put(&self, record: &JobRecord) -> Result<(), StoreError> {
        let known = self.memory.load(record.content.job.id).await?;
        match self.memory.save(record, known.map(|known| known.version)).await {
            // Nobody else writes to this tab's memory in between.
            Ok(_) | Err(SaveError::Stale) => Ok(()),
            Err(SaveError::Store(error)) => Err(error),
        }
    }

    /// An entry that went leaves the world's own jobs alone.
    async fn drop_made(&self, id: JobId) -> Result<(), StoreError> {
        match self.memory.load(id).await? {
            Some(stored) if !stored.record.scenario => self.memory.delete(&[stored.known()]).await.map(drop),
            Some(_) | None => Ok(()),
        }
    }

    fn forget_gone(&self, id: JobId, age: TimeDelta) {
        if age > REMEMBERED {
            self.seen().remove(&id);
            self.change_shelf(|| shelf::remove(&shelf::name(id)));
        }
    }

    /// Writes what is true of a job from now on.
    fn keep(&self, id: JobId, kept: Kept) {
        let version = self.seen().get(&id).map_or(0, |seen| seen.version) + 1;
        let entry = Entry { version, kept };
        // Of what was read from JSON, everything can be written as JSON.
        let Ok(text) = serde_json::to_string(&entry) else { return };
        if self.change_shelf(|| shelf::write(&shelf::name(id), &text)) {
            self.note(id, text, Some(&entry));
        }
    }

    fn keep_removal(&self, id: JobId) {
        // Version 8: the world made it up, and would again.
        if id.uuid().get_version_num() == 8 {
            self.keep(id, Kept::Gone(DemoEnvironment.now()));
        } else if self.change_shelf(|| shelf::remove(&shelf::name(id))) {
            self.seen().remove(&id);
        }
    }

    fn is_gone(&self, id: JobId) -> bool {
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

    /// Refuses, too, what another tab changed after it was loaded here: possible only where there are no locks.
    async fn save(&self, record: &JobRecord, replaces: Option<u64>) -> Result<Saved, SaveError> {
        let id = record.content.job.id;
        let changed = self.take_over(id).await.map_err(SaveError::Store)?;
        if changed || (record.scenario && self.is_gone(id)) {
            return Err(SaveError::Stale);
        }
        let saved = self.memory.save(record, replaces).await?;
        if !record.scenario {
            self.keep(id, Kept::Job(record.clone()));
        }
        Ok(saved)
    }

    /// Leaves alone, too, what another tab changed after it was loaded here.
    async fn delete(&self, jobs: &[KnownVersion]) -> Result<usize, StoreError> {
        let mut deleted = 0;
        for known in jobs {
            if self.take_over(known.id).await? {
                continue;
            }
            let stored = self.memory.load(known.id).await?.filter(|stored| stored.version == known.version);
            if stored.is_some_and(|stored| !stored.record.scenario) {
                self.keep_removal(known.id);
            }
            deleted += self.memory.delete(&[*known]).await?;
        }
        Ok(deleted)
    }
}

/// Hosts and machines are in this tab's memory only, and so are the commands on them and the jobs that show those; the
/// page has no way to ask for any. An external job that such a command joins is kept as others are.
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
            && self.take_over(record.content.job.id).await.map_err(SaveError::Store)?
        {
            return Err(SaveError::Stale);
        }
        self.memory.commit(change).await?;
        if let Some(record) = external {
            self.keep(record.content.job.id, Kept::Job(record.clone()));
        }
        Ok(())
    }

    async fn seed(&self, inventory: &Inventory) -> Result<bool, StoreError> {
        self.memory.seed(inventory).await
    }
}
