//! The links of an entity: where they lead, and what is shown in their place.

use std::{borrow::Cow, sync::Arc};

use super::{Entity, List, Value, insert};
use crate::wire::Href;

impl<'a> Entity<'a> {
    /// Where it stands itself.
    pub fn place(&self) -> Option<Href> {
        self.href
    }

    /// Where its links of that name lead: references that it shows, or a list that it does not.
    pub fn leads(&self, name: &str) -> Vec<Href> {
        let of_link = || self.links.iter().find(|link| link.rel == name).map(|link| link.href);
        match self.related.iter().find(|(member, _)| *member == name) {
            Some((_, Value::Entity(reference))) => reference.href.into_iter().collect(),
            Some((_, Value::List(list))) => list.entities().filter_map(|reference| reference.href).collect(),
            Some(_) => Vec::new(),
            None => of_link().into_iter().collect(),
        }
    }

    /// Shows what there is, in place of references of that name, or as `member` beside a link. What there is not stays as it
    /// was.
    pub fn show(&mut self, name: &str, member: &'static str, shown: impl Fn(Href) -> Option<Value<'a>>) {
        if let Some((_, value)) = self.related.iter_mut().find(|(member, _)| *member == name) {
            return value.show(&shown);
        }
        let link = self.links.iter().find(|link| link.rel == name);
        if let Some(value) = link.and_then(|link| shown(link.href)) {
            insert(&mut self.related, member, value);
        }
    }

    /// The same, independent of what it was made from.
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

impl<'a> Value<'a> {
    fn show(&mut self, shown: &impl Fn(Href) -> Option<Self>) {
        match self {
            Self::Entity(reference) => {
                if let Some(value) = reference.href.and_then(shown) {
                    *self = value;
                }
            }
            Self::List(list) => list.values.iter_mut().for_each(|value| value.show(shown)),
            Self::Absent | Self::Text(_) | Self::Flag(_) | Self::Number(_) | Self::Date(_) | Self::Id(_) => (),
        }
    }

    fn into_owned(self) -> Value<'static> {
        match self {
            Self::Absent => Value::Absent,
            Self::Text(text) => Value::Text(text.into_owned().into()),
            Self::Flag(flag) => Value::Flag(flag),
            Self::Number(number) => Value::Number(number),
            Self::Date(time) => Value::Date(time),
            Self::Id(id) => Value::Id(id),
            Self::Entity(entity) => Value::Entity(Arc::new(Arc::unwrap_or_clone(entity).into_owned())),
            Self::List(List { item, values, touched }) => {
                Value::List(List { item, values: values.into_iter().map(Value::into_owned).collect(), touched })
            }
        }
    }
}

impl<'a> List<'a> {
    fn entities(&self) -> impl Iterator<Item = &Entity<'a>> {
        self.values.iter().filter_map(|value| match value {
            Value::Entity(entity) => Some(&**entity),
            _ => None,
        })
    }
}
