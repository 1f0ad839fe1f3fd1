//! The search of the list of events (`AuditLogConditionFieldAutoCompleter`).

use super::{Comparison, Found, Search, SearchField};
use crate::domain::event::{Event, Reference, Severity};

/// A search of the list of events.
pub type EventSearch = Search<EventField>;

/// A field of events.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the table below says what each one is")]
pub enum EventField {
    CorrelationId,
    Message,
    UserName,
    HostName,
    VmName,
    TemplateName,
    StorageName,
    DataCenterName,
    VolumeName,
    Origin,
    Severity,
    Code,
    CustomId,
    Time,
    VmId,
    HostId,
    TemplateId,
    DataCenterId,
}

const SEVERITIES: &[(&str, i64)] = &[
    (Severity::Normal.as_str(), Severity::Normal.number()),
    (Severity::Warning.as_str(), Severity::Warning.number()),
    (Severity::Error.as_str(), Severity::Error.number()),
    (Severity::Alert.as_str(), Severity::Alert.number()),
];

/// Name, field, and how its values compare. The names with `_` in front are not in oVirt's manual, but work.
const FIELDS: [(&str, EventField, Comparison); 18] = [
    ("correlation_id", EventField::CorrelationId, Comparison::Pattern),
    ("message", EventField::Message, Comparison::Pattern),
    ("usrname", EventField::UserName, Comparison::Pattern),
    ("event_host", EventField::HostName, Comparison::Pattern),
    ("event_vm", EventField::VmName, Comparison::Pattern),
    ("event_template", EventField::TemplateName, Comparison::Pattern),
    ("event_storage", EventField::StorageName, Comparison::Pattern),
    ("event_datacenter", EventField::DataCenterName, Comparison::Pattern),
    ("event_volume", EventField::VolumeName, Comparison::Pattern),
    ("origin", EventField::Origin, Comparison::Pattern),
    ("severity", EventField::Severity, Comparison::Ranked(SEVERITIES)),
    ("type", EventField::Code, Comparison::Number),
    ("custom_event_id", EventField::CustomId, Comparison::Number),
    ("time", EventField::Time, Comparison::Day),
    ("_event_vm_id", EventField::VmId, Comparison::Id),
    ("_event_host_id", EventField::HostId, Comparison::Id),
    ("_event_template_id", EventField::TemplateId, Comparison::Id),
    ("_event_datacenter_id", EventField::DataCenterId, Comparison::Id),
];

impl SearchField for EventField {
    fn named(name: &str) -> Option<Self> {
        FIELDS.into_iter().find(|(known, ..)| known.eq_ignore_ascii_case(name)).map(|(_, field, _)| field)
    }

    /// An engine finds nothing by words without a field.
    fn of_free_text() -> Option<Self> {
        None
    }

    fn comparison(self) -> Comparison {
        let row = FIELDS.into_iter().find(|(_, field, _)| *field == self);
        row.map_or(Comparison::Pattern, |(.., comparison)| comparison)
    }
}

/// The value of a field of an event. No event here is about a volume.
pub fn event_value(event: &Event, field: EventField) -> Found<'_> {
    match field {
        EventField::CorrelationId => text(event.correlation_id.as_deref()),
        EventField::Message => Found::Text(&event.description),
        EventField::UserName => name(&event.user),
        EventField::HostName => name(&event.host),
        EventField::VmName => name(&event.vm),
        EventField::TemplateName => name(&event.template),
        EventField::StorageName => name(&event.storage_domain),
        EventField::DataCenterName => name(&event.data_center),
        EventField::VolumeName => Found::Nothing,
        EventField::Origin => Found::Text(&event.origin),
        EventField::Severity => Found::Number(event.severity.number()),
        EventField::Code => Found::Number(event.code),
        EventField::CustomId => Found::Number(event.custom_id),
        EventField::Time => Found::Number(event.time.timestamp_millis()),
        EventField::VmId => id(&event.vm, |id| id.uuid()),
        EventField::HostId => id(&event.host, |id| id.uuid()),
        EventField::TemplateId => id(&event.template, |id| id.uuid()),
        EventField::DataCenterId => id(&event.data_center, |id| id.uuid()),
    }
}

fn text(text: Option<&str>) -> Found<'_> {
    text.map_or(Found::Nothing, Found::Text)
}

fn name<I>(reference: &Option<Reference<I>>) -> Found<'_> {
    text(reference.as_ref().and_then(|reference| reference.name.as_deref()))
}

fn id<I: Copy>(reference: &Option<Reference<I>>, uuid: fn(I) -> uuid::Uuid) -> Found<'static> {
    reference.as_ref().and_then(|reference| reference.id).map_or(Found::Nothing, |id| Found::Id(uuid(id)))
}
