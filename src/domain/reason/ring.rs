//! The engine's recent events, as far as the page has read them.

use std::{collections::VecDeque, sync::Arc};

use crate::domain::{Event, Time, event::EventId};

/// So many events are kept.
pub const MOST: usize = 2_000;

/// Events between two answers that have not been read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    /// All events up to this one were read.
    pub after: EventId,
    /// All events from this one on were read.
    pub before: EventId,
}

/// The recent events, the oldest first. Of the time before the first answer it has only those with a severity above normal.
#[derive(Debug, Clone, Default)]
pub struct Ring {
    events: VecDeque<Arc<Event>>,
    last: Option<EventId>,
    gap: Option<Gap>,
    /// From this moment on, all events above normal are there, except for those in the gap.
    since: Option<Time>,
    /// Events up to this moment were asked for.
    until: Option<Time>,
}

impl Ring {
    /// All events, the oldest first.
    pub fn events(&self) -> impl Iterator<Item = &Arc<Event>> + Clone {
        self.events.iter()
    }

    /// The newest event that was read; none before the first answer.
    pub const fn last(&self) -> Option<EventId> {
        self.last
    }

    /// The events that are still to be read.
    pub const fn gap(&self) -> Option<Gap> {
        self.gap
    }

    /// The moment up to which events were asked for.
    pub const fn until(&self) -> Option<Time> {
        self.until
    }

    /// Whether all events above normal from one moment to another were read.
    pub fn covers(&self, from: Time, until: Time) -> bool {
        let is_in_gap = self.gap.is_some_and(|gap| {
            let time_of = |id: EventId| self.events.iter().find(|event| event.id >= id).map(|event| event.time);
            // From the last event before the gap to the first one after it.
            let begins = self.events.iter().rev().find(|event| event.id <= gap.after).map(|event| event.time);
            let ends = time_of(gap.before);
            begins.is_none_or(|begins| begins <= until) && ends.is_none_or(|ends| ends >= from)
        });
        self.since.is_some_and(|since| since <= from) && self.until.is_some_and(|read| read >= until) && !is_in_gap
    }

    /// Takes the first answer: the newest events above normal, at most `max`. `asked` is the engine's time of the request.
    pub fn begin(&mut self, events: Vec<Event>, max: usize, asked: Time) {
        // A list that is not full has all events that the engine has.
        let oldest = events.iter().map(|event| event.time).min();
        self.since = if events.len() < max { Some(Time::MIN_UTC) } else { oldest };
        self.last = Some(events.iter().map(|event| event.id).max().unwrap_or(EventId(0)));
        self.until = Some(asked);
        self.gap = None;
        self.add(events);
    }

    /// Takes a page of earlier events above normal, at most `max`.
    pub fn extend_back(&mut self, events: Vec<Event>, max: usize) {
        let oldest = events.iter().map(|event| event.time).min();
        self.since = if events.len() < max { Some(Time::MIN_UTC) } else { self.since.min(oldest) };
        self.add(events);
    }

    /// Takes an answer about what came since [`Self::last`]: the newest, at most `max`. If as many came, there may be others before.
    pub fn go_on(&mut self, events: Vec<Event>, max: usize, asked: Time) {
        let (oldest, newest) = (events.iter().map(|event| event.id).min(), events.iter().map(|event| event.id).max());
        if let (Some(after), Some(before)) = (self.last, oldest)
            && events.len() >= max
        {
            // An older gap that is still open becomes part of this one.
            self.gap = Some(Gap { after: self.gap.map_or(after, |gap| gap.after), before });
        }
        self.last = self.last.max(newest);
        self.until = self.until.max(Some(asked));
        self.add(events);
    }

    /// Takes a page of the events in the gap, the oldest first. Returns whether the gap is closed.
    pub fn fill(&mut self, events: Vec<Event>, max: usize) -> bool {
        let Some(gap) = self.gap else { return true };
        let newest = events.iter().map(|event| event.id).max();
        if events.len() < max || newest.is_none_or(|newest| newest >= gap.before) {
            self.gap = None;
        }
        self.add(events);
        self.gap.is_none()
    }

    /// The gap stays open: what was read before it is of no more use.
    pub fn give_up_gap(&mut self) {
        let Some(gap) = self.gap.take() else { return };
        self.events.retain(|event| event.id >= gap.before);
        self.since = self.events.front().map(|event| event.time).or(self.until);
    }

    /// Takes events that were asked for by their correlation id.
    pub fn add(&mut self, events: Vec<Event>) {
        for event in events {
            // Most come in order.
            let at = self.events.partition_point(|known| known.id < event.id);
            if self.events.get(at).is_none_or(|known| known.id != event.id) {
                self.events.insert(at, Arc::new(event));
            }
        }
        while self.events.len() > MOST
            && let Some(dropped) = self.events.pop_front()
        {
            self.since = self.since.max(Some(dropped.time));
        }
    }
}
