//! oVirt's search language: conditions with `and` and `or`, `sortby FIELD [asc|desc]`, `page N` (`SyntaxChecker`).
//!
//! The language is the same for every list; a list's [`SearchField`] says which fields it has and how they compare.

mod event;
mod job;
mod parser;
mod pattern;
mod value;

use std::{cmp::Ordering, ops::Range};

use uuid::Uuid;

use parser::Parser;

use crate::domain::Time;

pub use event::{EventField, EventSearch, event_value};
pub use job::{JobField, JobSearch};

/// The fields of one kind of list.
pub trait SearchField: Copy + Eq + Sized {
    /// The field that searches call so, in any case.
    fn named(name: &str) -> Option<Self>;

    /// The field in which words without a field are looked for, if there is one.
    fn of_free_text() -> Option<Self>;

    /// How its values compare.
    fn comparison(self) -> Comparison;
}

/// How the values of a field compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// As they are.
    Exact,
    /// `*` in the search stands for any text. Case matters only if the request says so (`LIKE` and `ILIKE`).
    Pattern,
    /// Numbers, of which searches may ask only whether they are equal.
    Number,
    /// Words in an order: word and rank.
    Ranked(&'static [(&'static str, i64)]),
    /// Ids, of which searches may ask only whether they are equal.
    Id,
    /// Moments, of which searches may ask whether they are in a day, before it or after it.
    Day,
}

/// What a condition asks of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// `=`
    Is,
    /// `!=`
    IsNot,
    /// `<`
    Below,
    /// `<=`
    AtMost,
    /// `>`
    Above,
    /// `>=`
    AtLeast,
}

impl Relation {
    /// Whether a value that compares so with the wanted one is found.
    pub const fn holds(self, found: Ordering) -> bool {
        match self {
            Self::Is => found.is_eq(),
            Self::IsNot => found.is_ne(),
            Self::Below => found.is_lt(),
            Self::AtMost => found.is_le(),
            Self::Above => found.is_gt(),
            Self::AtLeast => found.is_ge(),
        }
    }
}

/// What a condition compares with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wanted {
    /// A text, as it is.
    Exact(String),
    /// A text in which `*` stands for any text.
    Pattern(String),
    /// A number, or the rank of a word.
    Number(i64),
    /// An id.
    Id(Uuid),
    /// A day: when it begins, and when the next one begins. In milliseconds since 1970.
    Day(Range<i64>),
}

/// The value of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found<'a> {
    /// There is none. No condition holds for it, as with NULL.
    Nothing,
    /// A text.
    Text(&'a str),
    /// A number, a rank, or milliseconds since 1970.
    Number(i64),
    /// An id.
    Id(Uuid),
}

/// What the meaning of a search depends on, beside its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct SearchTerms {
    /// The time now: it decides which day is today.
    pub now: Time,
    /// Whether case matters where values are patterns.
    pub case_sensitive: bool,
}

/// What the text of a `search` parameter asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Search<F> {
    /// No search: the whole list.
    Everything,
    /// Bad syntax or an unknown field. An engine answers with an empty list, not with an error (`SearchQuery`).
    Malformed,
    /// Words without a field, in a list that has no field for them.
    FreeText,
    /// A search that can be run.
    Query(Query<F>),
}

/// A search that can be run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Query<F> {
    /// Alternatives (`or`) of conditions that must all hold (`and`), as in SQL. Empty: everything is found.
    pub any: Vec<Vec<Condition<F>>>,
    /// The order, if not that of the list itself.
    pub order: Option<Order<F>>,
    /// Which page, from 1. The request's `max` is the size of a page.
    pub page: usize,
    /// Whether case matters where values are patterns.
    pub case_sensitive: bool,
}

/// `FIELD = VALUE`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition<F> {
    /// The field.
    pub field: F,
    /// The operator.
    pub relation: Relation,
    /// The value.
    pub wanted: Wanted,
}

/// `sortby FIELD`, ascending unless `desc` follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order<F> {
    /// The field.
    pub field: F,
    /// Whether the greatest comes first.
    pub descending: bool,
}

impl<F: SearchField> Search<F> {
    /// Reads the text of a `search` parameter, for a list without dates and for any case.
    pub fn parse(text: &str) -> Self {
        Self::parse_with(text, SearchTerms::default())
    }

    /// Reads the text of a `search` parameter.
    pub fn parse_with(text: &str, terms: SearchTerms) -> Self {
        if text.trim().is_empty() {
            return Self::Everything;
        }
        // No text in a database contains NUL, and PostgreSQL refuses it as a value.
        match parser::tokens(text).filter(|_| !text.contains('\0')) {
            Some(tokens) => Parser::new(&tokens, terms).search().unwrap_or_else(|failed| failed),
            None => Self::Malformed,
        }
    }

    /// The rows of a list that the search finds: at most `max`, from the wanted page. `value` reads a field of a row.
    pub fn select<T>(&self, rows: Vec<T>, max: Option<usize>, value: impl Fn(&T, F) -> Found<'_>) -> Vec<T> {
        match self {
            Self::Everything => rows.into_iter().take(max.unwrap_or(usize::MAX)).collect(),
            Self::Malformed | Self::FreeText => Vec::new(),
            Self::Query(query) => query.select(rows, max, value),
        }
    }
}

impl<F: SearchField> Query<F> {
    /// As [`Search::select`].
    pub fn select<T>(&self, rows: Vec<T>, max: Option<usize>, value: impl Fn(&T, F) -> Found<'_>) -> Vec<T> {
        let mut found: Vec<T> = rows.into_iter().filter(|row| self.finds(|field| value(row, field))).collect();
        self.sort(&mut found, value);
        found.into_iter().skip(self.skipped(max)).take(max.unwrap_or(usize::MAX)).collect()
    }

    /// Whether it finds a row with these values.
    pub fn finds<'v>(&self, value: impl Fn(F) -> Found<'v>) -> bool {
        let holds = |condition: &Condition<F>| condition.holds(value(condition.field), self.case_sensitive);
        self.any.is_empty() || self.any.iter().any(|all| all.iter().all(holds))
    }

    /// Puts rows into the order of the search. Rows with the same value stay as they are.
    pub fn sort<T>(&self, rows: &mut [T], value: impl Fn(&T, F) -> Found<'_>) {
        let Some(Order { field, descending }) = self.order else { return };
        rows.sort_by(|a, b| {
            let order = compared(value(a, field), value(b, field), field.comparison());
            if descending { order.reverse() } else { order }
        });
    }

    /// How many rows come before the wanted page.
    pub fn skipped(&self, max: Option<usize>) -> usize {
        max.map_or(0, |size| size.saturating_mul(self.page - 1))
    }
}

impl<F: SearchField> Condition<F> {
    fn holds(&self, found: Found<'_>, case_sensitive: bool) -> bool {
        match (&self.wanted, found) {
            (Wanted::Exact(wanted), Found::Text(text)) => self.relation.holds(text.cmp(wanted)),
            (Wanted::Pattern(pattern), Found::Text(text)) => {
                (self.relation == Relation::Is) == pattern::matches(pattern, text, case_sensitive)
            }
            (Wanted::Number(wanted), Found::Number(number)) => self.relation.holds(number.cmp(wanted)),
            (Wanted::Id(wanted), Found::Id(id)) => self.relation.holds(id.cmp(wanted)),
            (Wanted::Day(day), Found::Number(moment)) => self.relation.holds(against(moment, day)),
            _ => false,
        }
    }
}

/// A moment against a day.
fn against(moment: i64, day: &Range<i64>) -> Ordering {
    if day.contains(&moment) { Ordering::Equal } else { moment.cmp(&day.start) }
}

/// The order of two values. What has no value comes last, as in PostgreSQL.
fn compared(a: Found<'_>, b: Found<'_>, comparison: Comparison) -> Ordering {
    match (a, b) {
        (Found::Text(a), Found::Text(b)) if comparison == Comparison::Pattern => {
            a.to_lowercase().cmp(&b.to_lowercase())
        }
        (Found::Text(a), Found::Text(b)) => a.cmp(b),
        (Found::Number(a), Found::Number(b)) => a.cmp(&b),
        (Found::Id(a), Found::Id(b)) => a.cmp(&b),
        (a, b) => (a == Found::Nothing).cmp(&(b == Found::Nothing)),
    }
}
