//! Bars on the time axis.

use proptest::prelude::*;
use task_monitor::view::timeline::{Bar, OnAxis, Range};

use crate::support::{NOW, time};

#[test]
fn bars_of_the_last_ten_minutes() {
    let bar = |start, length, cut| OnAxis::Bar(Bar { start, length, cut });
    // In seconds before now; minus is the future.
    let rows = [
        ("the whole axis", Some(600), None, bar(0, 10_000, false)),
        ("half", Some(300), None, bar(5_000, 5_000, false)),
        ("in the middle", Some(450), Some(150), bar(2_500, 5_000, false)),
        ("from before the axis", Some(1_200), Some(300), bar(0, 5_000, true)),
        ("over the whole axis", Some(1_200), None, bar(0, 10_000, true)),
        ("ended before the axis", Some(1_200), Some(601), OnAxis::Earlier),
        ("ended where the axis begins", Some(1_200), Some(600), OnAxis::Earlier),
        ("ended just after the axis begins", Some(1_200), Some(599), bar(0, Bar::MIN, true)),
        ("a moment ago", Some(0), None, bar(10_000 - Bar::MIN, Bar::MIN, false)),
        ("a moment in the middle", Some(300), Some(300), bar(5_000, Bar::MIN, false)),
        ("an end before its start", Some(300), Some(400), bar(5_000, Bar::MIN, false)),
        ("a start in the future", Some(-60), None, bar(10_000 - Bar::MIN, Bar::MIN, false)),
        ("an end in the future", Some(300), Some(-60), bar(5_000, 5_000, false)),
        ("never started", None, Some(60), OnAxis::Nothing),
        ("nothing is known", None, None, OnAxis::Nothing),
    ];
    for (name, start, end, expected) in rows {
        let ago = |seconds: Option<i64>| seconds.map(|seconds| time(NOW - seconds * 1_000));
        assert_eq!(Bar::of(ago(start), ago(end), time(NOW), Range::Minutes10), expected, "{name}");
    }
}

#[test]
fn ranges() {
    for range in Range::ALL {
        assert_eq!(Range::of_minutes(range.minutes()), Some(range));
        assert!(range.title().starts_with("Last "));
        let (parts, labels) = range.marks();
        assert_eq!(labels.len() + 1, usize::try_from(parts).unwrap(), "a mark between two parts");
    }
    assert!(Range::ALL.windows(2).all(|pair| pair[0].minutes() < pair[1].minutes()));
    assert_eq!((Range::of_minutes(0), Range::of_minutes(7), Range::default()), (None, None, Range::Minutes30));
}

proptest! {
    #[test]
    fn no_bar_leaves_the_axis(start in any::<i32>(), length in any::<i32>(), ended in any::<bool>(), range in prop::sample::select(Range::ALL.to_vec())) {
        let start = NOW - i64::from(start);
        let end = ended.then(|| time(start + i64::from(length)));
        if let OnAxis::Bar(bar) = Bar::of(Some(time(start)), end, time(NOW), range) {
            prop_assert!(bar.length >= Bar::MIN && bar.start + bar.length <= 10_000, "{:?}", bar);
            prop_assert!(!bar.cut || bar.start == 0);
        } else {
            prop_assert!(ended);
        }
    }
}
