//! The marks on a time axis.

use chrono::TimeDelta;
use task_monitor::{domain::outline::Zone, view::ticks::ticks};

use crate::support::time;

/// 22 November 2026, 02:00 UTC.
const TWO: i64 = 1_795_312_800_000;
const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

#[test]
fn marks_are_at_whole_minutes_hours_and_days() {
    /// Start and length in milliseconds after two o'clock, the zone's minutes ahead of UTC, the marks.
    type Axis = (i64, i64, i64, &'static [(u32, &'static str)]);
    let table: [Axis; 7] = [
        (0, 10_000, 0, &[(2_000, "02:00:02"), (4_000, "02:00:04"), (6_000, "02:00:06"), (8_000, "02:00:08")]),
        (500, 1_000, 0, &[(5_000, "02:00:01")]),
        (3 * MINUTE, 30 * MINUTE, 0, &[(2_333, "02:10"), (5_666, "02:20"), (9_000, "02:30")]),
        (0, 5 * HOUR, 345, &[(500, "08:00"), (2_500, "09:00"), (4_500, "10:00"), (6_500, "11:00"), (8_500, "12:00")]),
        (0, 3 * 24 * HOUR, 0, &[(3_055, "23 Nov"), (6_388, "24 Nov")]),
        (0, 0, 0, &[]),
        (0, -5, 0, &[]),
    ];
    for (start, length, ahead, expected) in table {
        let start = time(TWO + start);
        let zone = Zone::fixed(TimeDelta::minutes(ahead));
        let marks = ticks(start, start + TimeDelta::milliseconds(length), &zone, 5);
        let marks: Vec<(u32, &str)> = marks.iter().map(|tick| (tick.position, tick.label.as_str())).collect();
        assert_eq!(marks, expected, "{start} {length}");
    }
}

#[test]
fn there_are_never_more_marks_than_fit() {
    for length in (0..14).map(|power| 10_i64.pow(power)) {
        let start = time(TWO);
        let marks = ticks(start, start + TimeDelta::milliseconds(length), &Zone::default(), 5);
        assert!(marks.len() <= 5, "{length} {marks:?}");
        assert!(marks.is_sorted_by_key(|tick| tick.position), "{marks:?}");
    }
}
