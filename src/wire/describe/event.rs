//! Events (`EventMapper`).

use uuid::Uuid;

use super::{Base, Entity, Format, Href, ResourcePath};
use crate::{
    domain::{Event, event::Reference},
    wire::{Body, document::stream},
};

/// An event. Links lead to where an engine has these things, also to those that this engine does not show.
pub fn event<'a>(base: Base, event: &'a Event) -> Entity<'a> {
    let about = |list, parts: Option<Parts<'a>>| parts.map(|(id, name)| link(base, list, id, name));
    Entity::at(Href(base, ResourcePath::Event(event.id)), event.id.0)
        .described(&event.description)
        .with("code", event.code)
        .with("correlation_id", event.correlation_id.as_deref())
        .with("custom_data", event.custom_data.as_deref())
        .with("custom_id", event.custom_id)
        .with("flood_rate", event.flood_rate)
        .with("index", event.id.0)
        .with("origin", event.origin.as_str())
        .with("severity", event.severity.as_str())
        .with("time", event.time)
        .related("cluster", about("clusters", parts(&event.cluster, |id| id.uuid())))
        .related("data_center", about("datacenters", parts(&event.data_center, |id| id.uuid())))
        .related("host", about("hosts", parts(&event.host, |id| id.uuid())))
        .related("storage_domain", about("storagedomains", parts(&event.storage_domain, |id| id.uuid())))
        .related("template", about("templates", parts(&event.template, |id| id.uuid())))
        .related("user", about("users", parts(&event.user, |id| id.uuid())))
        .related("vm", about("vms", parts(&event.vm, |id| id.uuid())))
}

/// A list of events, written as it is sent.
pub fn events(format: Format, base: Base, events: impl Iterator<Item = Event> + Send + 'static) -> Body {
    stream(format, ("events", "event"), false, events, move |each: &Event| event(base, each))
}

/// Id and name of a reference.
type Parts<'a> = (Option<Uuid>, Option<&'a str>);

fn parts<I: Copy>(reference: &Option<Reference<I>>, uuid: fn(I) -> Uuid) -> Option<Parts<'_>> {
    reference.as_ref().map(|reference| (reference.id.map(uuid), reference.name.as_deref()))
}

/// A reference by id, by name, or by both.
fn link<'a>(base: Base, list: &'static str, id: Option<Uuid>, name: Option<&'a str>) -> Entity<'a> {
    let entity = match id {
        Some(id) => Entity::at(Href(base, ResourcePath::Item(list, id)), id),
        None => Entity::new(),
    };
    match name {
        Some(name) => entity.named(name),
        None => entity,
    }
}
