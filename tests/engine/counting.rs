//! A store that counts its queries, and that is read in pages as a database is.

use std::{
    future::Future,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
};

use task_monitor::{
    domain::{Event, JobId, StepId, Time, VmId, event::EventId},
    engine::{
        Along, AnswerStore, Earlier, JobRecord, KeyedRequest, KnownVersion, List, ListVersion, MemoryStore, SaveError,
        Saved, SavedOnce, Store, StoreError, Stored,
        events::{EventList, EventStore, NewEvent},
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

    fn save_along(
        &self,
        record: &JobRecord,
        replaces: Option<u64>,
        along: &Along,
    ) -> impl Future<Output = Result<SavedOnce, SaveError>> + Send {
        self.store.save_along(record, replaces, along)
    }
}

impl EventStore for Counting {
    fn events(&self, list: &EventList) -> impl Future<Output = Result<Vec<Event>, StoreError>> + Send {
        self.query().events(list)
    }

    fn event(&self, id: EventId) -> impl Future<Output = Result<Option<Event>, StoreError>> + Send {
        self.query().event(id)
    }

    fn log(&self, events: &[NewEvent]) -> impl Future<Output = Result<(), StoreError>> + Send {
        self.store.log(events)
    }

    fn add_event(
        &self,
        event: &NewEvent,
        job: &JobRecord,
    ) -> impl Future<Output = Result<Option<EventId>, StoreError>> + Send {
        self.store.add_event(event, job)
    }

    fn latest_sample_event(&self) -> impl Future<Output = Result<Option<Time>, StoreError>> + Send {
        self.query().latest_sample_event()
    }

    fn log_sample(
        &self,
        events: &[NewEvent],
        latest: Option<Time>,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send {
        self.store.log_sample(events, latest)
    }

    fn forget_events(&self, before: Time) -> impl Future<Output = Result<usize, StoreError>> + Send {
        self.store.forget_events(before)
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
