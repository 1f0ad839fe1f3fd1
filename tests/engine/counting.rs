//! A store that counts what it is asked for, and is read in pages as a database is.

use std::{
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
};

use task_monitor::{
    domain::{DiskId, JobId, StepId, VmId},
    engine::{
        JobRecord, Known, List, MemoryStore, SaveError, Saved, Store, StoreError, Stored,
        inventory::{Change, Disk, Host, Inventory, InventoryStore, Running, StorageDomain, Versioned, Vm},
    },
};

/// Counts questions; what changes something does not count.
#[derive(Clone)]
pub(crate) struct Counting {
    pub(crate) store: Arc<MemoryStore>,
    pub(crate) asked: Arc<AtomicUsize>,
}

impl Counting {
    fn ask(&self) -> &Arc<MemoryStore> {
        self.asked.fetch_add(1, Relaxed);
        &self.store
    }
}

impl Store for Counting {
    fn load(&self, id: JobId) -> impl Future<Output = Result<Option<Stored>, StoreError>> + Send {
        self.ask().load(id)
    }

    fn load_by_step(&self, id: StepId) -> impl Future<Output = Result<Option<Stored>, StoreError>> + Send {
        self.ask().load_by_step(id)
    }

    fn list(&self, list: &List) -> impl Future<Output = Result<Vec<JobRecord>, StoreError>> + Send {
        self.ask().list(list)
    }

    fn save(&self, record: &JobRecord, replaces: Option<u64>) -> impl Future<Output = Result<Saved, SaveError>> + Send {
        self.store.save(record, replaces)
    }

    fn delete(&self, jobs: &[Known]) -> impl Future<Output = Result<usize, StoreError>> + Send {
        self.store.delete(jobs)
    }

    fn to_read_on(&self) -> Option<Self> {
        Some(self.clone())
    }
}

impl InventoryStore for Counting {
    fn hosts(&self) -> impl Future<Output = Result<Vec<Host>, StoreError>> + Send {
        self.ask().hosts()
    }

    fn storage_domains(&self) -> impl Future<Output = Result<Vec<StorageDomain>, StoreError>> + Send {
        self.ask().storage_domains()
    }

    fn vms(&self) -> impl Future<Output = Result<Vec<Vm>, StoreError>> + Send {
        self.ask().vms()
    }

    fn vm(&self, id: VmId) -> impl Future<Output = Result<Option<Versioned<Vm>>, StoreError>> + Send {
        self.ask().vm(id)
    }

    fn disks(&self) -> impl Future<Output = Result<Vec<Disk>, StoreError>> + Send {
        self.ask().disks()
    }

    fn disk(&self, id: DiskId) -> impl Future<Output = Result<Option<Versioned<Disk>>, StoreError>> + Send {
        self.ask().disk(id)
    }

    fn running(&self) -> impl Future<Output = Result<Vec<Running>, StoreError>> + Send {
        self.ask().running()
    }

    fn commit(&self, change: &Change) -> impl Future<Output = Result<(), SaveError>> + Send {
        self.store.commit(change)
    }

    fn furnish(&self, inventory: &Inventory) -> impl Future<Output = Result<bool, StoreError>> + Send {
        self.store.furnish(inventory)
    }
}
