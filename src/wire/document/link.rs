//! The links of an entity, and following them.

use std::{borrow::Cow, sync::Arc};

use super::{Entity, List, Value, insert};
use crate::wire::Href;

impl<'a> Entity<'a> {
    /// Its own href.
    pub const fn href(&self) -> Option<Href> {
        self.href
    }

    /// Where its link of that name leads: a reference that it shows, or a list that it only links to.
    pub fn target(&self, name: &str) -> Option<Href> {
        match self.member(name) {
            Some(Value::Entity(reference)) => reference.href,
            Some(_) => None,
            None => self.links.iter().find(|link| link.rel == name).map(|link| link.href),
        }
    }

    /// Replaces the link of that name by the value that there is for its target. Without a value nothing changes.
    pub fn replace(&mut self, name: &'static str, value: impl Fn(Href) -> Option<Value<'a>>) {
        let Some(value) = self.target(name).and_then(value) else { return };
        self.related.retain(|(member, _)| *member != name);
        insert(&mut self.related, name, value);
    }

    fn member(&self, name: &str) -> Option<&Value<'a>> {
        self.related.iter().find(|(member, _)| *member == name).map(|(_, value)| value)
    }

    /// The same entity, without borrowed data.
    pub fn into_owned(self) -> Entity<'static> {
        let text = |text: Option<Cow<'_, str>>| text.map(|text| text.into_owned().into());
        let members = |members: Vec<(&'static str, Value<'_>)>| {
            members.into_iter().map(|(name, value)| (name, value.into_owned())).collect()
        };
        Entity {
            href: self.href,
            id: self.id.map(Value::into_owned),
            actions: self.actions,
            name: text(self.name),
            label: text(self.label),
            description: text(self.description),
            comment: text(self.comment),
            links: self.links,
            own: members(self.own),
            related: members(self.related),
        }
    }
}

impl Value<'_> {
    fn into_owned(self) -> Value<'static> {
        match self {
            Self::Absent => Value::Absent,
            Self::Text(text) => Value::Text(text.into_owned().into()),
            Self::Flag(flag) => Value::Flag(flag),
            Self::Number(number) => Value::Number(number),
            Self::Date(time) => Value::Date(time),
            Self::Id(id) => Value::Id(id),
            Self::Entity(entity) => Value::Entity(Arc::new(Arc::unwrap_or_clone(entity).into_owned())),
            Self::List(List { item, values }) => {
                Value::List(List { item, values: values.into_iter().map(Value::into_owned).collect() })
            }
        }
    }
}
