//! When a running job or step counts as stuck.

use chrono::TimeDelta;

use super::{Time, usual::Usual};

/// Nothing has changed for so long.
pub const QUIET: TimeDelta = TimeDelta::minutes(30);

/// It takes more than so many times its usual length.
pub const TIMES_USUAL: i32 = 5;

/// A task that has run for less than this is never too long.
pub const LEAST: TimeDelta = TimeDelta::minutes(10);

/// What is known about a running job or step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Run {
    /// When it started.
    pub start: Option<Time>,
    /// When anything about it last changed, as far as the page saw. Only known of jobs.
    pub changed: Option<Time>,
    /// How long its kind usually takes.
    pub usual: Option<Usual>,
}

/// Why it counts as stuck. At least one of them is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stuck {
    /// Its usual length and its length so far, if it takes too long.
    pub long: Option<(Usual, TimeDelta)>,
    /// For how long nothing has changed, if that is long.
    pub quiet: Option<TimeDelta>,
}

impl Run {
    /// Whether it is stuck at this moment, and why.
    pub fn stuck(&self, now: Time) -> Option<Stuck> {
        let long = self.usual.zip(self.start).map(|(usual, start)| (usual, now - start));
        let long = long.filter(|_| self.long_from().is_some_and(|from| from <= now));
        let quiet = self.changed.filter(|changed| *changed + QUIET <= now).map(|changed| now - changed);
        (long.is_some() || quiet.is_some()).then_some(Stuck { long, quiet })
    }

    /// From when on it is stuck, if nothing changes until then.
    pub fn stuck_from(&self) -> Option<Time> {
        [self.long_from(), self.changed.map(|changed| changed + QUIET)].into_iter().flatten().min()
    }

    fn long_from(&self) -> Option<Time> {
        Some(self.start? + (self.usual?.length * TIMES_USUAL).max(LEAST) + TimeDelta::milliseconds(1))
    }
}
