//! Lengths of time in milliseconds.

use chrono::TimeDelta;

/// A length of time in milliseconds.
pub(super) type Millis = u64;

/// The same as a difference of times.
pub(super) fn delta(length: Millis) -> TimeDelta {
    TimeDelta::milliseconds(i64::try_from(length).unwrap_or(i64::MAX))
}

/// From seconds.
pub(super) fn millis(seconds: u32) -> Millis {
    Millis::from(seconds) * 1_000
}

/// A part of a time; `draw` is in 0..1.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a minute's milliseconds are exact in a double"
)]
pub(super) fn part(most: Millis, draw: f64) -> Millis {
    (most as f64 * draw.clamp(0.0, 1.0)) as Millis
}
