//! Reads and writes the engine's events.

use super::{Client, Endpoint};
use crate::{
    api::{ApiError, Listed, Transport},
    domain::{Event, Job, event::EventId},
    wire::{
        Request,
        json::{self, NewEvent},
    },
};

/// Which events to read. Each request has a `max`: without one an engine sends all events of 30 days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventQuery {
    /// The newest events above this one. If as many come as may, there is a gap before them.
    Since(EventId),
    /// The oldest events above this one, page by page from 1: they close a gap.
    OldestSince(EventId, usize),
    /// The newest events with a severity above normal, page by page from 1.
    Unusual(usize),
    /// The events with this correlation id.
    Of(String),
}

impl EventQuery {
    /// How many events may come.
    pub const fn max(&self) -> usize {
        match self {
            Self::Since(_) | Self::OldestSince(..) => 500,
            Self::Unusual(_) => 200,
            Self::Of(_) => 100,
        }
    }

    fn request(&self) -> Request {
        let request = Endpoint::Events.request().with_query("max", self.max().to_string());
        match self {
            Self::Since(EventId(id)) => request.with_query("from", id.to_string()),
            Self::OldestSince(EventId(id), page) => {
                request.with_query("search", format!("sortby time asc page {page}")).with_query("from", id.to_string())
            }
            Self::Unusual(1) => request.with_query("search", "severity>normal"),
            Self::Unusual(page) => request.with_query("search", format!("severity>normal page {page}")),
            // The engine uses its index only for a search that tells letters of different cases apart.
            Self::Of(correlation) => request
                .with_query("search", format!("correlation_id={correlation}"))
                .with_query("case_sensitive", "true"),
        }
    }
}

impl<T: Transport> Client<T> {
    /// Some of the engine's events. Engines and users without them: [`ApiError::NotFound`] and [`ApiError::Forbidden`].
    pub async fn events(&self, query: &EventQuery) -> Result<Listed<Event>, ApiError> {
        self.read(query.request(), json::read_events).await
    }

    /// The jobs that have this correlation id. `correlation` has only characters of which [`is_searchable`] is true.
    pub async fn jobs_with(&self, correlation: &str) -> Result<Vec<Job>, ApiError> {
        let request = Endpoint::Jobs.request().with_query("search", format!("correlation_id={correlation}"));
        let body = self.send(request).await.map_err(ApiError::of_job_list)?;
        Ok(json::read_jobs(&body)?.items.into_iter().map(|(job, _)| job).collect())
    }

    /// Adds an event.
    pub async fn add_event(&self, event: &NewEvent) -> Result<(), ApiError> {
        self.send(Endpoint::AddEvent.request().with_json(json::write_add_event(event))).await.map(drop)
    }
}

/// Whether a search can contain this correlation id. Engines keep no other characters of a request's id (`CurrentFilter`).
pub fn is_searchable(correlation: &str) -> bool {
    !correlation.is_empty()
        && correlation.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.'))
}
