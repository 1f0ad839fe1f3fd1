//! Events of the demo. All are in memory, as many as there is room for. Those that users caused are also in the browser's
//! storage, where other tabs read them; only the newest stay there.

use std::{
    collections::HashSet,
    sync::{Mutex, MutexGuard, PoisonError},
};

use super::{
    entries::{self, StoredJob},
    environment::DemoEnvironment,
    store::SharedStore,
};
use crate::{
    domain::{Event, Time, event::EventId},
    engine::{
        Environment, JobRecord, StoreError,
        events::{EventList, EventStore, NewEvent},
    },
};

/// How many events stay in the browser's storage.
const MOST: usize = 200;

/// The names of the entries that this tab has read or written.
#[derive(Debug, Default)]
pub(super) struct SeenEvents(Mutex<HashSet<String>>);

impl SeenEvents {
    /// Forgets all.
    pub(super) fn clear(&self) {
        self.names().clear();
    }

    fn names(&self) -> MutexGuard<'_, HashSet<String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl SharedStore {
    /// Reads the events that other tabs wrote, or this one before it was loaded again. One that cannot be read is left out.
    pub(super) async fn import_events(&self) -> Result<(), StoreError> {
        let Some(mut names) = self.with_storage(entries::events) else { return Ok(()) };
        names.retain(|name| !self.seen_events.names().contains(name));
        let texts = names.iter().filter_map(|name| self.with_storage(|| entries::read(name)).flatten());
        let events: Vec<NewEvent> = texts.filter_map(|text| serde_json::from_str(&text).ok()).collect();
        self.seen_events.names().extend(names);
        self.memory.log(&events).await
    }

    /// Writes events to the browser's storage, and removes the oldest there if there are too many.
    pub(super) fn store_events(&self, events: &[NewEvent]) {
        for event in events {
            // An event can always be written as JSON.
            let Ok(text) = serde_json::to_string(event) else { continue };
            let name = entries::event_name(event.logged(), DemoEnvironment.new_uuid());
            if self.write_storage(|| entries::write(&name, &text)) {
                self.seen_events.names().insert(name);
            }
        }
        let names = self.with_storage(entries::events).unwrap_or_default();
        for name in names.iter().take(names.len().saturating_sub(MOST)) {
            self.write_storage(|| entries::remove(name));
        }
    }
}

impl EventStore for SharedStore {
    async fn events(&self, list: &EventList) -> Result<Vec<Event>, StoreError> {
        self.memory.events(list).await
    }

    async fn event(&self, id: EventId) -> Result<Option<Event>, StoreError> {
        self.memory.event(id).await
    }

    async fn log(&self, events: &[NewEvent]) -> Result<(), StoreError> {
        self.store_events(events);
        self.memory.log(events).await
    }

    async fn add_event(&self, event: &NewEvent, job: &JobRecord) -> Result<Option<EventId>, StoreError> {
        let added = self.memory.add_event(event, job).await?;
        if added.is_some() {
            self.store_entry(job.content.job.id, StoredJob::Job(job.clone()));
            self.store_events(std::slice::from_ref(event));
        }
        Ok(added)
    }

    async fn latest_sample_event(&self) -> Result<Option<Time>, StoreError> {
        self.memory.latest_sample_event().await
    }

    async fn log_sample(&self, events: &[NewEvent], latest: Option<Time>) -> Result<bool, StoreError> {
        self.memory.log_sample(events, latest).await
    }

    async fn forget_events(&self, before: Time) -> Result<usize, StoreError> {
        self.memory.forget_events(before).await
    }
}
