//! A day, a time of day, or both, as typed into the search.

use std::ops::Range;

use chrono::{Days, Months, NaiveDate, TimeDelta, Timelike};

use crate::domain::{Time, outline::Zone};

const MINUTE: u32 = 60;
const HOUR: u32 = 60 * MINUTE;

/// A day and a time of day: `02:15`, `02:15:04`, `2026-11`, `2026-11-22`, `2026-11-22T02:15`, with `Z` for UTC or another offset
/// like `+01:00`. Half-typed times of day (`02:`, `02:1`) match everything that they may become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Moment {
    /// Any of these, or any day if there are none.
    days: Vec<Range<NaiveDate>>,
    /// Seconds of the day.
    seconds: Option<Range<u32>>,
    zone: Zone,
}

impl Moment {
    /// Reads a word in lower case. Its times are in the user's zone, unless it has an offset.
    pub(super) fn read(word: &str, zone: &Zone) -> Option<Self> {
        let word = word.strip_suffix(',').unwrap_or(word);
        let (day, clock) = match word.split_once('t') {
            Some((day, clock)) => (Some(day), Some(clock)),
            None if word.contains(':') => (None, Some(word)),
            None => (Some(word), None),
        };
        let (clock, offset) = clock.map_or((None, None), |clock| {
            let (clock, offset) = split_offset(clock);
            (Some(clock), offset)
        });
        let days = day.map(read_days);
        let seconds = clock.filter(|clock| !clock.is_empty()).map(read_clock);
        let zone = offset.map_or_else(|| zone.clone(), Zone::fixed);
        // Each part is missing or valid.
        Some(Self { days: flipped(days)?.into_iter().collect(), seconds: flipped(seconds)?, zone })
    }

    /// A day of a month. Without a year it is the day of this year, as the page writes it; or the latest such day until now.
    pub(super) fn of_day(day: u32, month: u32, year: Option<i32>, zone: &Zone, now: Time) -> Option<Self> {
        let today = zone.local(now).date();
        let in_year = |year| NaiveDate::from_ymd_opt(year, month, day);
        let this = chrono::Datelike::year(&today);
        let dates: Vec<NaiveDate> = match year {
            Some(year) => vec![in_year(year)?],
            None => {
                let latest = (this - 8..=this).rev().filter_map(in_year).find(|date| *date <= today);
                in_year(this).into_iter().chain(latest).collect()
            }
        };
        let days: Vec<_> = dates.into_iter().filter_map(|date| Some(date..date.succ_opt()?)).collect();
        (!days.is_empty()).then(|| Self { days, seconds: None, zone: zone.clone() })
    }

    /// Whether it has a time of day.
    pub(super) const fn has_clock(&self) -> bool {
        self.seconds.is_some()
    }

    /// The same day and time of day, so far ahead of UTC.
    pub(super) fn at_offset(self, ahead: TimeDelta) -> Self {
        Self { zone: Zone::fixed(ahead), ..self }
    }

    pub(super) fn is_one_of<const N: usize>(&self, times: [Option<Time>; N]) -> bool {
        times.into_iter().flatten().any(|time| self.is(time))
    }

    fn is(&self, time: Time) -> bool {
        let local = self.zone.local(time);
        (self.days.is_empty() || self.days.iter().any(|days| days.contains(&local.date())))
            && self.seconds.as_ref().is_none_or(|seconds| seconds.contains(&local.num_seconds_from_midnight()))
    }
}

/// How far ahead of UTC: `+01:00`, `-0330`, `utc+1`, `gmt`, `utc`.
pub(super) fn read_offset(text: &str) -> Option<TimeDelta> {
    let (named, rest) = match text.strip_prefix("utc").or_else(|| text.strip_prefix("gmt")) {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    if named && rest.is_empty() {
        return Some(TimeDelta::zero());
    }
    let (sign, rest) = match rest.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, minutes) = match (rest.split_once(':'), rest.len()) {
        (Some(parts), _) => parts,
        (None, 4) => rest.split_at(2),
        (None, _) => (rest, "00"),
    };
    let hours = digits(hours).filter(|number| hours.len() <= 2 && *number <= 14)?;
    let minutes = digits(minutes).filter(|number| minutes.len() == 2 && *number < 60)?;
    Some(TimeDelta::minutes(sign * (hours * 60 + minutes)))
}

/// A time of day, and the offset that is written right after it.
fn split_offset(text: &str) -> (&str, Option<TimeDelta>) {
    if let Some(clock) = text.strip_suffix('z') {
        return (clock, Some(TimeDelta::zero()));
    }
    let sign = text.rfind(['+', '-']).filter(|place| *place > 0);
    match sign.map(|place| text.split_at(place)) {
        Some((clock, offset)) if read_offset(offset).is_some() => (clock, read_offset(offset)),
        Some(_) | None => (text, None),
    }
}

/// `Some(None)` if it is missing, `None` if it is invalid.
#[expect(clippy::option_option, reason = "missing is not invalid")]
fn flipped<T>(read: Option<Option<T>>) -> Option<Option<T>> {
    read.map_or(Some(None), |read| read.map(Some))
}

/// `2026-11`, `2026-11-22`
fn read_days(text: &str) -> Option<Range<NaiveDate>> {
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-').map_or((rest, None), |(month, day)| (month, Some(day)));
    if year.len() != 4 || month.len() != 2 {
        return None;
    }
    let date = |day| NaiveDate::from_ymd_opt(digits(year)?.try_into().ok()?, digits(month)?.try_into().ok()?, day);
    match day {
        None => Some(date(1)?..date(1)?.checked_add_months(Months::new(1))?),
        Some(day) => {
            let date = date(digits(day).filter(|_| day.len() == 2)?.try_into().ok()?)?;
            Some(date..date.checked_add_days(Days::new(1))?)
        }
    }
}

/// `2:`, `02:1`, `02:15`, `02:15:04`
fn read_clock(text: &str) -> Option<Range<u32>> {
    let mut parts = text.split(':');
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next().unwrap_or(""));
    if parts.next().is_some() || hour.is_empty() || hour.len() > 2 || (minute.len() < 2 && !second.is_empty()) {
        return None;
    }
    let hour = small(hour).filter(|hour| *hour < 24)?;
    let (minutes, seconds) = (read_sixtieths(minute)?, read_sixtieths(second)?);
    let start = hour * HOUR + minutes.start * MINUTE;
    match (minutes.end - minutes.start, seconds.end - seconds.start) {
        (1, 1..60) => Some(start + seconds.start..start + seconds.end),
        (span, _) => Some(start..start + span * MINUTE),
    }
}

/// Minutes or seconds: all for no digit, ten for one digit, one for two digits.
fn read_sixtieths(text: &str) -> Option<Range<u32>> {
    match text.len() {
        0 => Some(0..60),
        1 => small(text).filter(|tens| *tens < 6).map(|tens| tens * 10..tens * 10 + 10),
        2 => small(text).filter(|number| *number < 60).map(|number| number..number + 1),
        _ => None,
    }
}

fn small(text: &str) -> Option<u32> {
    digits(text)?.try_into().ok()
}

/// A number of up to nine digits, without any other character.
pub(super) fn digits(text: &str) -> Option<i64> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| i64::from(byte - b'0'));
    if text.is_empty() || text.len() > 9 {
        return None;
    }
    text.bytes().try_fold(0, |number, byte| Some(number * 10 + digit(byte)?))
}
