//! oVirt's search language: conditions with `and` and `or`, `sortby FIELD [asc|desc]`, `page N` (`SyntaxChecker`).
//!
//! The language is the same for every list; a list's [`SearchField`] says which fields it has and how they compare.
//! Jobs have one field, `correlation_id`.

mod job;
mod parser;
mod pattern;

use parser::Parser;

pub use job::{JobField, JobSearch};

/// The fields of one kind of list.
pub trait SearchField: Copy + Eq + Sized {
    /// Whether values are compared as they are. Otherwise `*` stands for any text, and case does not matter (`ILIKE`).
    const EXACT: bool;

    /// The field that searches call so, in any case.
    fn named(name: &str) -> Option<Self>;

    /// The field in which words without a field are looked for, if there is one.
    fn of_free_text() -> Option<Self>;
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
    any: Vec<Vec<Condition<F>>>,
    /// The order, if not that of the list itself.
    order: Option<Order<F>>,
    /// Which page, from 1. The request's `max` is the size of a page.
    page: usize,
}

/// `FIELD = VALUE` or `FIELD != VALUE`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Condition<F> {
    field: F,
    is: bool,
    value: String,
}

/// `sortby FIELD`, ascending unless `desc` follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Order<F> {
    field: F,
    descending: bool,
}

impl<F: SearchField> Search<F> {
    /// Reads the text of a `search` parameter.
    pub fn parse(text: &str) -> Self {
        if text.trim().is_empty() {
            return Self::Everything;
        }
        // No text in a database contains NUL, and PostgreSQL refuses it as a value.
        match parser::tokens(text).filter(|_| !text.contains('\0')) {
            Some(tokens) => Parser::new(&tokens).search().unwrap_or_else(|failed| failed),
            None => Self::Malformed,
        }
    }

    /// The rows of a list that the search finds: at most `max`, from the wanted page. `value` reads a field of a row.
    pub fn select<T>(&self, rows: Vec<T>, max: Option<usize>, value: impl Fn(&T, F) -> &str) -> Vec<T> {
        match self {
            Self::Everything => rows.into_iter().take(max.unwrap_or(usize::MAX)).collect(),
            Self::Malformed | Self::FreeText => Vec::new(),
            Self::Query(query) => query.select(rows, max, value),
        }
    }
}

impl<F: SearchField> Query<F> {
    /// As [`Search::select`].
    pub fn select<T>(&self, rows: Vec<T>, max: Option<usize>, value: impl Fn(&T, F) -> &str) -> Vec<T> {
        let mut found: Vec<T> = rows.into_iter().filter(|row| self.finds(|field| value(row, field))).collect();
        if let Some(Order { field, descending }) = self.order {
            let key = |row: &T| if F::EXACT { value(row, field).to_owned() } else { value(row, field).to_lowercase() };
            found.sort_by(|a, b| if descending { key(b).cmp(&key(a)) } else { key(a).cmp(&key(b)) });
        }
        let size = max.unwrap_or(usize::MAX);
        let skipped = max.map_or(0, |size| size.saturating_mul(self.page - 1));
        found.into_iter().skip(skipped).take(size).collect()
    }

    fn finds<'v>(&self, value: impl Fn(F) -> &'v str) -> bool {
        let holds = |condition: &Condition<F>| condition.holds(value(condition.field));
        self.any.is_empty() || self.any.iter().any(|all| all.iter().all(holds))
    }
}

impl<F: SearchField> Condition<F> {
    fn holds(&self, value: &str) -> bool {
        let equal = if F::EXACT { self.value == value } else { pattern::matches(&self.value, value) };
        equal == self.is
    }
}
