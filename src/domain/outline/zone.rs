//! The clock on the reader's wall.

use chrono::TimeDelta;

use crate::domain::Time;

/// How far the reader's clock is ahead of UTC: before and since its last change. UTC itself by default.
///
/// That is all there is to know about the times of jobs, which are hours or days old.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Zone {
    changed: Time,
    before: TimeDelta,
    since: TimeDelta,
}

/// Clocks change twice a year; in half a year, at most once.
const LOOKED_BACK: TimeDelta = TimeDelta::days(150);

impl Zone {
    /// Of a reader whose clock is that far ahead of UTC at a given time. Finds the last change before `now`, to the second.
    pub fn of(now: Time, ahead: impl Fn(Time) -> TimeDelta) -> Self {
        let (before, since) = (ahead(now - LOOKED_BACK), ahead(now));
        let (mut early, mut late) = (now - LOOKED_BACK, now);
        while before != since && late - early > TimeDelta::seconds(1) {
            let middle = early + (late - early) / 2;
            if ahead(middle) == since {
                late = middle;
            } else {
                early = middle;
            }
        }
        Self { changed: late, before, since }
    }

    /// Seconds since 1970 as the reader's clock and calendar count them.
    pub(super) fn seconds(self, time: Time) -> i64 {
        let ahead = if time < self.changed { self.before } else { self.since };
        time.timestamp() + ahead.num_seconds()
    }
}
