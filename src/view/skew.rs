//! How far the engine's clock is ahead of the browser's.

use chrono::TimeDelta;

use crate::domain::Time;

/// How many answers count.
const SAMPLES: usize = 5;

/// In milliseconds. `Date` headers tell whole seconds, and an answer takes its time: a smaller difference is none.
const LEAST: i64 = 2_000;

/// The median over the last answers, so that one slow answer does not shift every duration on screen.
#[derive(Debug, Clone, Default)]
pub struct Skew {
    /// In milliseconds, oldest first.
    samples: Vec<i64>,
}

impl Skew {
    /// Takes the engine's time of an answer, and when, by the browser's clock, it was asked for and came.
    pub fn learn(&mut self, engine_time: Time, sent: Time, received: Time) {
        let middle = sent + (received - sent) / 2;
        // The header has no fraction of a second: on average it is half a second behind.
        let ahead = (engine_time + TimeDelta::milliseconds(500) - middle).num_milliseconds();
        if self.samples.len() == SAMPLES {
            self.samples.remove(0);
        }
        self.samples.push(ahead);
    }

    /// How far the engine's clock is ahead; zero if the difference is too small to be certain.
    pub fn ahead(&self) -> TimeDelta {
        let mut sorted = self.samples.clone();
        sorted.sort_unstable();
        let median = sorted.get(sorted.len() / 2).copied().unwrap_or(0);
        TimeDelta::milliseconds(if median.abs() < LEAST { 0 } else { median })
    }
}
