//! Events in memory, under the same lock as the jobs. Only the newest stay.

use std::{
    collections::BTreeMap,
    future::{Future, ready},
};

use super::{MemoryStore, SaveError, StoreError, Tables};
use crate::{
    domain::{Event, Time, event::EventId},
    engine::{
        JobRecord,
        events::{EventList, EventStore, NewEvent},
    },
};

/// How many events stay. A new one takes the place of the oldest.
const MOST: usize = 5_000;

/// The events by id.
#[derive(Debug, Default)]
pub(super) struct EventTable {
    events: BTreeMap<EventId, NewEvent>,
    last: i64,
}

impl EventStore for MemoryStore {
    fn events(&self, list: &EventList) -> impl Future<Output = Result<Vec<Event>, StoreError>> + Send {
        ready(Ok(self.tables().events.list(list)))
    }

    fn event(&self, id: EventId) -> impl Future<Output = Result<Option<Event>, StoreError>> + Send {
        ready(Ok(self.tables().events.events.get(&id).map(|event| event.numbered(id))))
    }

    fn log(&self, events: &[NewEvent]) -> impl Future<Output = Result<(), StoreError>> + Send {
        self.tables().events.add(events);
        ready(Ok(()))
    }

    fn add_event(
        &self,
        event: &NewEvent,
        job: &JobRecord,
    ) -> impl Future<Output = Result<Option<EventId>, StoreError>> + Send {
        ready(self.tables().add_event(event, job))
    }

    fn latest_sample_event(&self) -> impl Future<Output = Result<Option<Time>, StoreError>> + Send {
        ready(Ok(self.tables().events.latest_of_scenario()))
    }

    fn log_sample(
        &self,
        events: &[NewEvent],
        latest: Option<Time>,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send {
        let mut tables = self.tables();
        let is_latest = tables.events.latest_of_scenario() == latest;
        if is_latest {
            tables.events.add(events);
        }
        ready(Ok(is_latest))
    }

    fn forget_events(&self, before: Time) -> impl Future<Output = Result<usize, StoreError>> + Send {
        let mut tables = self.tables();
        let count = tables.events.events.len();
        tables.events.events.retain(|_, event| event.logged() >= before);
        ready(Ok(count - tables.events.events.len()))
    }
}

impl Tables {
    fn add_event(&mut self, event: &NewEvent, job: &JobRecord) -> Result<Option<EventId>, StoreError> {
        if self.events.is_taken(event.content()) {
            return Ok(None);
        }
        match self.save(job, None) {
            Ok(_) => Ok(Some(self.events.add_one(event))),
            Err(SaveError::Stale) => Err(StoreError::broken("the id of a new job is taken")),
            Err(SaveError::Store(error)) => Err(error),
        }
    }
}

impl EventTable {
    /// Adds events in their order.
    pub(super) fn add(&mut self, events: &[NewEvent]) {
        for event in events {
            self.add_one(event);
        }
    }

    /// Removes all. The numbers go on.
    pub(super) fn cleared(&self) -> Self {
        Self { events: BTreeMap::new(), last: self.last }
    }

    fn add_one(&mut self, event: &NewEvent) -> EventId {
        self.last += 1;
        self.events.insert(EventId(self.last), event.clone());
        while self.events.len() > MOST {
            self.events.pop_first();
        }
        EventId(self.last)
    }

    fn list(&self, list: &EventList) -> Vec<Event> {
        let newest_first = self.events.iter().rev().map(|(id, event)| event.numbered(*id));
        let found = newest_first.filter(|event| list.finds(event));
        list.page(found.take(list.needed().unwrap_or(usize::MAX)).collect())
    }

    fn is_taken(&self, new: &Event) -> bool {
        let same = |known: &Event| (&known.origin, known.custom_id) == (&new.origin, new.custom_id);
        self.events.values().any(|known| same(known.content()))
    }

    fn latest_of_scenario(&self) -> Option<Time> {
        let of_scenario = self.events.values().filter(|event| event.is_of_scenario());
        of_scenario.map(|event| event.content().time).max()
    }
}
