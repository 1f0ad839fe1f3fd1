//! The user's time zone, and how the user's language writes days.

use std::sync::Arc;

use chrono::{NaiveDateTime, TimeDelta};

use super::DayWords;
use crate::domain::Time;

/// The user's offsets from UTC, and how days are written. UTC and British English by default.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Zone {
    /// Oldest first. Before the first one its offset counts, too.
    changes: Arc<[Change]>,
    words: Arc<DayWords>,
}

/// From a time on, local time is ahead of UTC by so much.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Change {
    since: Time,
    ahead: TimeDelta,
}

/// 2009, before the first oVirt engine: no job is older.
const FIRST: Time = match Time::from_timestamp(1_230_768_000, 0) {
    Some(time) => time,
    None => Time::UNIX_EPOCH,
};

/// Engines' clocks may be ahead, and a tab stays open for months.
const AHEAD_OF_NOW: TimeDelta = TimeDelta::days(400);

/// No zone has changed its offset and changed it back within this time.
const LEAST_BETWEEN: TimeDelta = TimeDelta::days(7);

impl Zone {
    /// The zone with the offsets that `ahead` gives, from 2009 until a year after `now`. Finds each change to the second.
    pub fn of(now: Time, ahead: impl Fn(Time) -> TimeDelta) -> Self {
        let mut changes = vec![Change { since: FIRST, ahead: ahead(FIRST) }];
        let (mut early, end) = (FIRST, now + AHEAD_OF_NOW);
        while early < end {
            let late = early + LEAST_BETWEEN;
            let (before, after) = (ahead(early), ahead(late));
            if before != after {
                let since = first_with(after, early, late, &ahead);
                changes.push(Change { since, ahead: after });
            }
            early = late;
        }
        Self { changes: changes.into(), words: Arc::default() }
    }

    /// The zone that is always ahead of UTC by so much.
    pub fn fixed(ahead: TimeDelta) -> Self {
        Self { changes: [Change { since: FIRST, ahead }].into(), words: Arc::default() }
    }

    /// The same zone, for a language that writes days like this.
    #[must_use]
    pub fn with_words(self, words: DayWords) -> Self {
        Self { words: Arc::new(words), ..self }
    }

    /// How days are written.
    pub fn words(&self) -> &DayWords {
        &self.words
    }

    /// How far local time was ahead of UTC at a moment.
    pub fn ahead(&self, time: Time) -> TimeDelta {
        // Most times are recent.
        let change = self.changes.iter().rev().find(|change| change.since <= time).or(self.changes.first());
        change.map_or(TimeDelta::zero(), |change| change.ahead)
    }

    /// The local date and time of a moment.
    pub fn local(&self, time: Time) -> NaiveDateTime {
        let utc = time.naive_utc();
        utc.checked_add_signed(self.ahead(time)).unwrap_or(utc)
    }
}

/// The first second with the offset `after`, between a time before the change and one after it.
fn first_with(after: TimeDelta, mut early: Time, mut late: Time, ahead: &impl Fn(Time) -> TimeDelta) -> Time {
    while late - early > TimeDelta::seconds(1) {
        let middle = early + TimeDelta::seconds((late - early).num_seconds() / 2);
        if ahead(middle) == after {
            late = middle;
        } else {
            early = middle;
        }
    }
    late
}
