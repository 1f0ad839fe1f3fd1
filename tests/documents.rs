//! What documents say about tests is true: each row of their tables names tests in its column, and these exist.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

use std::fs;

#[test]
fn the_tests_of_departures_exist() {
    let rows = rows("docs/departures.md");
    assert!(rows.len() > 20);
    for row in rows {
        let [.., tests] = row.as_slice() else { panic!("no cell: {row:?}") };
        check_tests(tests);
    }
}

#[test]
fn the_tests_of_reliability_exist() {
    let rows = rows("docs/reliability.md");
    assert!(!rows.is_empty());
    for row in rows {
        let [_kind, tests, _before, _after] = row.as_slice() else { panic!("not four cells: {row:?}") };
        check_tests(tests);
    }
}

/// The cells of each row of a document's tables, without the heads.
fn rows(document: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(document).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    let heads_and_rows = lines.windows(2).filter(|two| two[0].starts_with("| ") && !two[1].starts_with("|---"));
    let last = lines.last().filter(|line| line.starts_with("| "));
    let rows = heads_and_rows.map(|two| two[0]).chain(last.copied());
    rows.map(|row| row.trim_matches(['|', ' ']).split(" | ").map(str::to_owned).collect()).collect()
}

/// Checks the tests in a cell, with a comma between them: `` `tests/a.rs::name` `` in Rust, `` `tests/a.spec.ts::title` `` in
/// TypeScript, where the title may be the beginning of one.
fn check_tests(cell: &str) {
    for test in cell.trim_matches('`').split("`, `") {
        let (file, name) = test.split_once("::").unwrap_or_else(|| panic!("no test: {cell}"));
        let source = fs::read_to_string(file).unwrap_or_else(|_| panic!("no file: {file}"));
        let written = if file.ends_with(".rs") { format!("fn {name}(") } else { name.to_owned() };
        assert!(source.contains(&written), "no test: {test}");
    }
}
