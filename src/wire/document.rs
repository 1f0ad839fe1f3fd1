//! Documents that are written as oVirt's JSON or oVirt's XML.
//!
//! An [`Entity`] is a tree of members. It distinguishes what the forms need: own members, links to other entities, and the
//! members that all entities have (`href`, `id`, `name`, …). The writers put them in the order of each format:
//!
//! | format | order | booleans, integers | dates | empty list | `href`, `id` |
//! |---|---|---|---|---|---|
//! | JSON | own members a to z, links a to z, `actions name description comment link href id` | text | epoch milliseconds, a number | `{}` | members |
//! | XML | `actions name description comment link…`, own members a to z, links a to z | text | ISO 8601 in UTC, with milliseconds | `<jobs/>` | attributes |
//!
//! Absent members are left out, never null: a value may be an `Option`.
//!
//! ```
//! # use task_monitor::wire::{Base, Format, Href, ResourcePath, document::{Document, Entity, List}};
//! # let id = uuid::uuid!("5f5c1f9e-2b0a-4c56-9a0e-6f3f0f6a7c11");
//! let vm = Entity::at(Href(Base::Plain, ResourcePath::Item("vms", id)), id)
//!     .action("start", Href(Base::Plain, ResourcePath::ItemPart("vms", id, "start")))
//!     .named("web01")
//!     .with("memory", 1_073_741_824_i64)
//!     .with("status", "up")
//!     .with("os", Entity::new().with("type", "other_linux"))
//!     .with("fqdn", None::<String>)
//!     .related("host", Entity::at(Href(Base::Plain, ResourcePath::Item("hosts", id)), id))
//!     .related("tags", List::of("tag", Vec::<Entity>::new()));
//! let body = Document::entity("vm", vm).to_bytes(Format::Json);
//! assert!(String::from_utf8(body).unwrap().starts_with(
//!     r#"{"memory":"1073741824","os":{"type":"other_linux"},"status":"up","host":{"href":"/ovirt-engine/api/hosts/"#
//! ));
//! ```
//!
//! Sources: `CustomObjectMapperFactory`, `JAXBProvider`, `api.xjb`, `SchemaGenerator`, and section 2 of the contract.

mod json;
#[cfg(any(feature = "server", feature = "demo"))]
mod link;
mod list;
#[cfg(feature = "server")]
mod xml;

use std::{borrow::Cow, sync::Arc};

use uuid::Uuid;

use super::{Format, Href};
use crate::domain::{HostId, JobId, StepId, Time, UserId};

pub use list::{Listing, stream};

/// A whole body.
#[derive(Debug, Clone, PartialEq)]
pub struct Document<'a> {
    /// The name of the root in XML, as in `job` or `vms`. JSON does not name it.
    root: &'static str,
    content: Value<'a>,
}

impl<'a> Document<'a> {
    /// One entity: `job`, `action`, `fault`.
    pub fn entity(root: &'static str, entity: Entity<'a>) -> Self {
        Self { root, content: entity.into() }
    }

    /// A short list: `roles` of `role`. Long ones are [`stream`]ed.
    pub fn list(root: &'static str, list: List<'a>) -> Self {
        Self { root, content: list.into() }
    }

    /// The body in that format, without white space between members.
    pub fn to_bytes(&self, format: Format) -> Vec<u8> {
        match format {
            #[cfg(feature = "server")]
            Format::Xml => xml::document(self),
            Format::Json => json::document(self),
        }
    }
}

/// Something with members.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Entity<'a> {
    href: Option<Href>,
    id: Option<Value<'a>>,
    actions: Vec<Link>,
    name: Option<Cow<'a, str>>,
    /// A name that is an attribute in XML.
    label: Option<Cow<'a, str>>,
    description: Option<Cow<'a, str>>,
    comment: Option<Cow<'a, str>>,
    links: Vec<Link>,
    /// By name, a to z.
    own: Vec<(&'static str, Value<'a>)>,
    /// By name, a to z.
    related: Vec<(&'static str, Value<'a>)>,
}

/// The href of a list or an action of an entity.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Link {
    href: Href,
    rel: &'static str,
}

impl<'a> Entity<'a> {
    /// A part of another entity, without an href: a version, a fault.
    pub fn new() -> Self {
        Self::default()
    }

    /// An entity with href and id. Without other members it is a reference.
    pub fn at(href: Href, id: impl Into<Value<'a>>) -> Self {
        Self { href: Some(href), ..Self::identified(id) }
    }

    /// An entity with an id and no href.
    pub fn identified(id: impl Into<Value<'a>>) -> Self {
        Self { id: Some(id.into()), ..Self::default() }
    }

    /// Adds an action, which is a link under `actions`. The order of actions stays.
    #[must_use]
    pub fn action(mut self, rel: &'static str, href: Href) -> Self {
        self.actions.push(Link { href, rel });
        self
    }

    /// Adds a link to a list that is not shown. The order of links stays.
    #[must_use]
    pub fn link(mut self, rel: &'static str, href: Href) -> Self {
        self.links.push(Link { href, rel });
        self
    }

    /// Sets the name of an entity with an id (`Identified.name`). The name of a plain part is one of its own members.
    #[must_use]
    pub fn named(mut self, name: impl Into<Cow<'a, str>>) -> Self {
        self.name = Some(name.into());
        self
    }

    /// Sets a name that is an attribute in XML, as of monitored commands.
    #[must_use]
    pub fn labelled(mut self, label: impl Into<Cow<'a, str>>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Sets the description.
    #[must_use]
    pub fn described(mut self, description: impl Into<Cow<'a, str>>) -> Self {
        self.description = Some(description.into());
        self
    }

    /// Sets the comment.
    #[must_use]
    pub fn commented(mut self, comment: impl Into<Cow<'a, str>>) -> Self {
        self.comment = Some(comment.into());
        self
    }

    /// Adds an own member: an attribute of the API model. Each name only once.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Value<'a>>) -> Self {
        insert(&mut self.own, name, value.into());
        self
    }

    /// Adds a link that is shown, as a reference or followed: a `@Link` of the API model.
    #[must_use]
    pub fn related(mut self, name: &'static str, value: impl Into<Value<'a>>) -> Self {
        insert(&mut self.related, name, value.into());
        self
    }
}

/// Inserts a member by name.
fn insert<'a>(members: &mut Vec<(&'static str, Value<'a>)>, name: &'static str, value: Value<'a>) {
    if !matches!(value, Value::Absent) {
        // Enough for a job or a step, of which lists have very many.
        if members.capacity() == 0 {
            members.reserve_exact(8);
        }
        let place = members.partition_point(|(before, _)| *before < name);
        members.insert(place, (name, value));
    }
}

/// A list in an entity, or as a whole body.
#[derive(Debug, Clone, PartialEq)]
pub struct List<'a> {
    item: &'static str,
    values: Vec<Value<'a>>,
}

impl<'a> List<'a> {
    /// A list whose items are called `item`: `step` for steps.
    pub fn of<V: Into<Value<'a>>>(item: &'static str, values: impl IntoIterator<Item = V>) -> Self {
        Self { item, values: values.into_iter().map(Into::into).collect() }
    }
}

/// The value of a member.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// No value: the member is left out.
    Absent,
    /// Text, also of enumerations.
    Text(Cow<'a, str>),
    /// `true` or `false`, written as text in both forms.
    Flag(bool),
    /// An integer, written as text in both forms.
    Number(i64),
    /// A date with time.
    Date(Time),
    /// An id.
    Id(Uuid),
    /// An entity. It is shared, since the same entity can be a member of many.
    Entity(Arc<Entity<'a>>),
    /// A list.
    List(List<'a>),
}

macro_rules! value_from {
    ($($source:ty, $given:ident => $value:expr;)*) => {
        $(impl<'a> From<$source> for Value<'a> {
            fn from($given: $source) -> Self {
                $value
            }
        })*
    };
}

value_from! {
    &'a str, text => Self::Text(Cow::Borrowed(text));
    String, text => Self::Text(Cow::Owned(text));
    Cow<'a, str>, text => Self::Text(text);
    bool, flag => Self::Flag(flag);
    i64, number => Self::Number(number);
    u32, number => Self::Number(number.into());
    Time, time => Self::Date(time);
    Uuid, id => Self::Id(id);
    JobId, id => Self::Id(id.uuid());
    StepId, id => Self::Id(id.uuid());
    UserId, id => Self::Id(id.uuid());
    HostId, id => Self::Id(id.uuid());
    Entity<'a>, entity => Self::Entity(Arc::new(entity));
    List<'a>, list => Self::List(list);
}

impl<'a, V: Into<Self>> From<Option<V>> for Value<'a> {
    fn from(value: Option<V>) -> Self {
        value.map_or(Self::Absent, Into::into)
    }
}
