//! Queries for events, and who may run them.

use super::{EventList, EventStore};
use crate::{
    domain::{Event, event::EventId},
    engine::{Engine, Environment, EventSearch, QueryError, Reader, Search},
};

impl<S: EventStore, E: Environment> Engine<S, E> {
    /// The events that a search finds, newest first, of those with a greater id than `from`, at most `max`.
    ///
    /// Unlike jobs, everybody may list them; a filtered reader sees those about what their roles show. Roles hold for the whole
    /// system here, so that is every host and machine, or nothing.
    pub async fn events(
        &self,
        reader: Reader<'_>,
        search: EventSearch,
        from: Option<EventId>,
        max: Option<usize>,
    ) -> Result<Vec<Event>, QueryError> {
        let shows_something = reader.sees_inventory()?;
        let query = match search {
            Search::Everything => None,
            Search::Query(query) => Some(query),
            // An engine finds nothing; for words without a field too.
            Search::Malformed | Search::FreeText => return Ok(Vec::new()),
        };
        if !shows_something || max == Some(0) {
            return Ok(Vec::new());
        }
        Ok(self.store.events(&EventList { query, from, max, about_inventory: reader.is_filtered() }).await?)
    }

    /// One event is an admins' query (`GetAuditLogById`).
    pub async fn event(&self, reader: Reader<'_>, id: EventId) -> Result<Option<Event>, QueryError> {
        reader.may_read_everything()?;
        Ok(self.store.event(id).await?)
    }
}
