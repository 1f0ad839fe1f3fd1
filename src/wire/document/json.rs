//! Documents as an engine's JSON (`CustomObjectMapperFactory`).

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::{Document, Entity, Link, List, Value};

pub(super) fn document(document: &Document<'_>) -> Vec<u8> {
    let mut written = Vec::new();
    append(&mut written, &document.content);
    written
}

/// Appends a value to a text. Cannot fail: all keys are text, and every value can be written.
pub(super) fn append(written: &mut Vec<u8>, value: &impl Serialize) {
    serde_json::to_writer(written, value).unwrap_or_default();
}

impl Serialize for Entity<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for (name, value) in self.own.iter().chain(&self.related) {
            map.serialize_entry(name, value)?;
        }
        if !self.actions.is_empty() {
            map.serialize_entry("actions", &Links { link: &self.actions })?;
        }
        let texts = [
            ("name", &self.name),
            ("name", &self.label),
            ("description", &self.description),
            ("comment", &self.comment),
        ];
        for (name, text) in texts {
            if let Some(text) = text {
                map.serialize_entry(name, text)?;
            }
        }
        if !self.links.is_empty() {
            map.serialize_entry("link", &self.links)?;
        }
        if let Some(href) = &self.href {
            map.serialize_entry("href", href)?;
        }
        if let Some(id) = &self.id {
            map.serialize_entry("id", id)?;
        }
        map.end()
    }
}

/// `{"link":[…]}`, the list of actions.
#[derive(Serialize)]
struct Links<'a> {
    link: &'a [Link],
}

impl Serialize for Link {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(2))?;
        map.serialize_entry("href", &self.href)?;
        map.serialize_entry("rel", self.rel)?;
        map.end()
    }
}

impl Serialize for super::Href {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Serialize for Value<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Absent => serializer.serialize_unit(),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Flag(flag) => serializer.serialize_str(if *flag { "true" } else { "false" }),
            Self::Number(number) => serializer.collect_str(number),
            Self::Date(time) => serializer.serialize_i64(time.timestamp_millis()),
            Self::Id(id) => serializer.collect_str(id),
            Self::Entity(entity) => entity.serialize(serializer),
            Self::List(list) => list.serialize(serializer),
        }
    }
}

impl Serialize for List<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if !self.values.is_empty() {
            map.serialize_entry(self.item, &self.values)?;
        }
        map.end()
    }
}
