//! The store of events.

use std::{future::Future, sync::Arc};

use super::{EventList, NewEvent};
use crate::{
    domain::{Event, Time, event::EventId},
    engine::{JobRecord, StoreError},
};

/// Stores events. Their ids go up, and who has seen an event has seen all with a smaller id that will ever be there.
pub trait EventStore: Send + Sync + 'static {
    /// The events of a list.
    fn events(&self, list: &EventList) -> impl Future<Output = Result<Vec<Event>, StoreError>> + Send;

    /// The event with that id, or `None`.
    fn event(&self, id: EventId) -> impl Future<Output = Result<Option<Event>, StoreError>> + Send;

    /// Writes events of the engine, in one transaction.
    fn log(&self, events: &[NewEvent]) -> impl Future<Output = Result<(), StoreError>> + Send;

    /// Writes an event of a program and the job of its addition, in one transaction. `None`, and nothing is written: there is
    /// an event with this origin and this custom id.
    fn add_event(
        &self,
        event: &NewEvent,
        job: &JobRecord,
    ) -> impl Future<Output = Result<Option<EventId>, StoreError>> + Send;

    /// The time of the latest event of the sample world.
    fn latest_sample_event(&self) -> impl Future<Output = Result<Option<Time>, StoreError>> + Send;

    /// Writes events of the sample world, in one transaction, if the latest one there is still of that time.
    fn log_sample(
        &self,
        events: &[NewEvent],
        latest: Option<Time>,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send;

    /// Removes events that were written before that time, and returns how many.
    fn forget_events(&self, before: Time) -> impl Future<Output = Result<usize, StoreError>> + Send;
}

/// A shared store.
impl<T: EventStore> EventStore for Arc<T> {
    fn events(&self, list: &EventList) -> impl Future<Output = Result<Vec<Event>, StoreError>> + Send {
        T::events(self, list)
    }

    fn event(&self, id: EventId) -> impl Future<Output = Result<Option<Event>, StoreError>> + Send {
        T::event(self, id)
    }

    fn log(&self, events: &[NewEvent]) -> impl Future<Output = Result<(), StoreError>> + Send {
        T::log(self, events)
    }

    fn add_event(
        &self,
        event: &NewEvent,
        job: &JobRecord,
    ) -> impl Future<Output = Result<Option<EventId>, StoreError>> + Send {
        T::add_event(self, event, job)
    }

    fn latest_sample_event(&self) -> impl Future<Output = Result<Option<Time>, StoreError>> + Send {
        T::latest_sample_event(self)
    }

    fn log_sample(
        &self,
        events: &[NewEvent],
        latest: Option<Time>,
    ) -> impl Future<Output = Result<bool, StoreError>> + Send {
        T::log_sample(self, events, latest)
    }

    fn forget_events(&self, before: Time) -> impl Future<Output = Result<usize, StoreError>> + Send {
        T::forget_events(self, before)
    }
}
