//! A day, a time of day, or both, as typed into the search.

use std::ops::Range;

use crate::domain::{Time, outline::Zone};

const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The first three letters of the English names.
const MONTHS: &str = "janfebmaraprmayjunjulaugsepoctnovdec";

/// A day and a time of day: `02:15`, `02:15:04`, `2026-11`, `2026-11-22`, `2026-11-22T02:15`, with `Z` for UTC. Half-typed
/// times of day (`02:`, `02:1`) match everything that they may become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Moment {
    /// Days since 1970.
    days: Option<Range<i64>>,
    /// Seconds of the day.
    seconds: Option<Range<i64>>,
    zone: Zone,
}

impl Moment {
    /// Reads a word in lower case. Its times are in the user's zone.
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
        // Each part is missing or valid.
        Some(Self { days: flipped(days)?, seconds: flipped(seconds)?, zone })
    }

    /// A day of the month that begins with these letters. Without a year, the latest such day until now.
    pub(super) fn of_day(day: i64, month: &str, year: Option<i64>, zone: Zone, now: Time) -> Option<Self> {
        let place = MONTHS.find(month.get(..3)?).filter(|place| place.is_multiple_of(3))?;
        let month = i64::try_from(place / 3).ok()? + 1;
        let in_year = |year| {
            let first = first_of_month(year, month);
            Some(first + day - 1).filter(|date| (first..first_of_month(year, month + 1)).contains(date))
        };
        let today = zone.seconds(now).div_euclid(DAY);
        // This may be wrong by one.
        let this = 1970 + today * 400 / 146_097;
        let date = match year {
            Some(year) => in_year(year)?,
            None => (this - 8..=this + 1).rev().filter_map(in_year).find(|date| *date <= today)?,
        };
        Some(Self { days: Some(date..date + 1), seconds: None, zone })
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

/// `Some(None)` if it is missing, `None` if it is invalid.
#[expect(clippy::option_option, reason = "missing is not invalid")]
fn flipped<T>(read: Option<Option<T>>) -> Option<Option<T>> {
    read.map_or(Some(None), |read| read.map(Some))
}

/// `2026-11`, `2026-11-22`
fn read_days(text: &str) -> Option<Range<i64>> {
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-').map_or((rest, None), |(month, day)| (month, Some(day)));
    if year.len() != 4 || month.len() != 2 {
        return None;
    }
    let (year, month) = (digits(year)?, digits(month).filter(|month| (1..=12).contains(month))?);
    let whole = first_of_month(year, month)..first_of_month(year, month + 1);
    let Some(day) = day else { return Some(whole) };
    let day = whole.start + digits(day).filter(|_| day.len() == 2)? - 1;
    whole.contains(&day).then_some(day..day + 1)
}

/// Days from 1970 to the first of a month; month 13 is the next January. Years begin in March here, so that a leap day is the
/// last day of its year.
const fn first_of_month(year: i64, month: i64) -> i64 {
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 - 719_468
}

/// `2:`, `02:1`, `02:15`, `02:15:04`
fn read_clock(text: &str) -> Option<Range<i64>> {
    let mut parts = text.split(':');
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next().unwrap_or(""));
    if parts.next().is_some() || hour.is_empty() || hour.len() > 2 || (minute.len() < 2 && !second.is_empty()) {
        return None;
    }
    let hour = digits(hour).filter(|hour| *hour < 24)?;
    let (minutes, seconds) = (read_sixtieths(minute)?, read_sixtieths(second)?);
    let start = hour * HOUR + minutes.start * MINUTE;
    match (minutes.end - minutes.start, seconds.end - seconds.start) {
        (1, 1..60) => Some(start + seconds.start..start + seconds.end),
        (span, _) => Some(start..start + span * MINUTE),
    }
}

/// Minutes or seconds: all for no digit, ten for one digit, one for two digits.
fn read_sixtieths(text: &str) -> Option<Range<i64>> {
    match text.len() {
        0 => Some(0..60),
        1 => digits(text).filter(|tens| *tens < 6).map(|tens| tens * 10..tens * 10 + 10),
        2 => digits(text).filter(|number| *number < 60).map(|number| number..number + 1),
        _ => None,
    }
}

/// A number of up to nine digits, without any other character.
pub(super) fn digits(text: &str) -> Option<i64> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| i64::from(byte - b'0'));
    if text.is_empty() || text.len() > 9 {
        return None;
    }
    text.bytes().try_fold(0, |number, byte| Some(number * 10 + digit(byte)?))
}
