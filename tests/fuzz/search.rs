//! The search of the job list.

use proptest::prelude::*;
use task_monitor::{
    domain::Status,
    engine::{JobRecord, Search},
};

use crate::{cases, support::job};

const WORDS: &[&str] = &[
    "correlation_id",
    "=",
    "!=",
    "!",
    "a",
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

proptest! {
    #![proptest_config(cases(3_000))]

    #[test]
    fn no_search_breaks_the_reader(
        text in prop_oneof![
            any::<String>(),
            prop::collection::vec(prop::sample::select(WORDS), 0..8).prop_map(|words| words.join(" ")),
            prop::collection::vec(prop::sample::select(WORDS), 0..8).prop_map(|words| words.concat()),
        ],
        max in proptest::option::of(0..5_usize),
    ) {
        if let Search::Query(query) = Search::parse(&text) {
            let record = |number: u128, id: &str| {
                let content = job(number, Status::Started, true);
                JobRecord { content, correlation_id: id.to_owned(), scenario: false }
            };
            let found = query.select(vec![record(1, "a"), record(2, "b c"), record(3, "")], max);
            assert!(found.len() <= max.unwrap_or(3));
            if let Some(one) = query.single() {
                assert!(found.iter().all(|record| one.matches(&record.correlation_id)));
            }
        }
    }
}
