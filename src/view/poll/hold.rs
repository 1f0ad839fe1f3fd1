//! The wait that an answer asks for (`Retry-After`).

use super::length::{Millis, delta, millis, part};
use crate::domain::Time;

/// The longest wait that an answer can ask for (`Retry-After`).
const LONGEST_ADVICE: Millis = 120_000;
/// The pages that were told to wait come back within this time, not at the same moment.
const SPREAD: Millis = 1_000;

/// The page makes no request by itself for this long.
#[derive(Debug, Clone, Copy)]
pub(super) struct Hold {
    until: Time,
    length: Millis,
}

impl Hold {
    /// From a time on, for so many seconds.
    pub(super) fn new(since: Time, seconds: u32) -> Self {
        let length = millis(seconds).min(LONGEST_ADVICE);
        Self { until: since + delta(length), length }
    }

    /// The rest of the wait. It is never longer than the whole, also after the clock was set back.
    pub(super) fn left(self, now: Time) -> Millis {
        Millis::try_from((self.until - now).num_milliseconds()).unwrap_or(0).min(self.length)
    }

    /// When to make the next request, in the same measure. `draw` is a random number in 0..1.
    pub(super) fn wait(self, now: Time, draw: f64) -> Millis {
        match self.left(now) {
            0 => 0,
            left => left + part(SPREAD, draw),
        }
    }
}
