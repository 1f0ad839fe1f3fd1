//! An event that is not written yet.

use serde::{Deserialize, Serialize};

use super::EventKind;
use crate::{
    domain::{
        Event, Time,
        event::{EventId, Reference},
    },
    engine::User,
};

/// An event without an id, which the store gives it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewEvent {
    event: Event,
    #[serde(with = "chrono::serde::ts_milliseconds")]
    logged: Time,
    scenario: bool,
}

impl NewEvent {
    /// The origin of the engine's own events.
    pub const ENGINE: &'static str = "oVirt";

    /// An event of the engine, written now.
    pub fn new(kind: EventKind, now: Time, description: impl Into<String>) -> Self {
        let event = Event {
            id: EventId(0),
            code: kind.code,
            severity: kind.severity,
            time: now,
            correlation_id: None,
            description: description.into(),
            origin: Self::ENGINE.to_owned(),
            custom_id: -1,
            flood_rate: 0,
            custom_data: None,
            user: None,
            vm: None,
            host: None,
            storage_domain: None,
            template: None,
            cluster: None,
            data_center: None,
        };
        Self { event, logged: now, scenario: false }
    }

    /// Changes what the API shows, all but the id.
    #[must_use]
    pub fn with(mut self, change: impl FnOnce(&mut Event)) -> Self {
        change(&mut self.event);
        self
    }

    /// By that user.
    #[must_use]
    pub fn by(self, user: &User) -> Self {
        self.with(|event| event.user = Some(Reference { id: Some(user.id), name: Some(user.user_name.clone()) }))
    }

    /// With that correlation id; an empty one is none.
    #[must_use]
    pub fn correlated(self, id: &str) -> Self {
        self.with(|event| event.correlation_id = Some(id.to_owned()).filter(|id| !id.is_empty()))
    }

    /// An event of the sample world.
    #[must_use]
    pub fn of_scenario(self) -> Self {
        Self { scenario: true, ..self }
    }

    /// The event with its id.
    pub fn numbered(&self, id: EventId) -> Event {
        Event { id, ..self.event.clone() }
    }

    /// What the API shows, without the id.
    pub const fn content(&self) -> &Event {
        &self.event
    }

    /// When it was written: it is kept for some days from then on.
    pub const fn logged(&self) -> Time {
        self.logged
    }

    /// Whether the sample world made it.
    pub const fn is_of_scenario(&self) -> bool {
        self.scenario
    }
}
