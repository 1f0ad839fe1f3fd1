//! The steps as bars.

use chrono::TimeDelta;
use task_monitor::{
    domain::outline::Zone,
    view::{
        step_timeline::{MOST_BARS, StepTimeline},
        subject::Subject,
    },
};

use crate::{
    ENDED, FAILED, RUNS, Row, subject,
    support::{NOW, time},
};

/// A minute after the job's start.
fn of(subject: &Subject) -> Option<StepTimeline> {
    StepTimeline::of(subject, time(NOW) + TimeDelta::minutes(1), &Zone::default())
}

/// Name, depth, left end and length in percent, seconds, whether it is in the longest chain.
type Drawn<'a> = (&'a str, u32, u32, u32, Option<i64>, bool);

fn drawn(timeline: &StepTimeline) -> Vec<Drawn<'_>> {
    let bars = timeline.bars.iter();
    bars.map(|bar| {
        let took = bar.took.map(|took| took.num_seconds());
        (bar.name.as_str(), bar.depth, bar.start / 100, bar.length / 100, took, bar.is_longest)
    })
    .collect()
}

const STEPS: [Row; 5] = [
    (1, None, "Validating", ENDED, Some(0), Some(10)),
    (2, None, "Executing", FAILED, Some(10), Some(90)),
    (3, Some(2), "Volume 1", ENDED, Some(10), Some(30)),
    (4, Some(2), "Volume 2", FAILED, Some(30), Some(90)),
    (5, None, "Finalizing", ENDED, Some(90), Some(100)),
];

#[test]
fn each_step_is_a_bar_and_the_longest_chain_is_marked() {
    let job = subject(FAILED, &STEPS);
    let expected = [
        ("Validating", 0, 0, 10, Some(10), false),
        ("Executing", 0, 10, 80, Some(80), true),
        ("Volume 1", 1, 10, 20, Some(20), false),
        ("Volume 2", 1, 30, 60, Some(60), true),
        ("Finalizing", 0, 90, 10, Some(10), false),
    ];
    assert_eq!(drawn(&of(&job).unwrap()), expected);
    // Of a step: those below it, on an axis of their own.
    let executing = Subject { step: Some(1), ..job };
    let expected = [("Volume 1", 0, 0, 25, Some(20), false), ("Volume 2", 0, 25, 75, Some(60), true)];
    assert_eq!(drawn(&of(&executing).unwrap()), expected);
}

#[test]
fn odd_times_are_drawn_as_far_as_they_are_known() {
    /// Left end and length in percent, and seconds.
    type First = (u32, u32, Option<i64>);
    let table: [(&[Row], Option<First>); 5] = [
        (&[], None),
        (&[(1, None, "Not started", RUNS, None, None)], None),
        (&[(1, None, "Runs", RUNS, Some(0), None)], Some((0, 100, Some(60)))),
        // Ended at an unknown time, and before its start.
        (&[(1, None, "Ended", ENDED, Some(0), None)], Some((0, 0, None))),
        (&[(1, None, "Ended", ENDED, Some(9), Some(3))], Some((0, 0, Some(0)))),
    ];
    for (rows, expected) in table {
        let timeline = of(&subject(RUNS, rows));
        let bar = timeline.map(|timeline| {
            (
                timeline.bars[0].start / 100,
                timeline.bars[0].length / 100,
                timeline.bars[0].took.map(|took| took.num_seconds()),
            )
        });
        assert_eq!(bar, expected, "{rows:?}");
    }
}

#[test]
fn of_many_steps_the_longest_are_drawn_and_the_failed_one() {
    let steps = (0..200).map(|number| {
        let (status, end) = if number == 7 { (FAILED, 1) } else { (ENDED, i64::try_from(number).unwrap()) };
        (number + 1, None, "Step", status, Some(0), Some(end))
    });
    let job = subject(FAILED, &steps.collect::<Vec<Row>>());
    let timeline = of(&job).unwrap();
    assert_eq!((timeline.bars.len(), timeline.left_out), (MOST_BARS, 200 - MOST_BARS));
    let took: Vec<i64> = timeline.bars.iter().map(|bar| bar.took.unwrap().num_seconds()).collect();
    let longest = (200 - MOST_BARS + 1..200).map(|seconds| i64::try_from(seconds).unwrap());
    assert_eq!(took, std::iter::once(1).chain(longest).collect::<Vec<_>>());
    assert_eq!(timeline.longest_chain().count(), 1);
}
