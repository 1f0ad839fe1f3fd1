//! A store that counts its queries, and that is read in pages as a database is.

use std::{
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
};

use task_monitor::{
    domain::{JobId, StepId, Time, VmId},
    engine::{
        AnswerStore, Earlier, JobRecord, Keep, KeyedRequest, KnownVersion, List, ListVersion, MemoryStore, SaveError,
        Saved, SavedOnce, Store, StoreError, Stored,
        inventory::{Change, Host, Inventory, InventoryStore, RunningCommand, Versioned, Vm},
    },
};

/// Counts queries, but no changes.
#[derive(Clone)]
pub(crate) struct Counting {
    pub(crate) store: Arc<MemoryStore>,
    pub(crate) queries: Arc<AtomicUsize>,
}

impl Counting {
    fn query(&self) -> &Arc<MemoryStore> {
        self.queries.fetch_add(1, Relaxed);
        &self.store
    }
}

impl Store for Counting {
    fn load(&self, id: JobId) -> impl Future<Output = Result<Option<Stored>, StoreError>> + Send {
        self.query().load(id)
    }

    fn load_by_step(&self, id: StepId) -> impl Future<Output = Result<Option<Stored>, StoreError>> + Send {
        self.query().load_by_step(id)
    }

    fn list(&self, list: &List) -> impl Future<Output = Result<Vec<JobRecord>, StoreError>> + Send {
        self.query().list(list)
    }

    fn list_version(&self) -> impl Future<Output = Result<ListVersion, StoreError>> + Send {
        self.query().list_version()
    }

    fn save(&self, record: &JobRecord, replaces: Option<u64>) -> impl Future<Output = Result<Saved, SaveError>> + Send {
        self.store.save(record, replaces)
    }

    fn delete(&self, jobs: &[KnownVersion]) -> impl Future<Output = Result<usize, StoreError>> + Send {
        self.store.delete(jobs)
    }

    fn paging_handle(&self) -> Option<Self> {
        Some(self.clone())
    }
}

impl AnswerStore for Counting {
    fn earlier(&self, request: &KeyedRequest, now: Time) -> impl Future<Output = Result<Earlier, StoreError>> + Send {
        self.query().earlier(request, now)
    }

    fn save_and_keep(
        &self,
        record: &JobRecord,
        replaces: Option<u64>,
        keep: &Keep,
    ) -> impl Future<Output = Result<SavedOnce, SaveError>> + Send {
        self.store.save_and_keep(record, replaces, keep)
    }
}

impl InventoryStore for Counting {
    fn hosts(&self) -> impl Future<Output = Result<Vec<Host>, StoreError>> + Send {
        self.query().hosts()
    }

    fn vms(&self) -> impl Future<Output = Result<Vec<Vm>, StoreError>> + Send {
        self.query().vms()
    }

    fn vm(&self, id: VmId) -> impl Future<Output = Result<Option<Versioned<Vm>>, StoreError>> + Send {
        self.query().vm(id)
    }

    fn running(&self) -> impl Future<Output = Result<Vec<RunningCommand>, StoreError>> + Send {
        self.query().running()
    }

    fn commit(&self, change: &Change) -> impl Future<Output = Result<(), SaveError>> + Send {
        self.store.commit(change)
    }

    fn seed(&self, inventory: &Inventory) -> impl Future<Output = Result<bool, StoreError>> + Send {
        self.store.seed(inventory)
    }
}
