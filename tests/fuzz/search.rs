//! The search language.

use proptest::prelude::*;
use task_monitor::engine::{
    EventField, EventSearch, Found, JobField, JobSearch, Search, SearchTerms,
    inventory::{InventoryField, InventorySearch},
};

use crate::cases;

const WORDS: &[&str] = &[
    "correlation_id",
    "name",
    "status",
    "severity",
    "event_vm",
    "time",
    "type",
    "warning",
    "today",
    "\"11/28/2026\"",
    "<",
    ">=",
    "=",
    "!=",
    "!",
    "a",
    "*",
    "b*",
    "\"b c\"",
    "\"",
    "'",
    ";",
    "and",
    "or",
    "sortby",
    "desc",
    "asc",
    "page",
    "2",
    "0",
];

/// The values of all fields.
const ROWS: [&str; 4] = ["a", "b c", "B", ""];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        any::<String>(),
        prop::collection::vec(prop::sample::select(WORDS), 0..8).prop_map(|words| words.join(" ")),
        prop::collection::vec(prop::sample::select(WORDS), 0..8).prop_map(|words| words.concat()),
    ]
}

proptest! {
    #![proptest_config(cases(3_000))]

    #[test]
    fn no_text_breaks_a_search(text in text(), max in proptest::option::of(0..5_usize)) {
        let search = JobSearch::parse(&text);
        let found = search.select(ROWS.to_vec(), max, |row, JobField::CorrelationId| Found::Text(row));
        prop_assert!(found.len() <= max.unwrap_or(ROWS.len()));
        if let Search::Query(query) = search && let Some(one) = query.single() {
            prop_assert!(found.iter().all(|row| one.matches(row)));
        }
        let found = InventorySearch::parse(&text).select(ROWS.to_vec(), max, |row, _: InventoryField| Found::Text(row));
        prop_assert!(found.len() <= max.unwrap_or(ROWS.len()));
        let search = EventSearch::parse_with(&text, SearchTerms { case_sensitive: true, ..SearchTerms::default() });
        let found = search.select(ROWS.to_vec(), max, |row, field| match field {
            EventField::Severity | EventField::Time => Found::Number(2),
            EventField::VmName => Found::Nothing,
            _ => Found::Text(row),
        });
        prop_assert!(found.len() <= max.unwrap_or(ROWS.len()));
    }
}
