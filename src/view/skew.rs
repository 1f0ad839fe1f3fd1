//! How far the engine's clock is ahead of the browser's.

use chrono::TimeDelta;

use crate::domain::Time;

/// How many answers are used.
const SAMPLES: usize = 5;

/// In milliseconds. A `Date` header has whole seconds and an answer takes some time, so a smaller difference counts as zero.
const LEAST: i64 = 2_000;

/// The median of the last answers, so that one slow answer does not change every duration on screen.
#[derive(Debug, Clone, Default)]
pub struct Skew {
    /// In milliseconds, oldest first.
    samples: Vec<i64>,
}

impl Skew {
    /// Takes the engine's time in an answer, and the browser's times of the request and the answer.
    pub fn learn(&mut self, engine_time: Time, sent: Time, received: Time) {
        let middle = sent + (received - sent) / 2;
        // The header has no fraction of a second, so on average it is half a second late.
        let ahead = (engine_time + TimeDelta::milliseconds(500) - middle).num_milliseconds();
        if self.samples.len() == SAMPLES {
            self.samples.remove(0);
        }
        self.samples.push(ahead);
    }

    /// How far the engine's clock is ahead; zero if the difference is too small to be sure of.
    pub fn ahead(&self) -> TimeDelta {
        let mut sorted = self.samples.clone();
        sorted.sort_unstable();
        let median = sorted.get(sorted.len() / 2).copied().unwrap_or(0);
        TimeDelta::milliseconds(if median.abs() < LEAST { 0 } else { median })
    }
}
