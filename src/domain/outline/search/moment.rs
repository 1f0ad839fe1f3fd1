//! A day, a time of day, or both, as somebody types it into a search.

use std::ops::Range;

use chrono::NaiveDate;

use crate::domain::{Time, outline::Zone};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// What a word says of a moment: `02:15`, `02:15:04`, `2026-11`, `2026-11-22`, `2026-11-22T02:15`, with `Z` for UTC. Half-typed
/// times of day (`02:`, `02:1`) stand for all that they may become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Moment {
    /// Days since 1970.
    days: Option<Range<i64>>,
    /// Seconds of the day.
    seconds: Option<Range<i64>>,
    zone: Zone,
}

impl Moment {
    /// Reads a word in lower case, meant in the reader's zone.
    pub(super) fn read(word: &str, zone: Zone) -> Option<Self> {
        let word = word.strip_suffix(',').unwrap_or(word);
        let (word, zone) = match word.strip_suffix('z') {
            Some(word) if word.contains(':') => (word, Zone::default()),
            Some(_) | None => (word, zone),
        };
        let (day, clock) = match word.split_once('t') {
            Some((day, clock)) => (Some(day), Some(clock)),
            None if word.contains(':') => (None, Some(word)),
            None => (Some(word), None),
        };
        let days = day.map(read_days);
        let seconds = clock.filter(|clock| !clock.is_empty()).map(read_clock);
        // Either is missing, or makes sense.
        Some(Self { days: flipped(days)?, seconds: flipped(seconds)?, zone })
    }

    pub(super) fn is_one_of<const N: usize>(&self, times: [Option<Time>; N]) -> bool {
        times.into_iter().flatten().any(|time| self.is(time))
    }

    fn is(&self, time: Time) -> bool {
        let seconds = self.zone.seconds(time);
        let fits = |range: &Option<Range<i64>>, value| range.as_ref().is_none_or(|range| range.contains(&value));
        fits(&self.days, seconds.div_euclid(DAY)) && fits(&self.seconds, seconds.rem_euclid(DAY))
    }
}

/// Nothing was there, or it was read; `None` if it was there and made no sense.
#[expect(clippy::option_option, reason = "what is missing is not what makes no sense")]
fn flipped<T>(read: Option<Option<T>>) -> Option<Option<T>> {
    read.map_or(Some(None), |read| read.map(Some))
}

/// `2026-11`, `2026-11-22`
fn read_days(text: &str) -> Option<Range<i64>> {
    let mut parts = text.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next());
    if parts.next().is_some() || year.len() != 4 || month.len() != 2 {
        return None;
    }
    let (year, month): (i32, u32) = (digits(year)?, digits(month)?);
    match day {
        Some(day) if day.len() == 2 => {
            let day = days_since_1970(year, month, digits(day)?)?;
            Some(day..day + 1)
        }
        Some(_) => None,
        None if month == 12 => Some(days_since_1970(year, 12, 1)?..days_since_1970(year + 1, 1, 1)?),
        None => Some(days_since_1970(year, month, 1)?..days_since_1970(year, month + 1, 1)?),
    }
}

fn days_since_1970(year: i32, month: u32, day: u32) -> Option<i64> {
    let midnight = NaiveDate::from_ymd_opt(year, month, day)?.and_hms_opt(0, 0, 0)?;
    Some(midnight.and_utc().timestamp().div_euclid(DAY))
}

/// `2:`, `02:1`, `02:15`, `02:15:04`
fn read_clock(text: &str) -> Option<Range<i64>> {
    let mut parts = text.split(':');
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next().unwrap_or(""));
    if parts.next().is_some() || hour.is_empty() || hour.len() > 2 || (minute.len() < 2 && !second.is_empty()) {
        return None;
    }
    let hour: i64 = digits(hour).filter(|hour| *hour < 24)?;
    let (minutes, seconds) = (read_sixtieths(minute)?, read_sixtieths(second)?);
    let start = hour * HOUR + minutes.start * MINUTE;
    match (minutes.end - minutes.start, seconds.end - seconds.start) {
        (1, 1..60) => Some(start + seconds.start..start + seconds.end),
        (span, _) => Some(start..start + span * MINUTE),
    }
}

/// All of them, ten of them, or one.
fn read_sixtieths(text: &str) -> Option<Range<i64>> {
    match text.len() {
        0 => Some(0..60),
        1 => digits(text).filter(|tens| *tens < 6).map(|tens: i64| tens * 10..tens * 10 + 10),
        2 => digits(text).filter(|number| *number < 60).map(|number: i64| number..number + 1),
        _ => None,
    }
}

fn digits<T: std::str::FromStr>(text: &str) -> Option<T> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}
