//! How a language writes a day, for writing and for reading days.

use std::fmt::Write;

use chrono::{Datelike, NaiveDate};

/// One part of a written day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DayPart {
    /// The day of the month.
    Day,
    /// The name of the month.
    Month,
    /// The year.
    Year,
    /// Text between them.
    Text(String),
}

impl DayPart {
    /// Text between the others. Every white space in it becomes one space.
    pub fn text(between: &str) -> Self {
        let mut text = String::new();
        for letter in between.chars() {
            match letter.is_whitespace() {
                true if text.ends_with(' ') => (),
                true => text.push(' '),
                false => text.push(letter),
            }
        }
        Self::Text(text)
    }
}

/// How a language writes a day. British English by default: `22 Nov 2026`, `22 Nov`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayWords {
    /// With the year.
    pub long: Vec<DayPart>,
    /// Without the year.
    pub short: Vec<DayPart>,
    /// The names of the months, as they are in a day.
    pub months: [String; 12],
}

/// A day as somebody typed it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct TypedDay {
    pub(super) day: u32,
    /// 1 to 12.
    pub(super) month: u32,
    pub(super) year: Option<i32>,
    /// How many words it takes.
    pub(super) words: usize,
}

const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl Default for DayWords {
    fn default() -> Self {
        use DayPart::{Day, Month, Year};
        let space = || DayPart::text(" ");
        Self {
            long: vec![Day, space(), Month, space(), Year],
            short: vec![Day, space(), Month],
            months: MONTHS.map(str::to_owned),
        }
    }
}

impl DayWords {
    /// American English: `Nov 22, 2026`, `Nov 22`.
    pub fn american() -> Self {
        use DayPart::{Day, Month, Year};
        let (space, comma) = (|| DayPart::text(" "), DayPart::text(", "));
        Self { long: vec![Month, space(), Day, comma, Year], short: vec![Month, space(), Day], ..Self::default() }
    }

    /// Whether it has everything that a day needs.
    pub fn is_complete(&self) -> bool {
        let has = |pattern: &[DayPart], parts: &[DayPart]| parts.iter().all(|part| pattern.contains(part));
        has(&self.long, &[DayPart::Day, DayPart::Month, DayPart::Year])
            && has(&self.short, &[DayPart::Day, DayPart::Month])
            && self.months.iter().all(|name| !name.is_empty())
    }

    /// Writes a day.
    pub fn write(&self, date: NaiveDate, with_year: bool) -> String {
        let mut text = String::new();
        for part in if with_year { &self.long } else { &self.short } {
            // Writing to a string cannot fail.
            let _ = match part {
                DayPart::Day => write!(text, "{}", date.day()),
                DayPart::Month => write!(text, "{}", self.months[date.month0() as usize % 12]),
                DayPart::Year => write!(text, "{}", date.year()),
                DayPart::Text(between) => write!(text, "{between}"),
            };
        }
        text
    }

    /// Reads a day from the beginning of typed words, which are in lower case: as this language writes it, or as English does.
    pub(super) fn read(&self, typed: &[&str]) -> Option<TypedDay> {
        let (british, american) = (Self::default(), Self::american());
        let ways = [self, &british, &american];
        let read = |long: bool| {
            ways.iter().find_map(|words| words.read_as(if long { &words.long } else { &words.short }, typed))
        };
        read(true).or_else(|| read(false))
    }

    fn read_as(&self, pattern: &[DayPart], typed: &[&str]) -> Option<TypedDay> {
        let count = 1 + pattern.iter().map(spaces).sum::<usize>();
        let written = typed.get(..count)?.join(" ");
        let mut rest = written.trim_end_matches(',');
        let mut found = TypedDay { day: 0, month: 0, year: None, words: count };
        for part in pattern {
            rest = match part {
                DayPart::Day => {
                    let (day, rest) = number(rest, 1, 2)?;
                    found.day = u32::try_from(day).ok()?;
                    rest
                }
                DayPart::Month => {
                    let (month, rest) = self.read_month(rest)?;
                    found.month = month;
                    rest
                }
                DayPart::Year => {
                    let (year, rest) = number(rest, 4, 4)?;
                    found.year = Some(year);
                    rest
                }
                DayPart::Text(between) => after_text(rest, &between.to_lowercase())?,
            };
        }
        rest.is_empty().then_some(found)
    }

    /// Reads the longest name that fits. A word that goes on (`november`) is the same month.
    fn read_month<'a>(&self, typed: &'a str) -> Option<(u32, &'a str)> {
        let fits = |name: &String| {
            let name = name.to_lowercase();
            let name = name.trim_end_matches('.');
            typed.strip_prefix(name).map(|rest| (name.len(), rest))
        };
        let fitting = (1..).zip(&self.months).filter_map(|(month, name)| Some((month, fits(name)?)));
        let (month, (_, rest)) = fitting.max_by_key(|(_, (length, _))| *length)?;
        let rest = rest.trim_start_matches(char::is_alphabetic);
        Some((month, rest.trim_start_matches('.')))
    }
}

fn spaces(part: &DayPart) -> usize {
    if let DayPart::Text(text) = part { text.matches(' ').count() } else { 0 }
}

/// Texts between are typed with or without their punctuation.
fn after_text<'a>(typed: &'a str, between: &str) -> Option<&'a str> {
    typed.strip_prefix(between).or_else(|| {
        let bare = between.trim_start_matches(['.', ',']);
        (bare != between).then(|| typed.strip_prefix(bare)).flatten()
    })
}

/// A number with so many digits.
fn number(text: &str, least: usize, most: usize) -> Option<(i32, &str)> {
    let length = text.bytes().take_while(u8::is_ascii_digit).count();
    let (digits, rest) = text.split_at(length);
    (least..=most).contains(&length).then(|| digits.parse().ok()).flatten().map(|number| (number, rest))
}
