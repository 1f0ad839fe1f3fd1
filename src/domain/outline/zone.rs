//! The user's time zone.

use chrono::TimeDelta;

use crate::domain::Time;

/// The user's offset from UTC, before and after its last change. UTC by default.
///
/// One change is enough for the times of jobs, which are hours or days old.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Zone {
    changed: Time,
    before: TimeDelta,
    since: TimeDelta,
}

/// Clocks change twice a year, so at most once in this time.
const LOOKED_BACK: TimeDelta = TimeDelta::days(150);

impl Zone {
    /// The zone with the offsets that `ahead` gives. Finds the last change before `now`, to the second.
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

    /// Seconds since 1970 in local time.
    pub(super) fn seconds(self, time: Time) -> i64 {
        let ahead = if time < self.changed { self.before } else { self.since };
        time.timestamp() + ahead.num_seconds()
    }
}
