//! The time axis that all rows share.

use chrono::TimeDelta;

use crate::domain::Time;

/// How far back the axis reaches. It ends now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Range {
    /// Ten minutes.
    Minutes10,
    /// Half an hour.
    #[default]
    Minutes30,
    /// Two hours.
    Hours2,
    /// Eight hours.
    Hours8,
    /// A day.
    Day,
}

impl Range {
    /// All of them, shortest first.
    pub const ALL: [Self; 5] = [Self::Minutes10, Self::Minutes30, Self::Hours2, Self::Hours8, Self::Day];

    /// The text of the column's header.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Minutes10 => "Last 10 min",
            Self::Minutes30 => "Last 30 min",
            Self::Hours2 => "Last 2 h",
            Self::Hours8 => "Last 8 h",
            Self::Day => "Last 24 h",
        }
    }

    /// The marks between its start and now: how many equal parts there are, and a label for each mark, from the
    /// left. There is room for the unit in the last one only.
    pub const fn marks(self) -> (u32, &'static [&'static str]) {
        match self {
            Self::Minutes10 => (2, &["−5 min"]),
            Self::Minutes30 => (3, &["−20", "−10 min"]),
            Self::Hours2 => (2, &["−1 h"]),
            Self::Hours8 => (4, &["−6", "−4", "−2 h"]),
            Self::Day => (4, &["−18", "−12", "−6 h"]),
        }
    }

    /// Its length in minutes, which is also its name in storage.
    pub const fn minutes(self) -> u32 {
        match self {
            Self::Minutes10 => 10,
            Self::Minutes30 => 30,
            Self::Hours2 => 120,
            Self::Hours8 => 480,
            Self::Day => 1_440,
        }
    }

    /// The range with that length.
    pub fn of_minutes(minutes: u32) -> Option<Self> {
        Self::ALL.into_iter().find(|range| range.minutes() == minutes)
    }
}

/// The axis moves in steps: so many for its whole length. On a column of 134 px each is less than half a pixel.
const STEPS: i64 = 300;

/// The end of the axis: the last whole step before `now`.
pub fn axis_end(now: Time, range: Range) -> Time {
    let step = i64::from(range.minutes()) * 60_000 / STEPS;
    let into_step = now.timestamp_millis().rem_euclid(step);
    now - TimeDelta::milliseconds(into_step)
}

/// What of a job or step is on the axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnAxis {
    /// Nothing: it has no start time.
    Nothing,
    /// Nothing: it ended before the axis begins.
    Earlier,
    /// A bar.
    Bar(Bar),
}

/// The position of a bar on the axis, in hundredths of a percent of the axis: 0 is its start, 10,000 is now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bar {
    /// Its left end.
    pub start: u32,
    /// Its length; at least [`Bar::MIN`], so that a very short bar is still visible.
    pub length: u32,
    /// Whether it begins before the axis.
    pub cut: bool,
}

/// The length of the axis, in hundredths of a percent.
const WHOLE: i64 = 10_000;

impl Bar {
    /// The shortest bar: about 3 px on a column of 134 px.
    pub const MIN: u32 = 220;

    /// The bar of a job or step that ran from `start` to `end`, or that still runs.
    pub fn of(start: Option<Time>, end: Option<Time>, now: Time, range: Range) -> OnAxis {
        let length = TimeDelta::minutes(i64::from(range.minutes())).num_milliseconds();
        let ago = |time: Time| now.signed_duration_since(time).num_milliseconds().max(0);
        let Some(start) = start.map(ago) else { return OnAxis::Nothing };
        let end = end.map_or(0, ago).min(start);
        if end >= length {
            return OnAxis::Earlier;
        }
        let position = |ago: i64| (length - ago.min(length)) * WHOLE / length;
        let (left, right) = (position(start), position(end));
        let left = left.min(WHOLE - i64::from(Self::MIN));
        let length_shown = (right - left).max(i64::from(Self::MIN));
        OnAxis::Bar(Self { start: to_u32(left), length: to_u32(length_shown), cut: start > length })
    }
}

fn to_u32(value: i64) -> u32 {
    u32::try_from(value).unwrap_or(0)
}
