//! Events.
//!
//! The database narrows a search with what both kinds of database compare in the same way. [`EventList::finds`] decides, so all
//! stores find the same.

mod narrow;
mod row;

use self::row::{EventRow, insert};
use super::{Database, connection::Connection, saving, statement::Statement};
use crate::{
    domain::{Event, Time, event::EventId},
    engine::{
        JobRecord, SaveError, StoreError,
        events::{EventList, EventStore, NewEvent},
    },
};

/// How many events are read at once.
const CHUNK: usize = 1_000;

impl EventStore for Database {
    async fn events(&self, list: &EventList) -> Result<Vec<Event>, StoreError> {
        let needed = list.needed().unwrap_or(usize::MAX);
        let (mut found, mut before) = (Vec::new(), EventId(i64::MAX));
        loop {
            let size = CHUNK.min(needed.max(1));
            let rows: Vec<EventRow> = self.all(narrow::chunk(list, before, size)).await?;
            let read = rows.len();
            for row in rows {
                let event = Event::try_from(row)?;
                before = event.id;
                if found.len() < needed && list.finds(&event) {
                    found.push(event);
                }
            }
            if read < size || found.len() >= needed {
                return Ok(list.page(found));
            }
        }
    }

    async fn event(&self, id: EventId) -> Result<Option<Event>, StoreError> {
        let row: Option<EventRow> =
            self.optional(Statement::new("SELECT * FROM event WHERE id = $1").bind(id.0)).await?;
        row.map(Event::try_from).transpose()
    }

    async fn log(&self, events: &[NewEvent]) -> Result<(), StoreError> {
        let mut transaction = self.write().await?;
        log(&mut transaction.connection(), events).await?;
        transaction.commit().await
    }

    async fn add_event(&self, event: &NewEvent, job: &JobRecord) -> Result<Option<EventId>, StoreError> {
        let mut transaction = self.write().await?;
        let mut connection = transaction.connection();
        match saving::save(&mut connection, job, None).await {
            Ok(_) => (),
            Err(SaveError::Stale) => return Err(StoreError::broken("the id of a new job is taken")),
            Err(SaveError::Store(error)) => return Err(error),
        }
        let id = EventId(next_number(&mut connection).await?);
        if connection.execute(insert(event, id)?).await? != 1 {
            // All is rolled back.
            return Ok(None);
        }
        transaction.commit().await?;
        Ok(Some(id))
    }

    async fn latest_sample_event(&self) -> Result<Option<Time>, StoreError> {
        latest_sample_event(&mut self.read().await?.connection()).await
    }

    async fn log_sample(&self, events: &[NewEvent], latest: Option<Time>) -> Result<bool, StoreError> {
        let Ok(more) = i64::try_from(events.len().saturating_sub(1)) else { return Ok(false) };
        let mut transaction = self.write().await?;
        let mut connection = transaction.connection();
        // Another process that does the same waits here.
        let first = next_number(&mut connection).await?;
        if latest_sample_event(&mut connection).await? != latest {
            return Ok(false);
        }
        for (number, event) in (first..).zip(events) {
            connection.execute(insert(event, EventId(number))?).await?;
        }
        connection.execute(Statement::new("UPDATE event_number SET last = $1").bind(first + more)).await?;
        transaction.commit().await?;
        Ok(true)
    }

    async fn forget_events(&self, before: Time) -> Result<usize, StoreError> {
        let statement = Statement::new("DELETE FROM event WHERE logged < $1").bind(before.timestamp_millis());
        Ok(usize::try_from(self.execute(statement).await?).unwrap_or(usize::MAX))
    }
}

/// Writes events of the engine. It is the last thing in a transaction, because it makes others that write events wait until the
/// transaction ends.
pub(super) async fn log(connection: &mut Connection<'_>, events: &[NewEvent]) -> Result<(), StoreError> {
    for event in events {
        let number = next_number(connection).await?;
        connection.execute(insert(event, EventId(number))?).await?;
    }
    Ok(())
}

/// The number of a new event. Until the transaction ends, no other process gets one: so events become visible in the order of
/// their numbers, and who asks for events after the last one misses none.
async fn next_number(connection: &mut Connection<'_>) -> Result<i64, StoreError> {
    let statement = Statement::new("UPDATE event_number SET last = last + 1 RETURNING last");
    let row: Option<(i64,)> = connection.optional(statement).await?;
    row.map(|(number,)| number).ok_or_else(|| StoreError::broken("the number of the last event is gone"))
}

async fn latest_sample_event(connection: &mut Connection<'_>) -> Result<Option<Time>, StoreError> {
    let latest: Option<(Option<i64>,)> =
        connection.optional(Statement::new("SELECT max(time) FROM event WHERE scenario")).await?;
    Ok(latest.and_then(|(time,)| time).and_then(Time::from_timestamp_millis))
}
