//! Words for times, counts and statuses.

use chrono::TimeDelta;
use task_monitor::{
    domain::{Status, StepType},
    view::words,
};

use crate::support::{NOW, time};

#[test]
fn durations() {
    let rows = [
        (-5, "0 s"),
        (0, "0 s"),
        (59, "59 s"),
        (60, "1 m 00 s"),
        (862, "14 m 22 s"),
        (3_599, "59 m 59 s"),
        (3_600, "1 h 00 m"),
        (11_220, "3 h 07 m"),
        (86_399, "23 h 59 m"),
        (86_400, "1 d 00 h"),
        (187_200, "2 d 04 h"),
        (864_000_000, "10000 d 00 h"),
    ];
    for (seconds, expected) in rows {
        assert_eq!(words::duration(TimeDelta::seconds(seconds)), expected);
    }
    assert_eq!(words::duration(TimeDelta::milliseconds(1_999)), "1 s");
}

#[test]
fn how_long_ago() {
    let rows = [
        (0, "just now"),
        (9, "just now"),
        (-9, "just now"),
        (10, "10 s ago"),
        (59, "59 s ago"),
        (60, "1 min ago"),
        (1_200, "20 min ago"),
        (3_600, "1 h ago"),
        (86_399, "23 h ago"),
        (86_400, "1 d ago"),
        (-45, "in about 45 s"),
        (-2_760, "in about 46 min"),
        (-7_200, "in about 2 h"),
    ];
    for (seconds, expected) in rows {
        assert_eq!(words::relative(time(NOW - seconds * 1_000), time(NOW)), expected);
    }
}

#[test]
fn counts() {
    let rows = [
        (0, "0 jobs"),
        (1, "1 job"),
        (2, "2 jobs"),
        (999, "999 jobs"),
        (1_204, "1,204 jobs"),
        (1_000_000, "1,000,000 jobs"),
    ];
    for (number, expected) in rows {
        assert_eq!(words::count(number, "job"), expected);
    }
    let rows =
        [(0, "0"), (999, "999"), (1_000, "1.0k"), (1_099, "1.0k"), (9_999, "9.9k"), (10_000, "10k"), (123_456, "123k")];
    for (number, expected) in rows {
        assert_eq!(words::compact(number), expected);
    }
}

#[test]
fn shortened_texts() {
    let rows = [
        ("short", 5, "short"),
        ("longer", 5, "longe…"),
        ("a bc", 2, "a…"),
        ("ÄÖÜß", 3, "ÄÖÜ…"),
        ("", 3, ""),
        ("abc", 0, "…"),
    ];
    for (text, characters, expected) in rows {
        assert_eq!(words::shortened(text, characters), expected);
    }
}

#[test]
fn statuses_and_step_types() {
    assert_eq!(Status::ALL.map(words::status), ["Running", "Failed", "Finished", "Aborted", "Unknown"]);
    let types = StepType::ALL.map(|step_type| words::step_type(step_type).unwrap_or("-"));
    assert_eq!(types, ["validating", "executing", "finalizing", "rebalancing volume", "removing bricks", "-"]);
}
