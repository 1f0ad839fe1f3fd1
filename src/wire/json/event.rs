//! Events as an engine sends them.

use std::str::FromStr;

use serde::Deserialize;

use super::{
    document::{Undecodable, read_document},
    job::{is_empty_list, not_the_list},
    lenient::{AnyValue, integer, object, text, time, word},
    list::{Listed, read_entries},
};
use crate::domain::{
    Event, Time,
    event::{EventId, Reference, Severity},
};

/// Reads `{"event":[…]}`, the newest first; without `event` it is an empty list.
///
/// An event without a usable id or time cannot be read.
pub fn read_events(body: &[u8]) -> Result<Listed<Event>, Undecodable> {
    let document: EventsDto<'_> = read_document(body)?;
    if document.event.is_null() && !is_empty_list(body, "event")? {
        return Err(not_the_list());
    }
    read_entries(document.event, &mut EventDto::into_event).ok_or_else(not_the_list)
}

/// A list of events, or what came in its place.
#[derive(Deserialize, Default)]
#[serde(default)]
struct EventsDto<'a> {
    #[serde(borrow)]
    event: AnyValue<'a, EventDto>,
}

/// `Event` of the API model. `index` is the id once more, and `href` contains it.
#[derive(Deserialize, Default)]
#[serde(default)]
struct EventDto {
    #[serde(deserialize_with = "integer")]
    id: Option<i64>,
    #[serde(deserialize_with = "integer")]
    code: Option<i64>,
    #[serde(deserialize_with = "word")]
    severity: Option<Severity>,
    #[serde(deserialize_with = "time")]
    time: Option<Time>,
    #[serde(deserialize_with = "text")]
    correlation_id: Option<String>,
    #[serde(deserialize_with = "text")]
    description: Option<String>,
    #[serde(deserialize_with = "text")]
    origin: Option<String>,
    #[serde(deserialize_with = "integer")]
    custom_id: Option<i64>,
    #[serde(deserialize_with = "integer")]
    flood_rate: Option<i64>,
    #[serde(deserialize_with = "text")]
    custom_data: Option<String>,
    #[serde(deserialize_with = "object")]
    user: Option<ReferenceDto>,
    #[serde(deserialize_with = "object")]
    vm: Option<ReferenceDto>,
    #[serde(deserialize_with = "object")]
    host: Option<ReferenceDto>,
    #[serde(deserialize_with = "object")]
    storage_domain: Option<ReferenceDto>,
    #[serde(deserialize_with = "object")]
    template: Option<ReferenceDto>,
    #[serde(deserialize_with = "object")]
    cluster: Option<ReferenceDto>,
    #[serde(deserialize_with = "object")]
    data_center: Option<ReferenceDto>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
struct ReferenceDto {
    #[serde(deserialize_with = "text")]
    id: Option<String>,
    #[serde(deserialize_with = "text")]
    name: Option<String>,
}

impl EventDto {
    /// None without a usable id or time.
    fn into_event(self) -> Option<Event> {
        Some(Event {
            id: EventId(self.id?),
            code: self.code.unwrap_or_default(),
            severity: self.severity.unwrap_or(Severity::Normal),
            time: self.time?,
            correlation_id: self.correlation_id.filter(|id| !id.is_empty()),
            description: self.description.unwrap_or_default(),
            origin: self.origin.unwrap_or_default(),
            custom_id: self.custom_id.unwrap_or(-1),
            flood_rate: self.flood_rate.unwrap_or_default(),
            custom_data: self.custom_data,
            user: self.user.and_then(ReferenceDto::into_reference),
            vm: self.vm.and_then(ReferenceDto::into_reference),
            host: self.host.and_then(ReferenceDto::into_reference),
            storage_domain: self.storage_domain.and_then(ReferenceDto::into_reference),
            template: self.template.and_then(ReferenceDto::into_reference),
            cluster: self.cluster.and_then(ReferenceDto::into_reference),
            data_center: self.data_center.and_then(ReferenceDto::into_reference),
        })
    }
}

impl ReferenceDto {
    /// None if it names nothing.
    fn into_reference<I: FromStr>(self) -> Option<Reference<I>> {
        let id = self.id.and_then(|id| id.parse().ok());
        (id.is_some() || self.name.is_some()).then_some(Reference { id, name: self.name })
    }
}
