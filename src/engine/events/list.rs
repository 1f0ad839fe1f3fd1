//! Which events to list.

use crate::{
    domain::{Event, event::EventId},
    engine::{EventField, Query, search::event_value},
};

/// Which events to list: newest first, unless the query says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EventList {
    /// Only those that it finds, from its page, in its order.
    pub query: Option<Query<EventField>>,
    /// Only those with a greater id.
    pub from: Option<EventId>,
    /// At most so many.
    pub max: Option<usize>,
    /// Only those about a host or a machine.
    pub about_inventory: bool,
}

impl EventList {
    /// Whether that event belongs to the list, on whatever page.
    pub fn finds(&self, event: &Event) -> bool {
        let about = |event: &Event| event.host.is_some() || event.vm.is_some();
        self.from.is_none_or(|from| event.id > from)
            && (!self.about_inventory || about(event))
            && self.query.as_ref().is_none_or(|query| query.finds(|field| event_value(event, field)))
    }

    /// How many of the events that belong to the list, newest first, are needed for its page. `None`: all, to sort them.
    pub fn needed(&self) -> Option<usize> {
        let sorted = self.query.as_ref().is_some_and(|query| query.order.is_some());
        self.max.filter(|_| !sorted).map(|max| max.saturating_add(self.skipped()))
    }

    /// The page of the events that belong to the list, which are newest first.
    pub fn page(&self, mut events: Vec<Event>) -> Vec<Event> {
        if let Some(query) = &self.query {
            query.sort(&mut events, event_value);
        }
        events.into_iter().skip(self.skipped()).take(self.max.unwrap_or(usize::MAX)).collect()
    }

    fn skipped(&self) -> usize {
        self.query.as_ref().map_or(0, |query| query.skipped(self.max))
    }
}
