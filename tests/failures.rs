//! The failed rows, the way through all failures, and which failures are new.
#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod support;

use std::sync::Arc;

use support::{
    NOW, job, job_id,
    outline::{fetched, job_node, job_of, step_node},
    step, time,
};
use task_monitor::{
    domain::{
        JobWithSteps, Status, StepType, Time,
        outline::{Filter, JobNode, NodeId, Share, Snapshot, StatusSet, Zone},
    },
    view::{
        failed_row::FailedRow,
        grid::{Grid, Sight},
        watch::{LOOK, Way},
        words,
    },
};

use Status::{Aborted, Failed, Finished, Started, Unknown};
use StepType::{Executing, Finalizing, Validating};

const MINUTE: i64 = 60_000;

fn node(content: JobWithSteps) -> Arc<JobNode> {
    let (job, steps) = fetched(content);
    Arc::new(JobNode::listed(job, steps))
}

/// A failed job with these steps: number, parent, description, type, status. It ended at NOW.
fn failed(steps: &[(u128, Option<u128>, &str, StepType, Status)]) -> Arc<JobNode> {
    let mut content = job(1, Failed, true);
    content.job.end_time = Some(time(NOW));
    let made = steps.iter().map(|&(number, parent, description, step_type, status)| {
        let mut step = step(1, number, parent, status, true);
        description.clone_into(&mut step.description);
        step.step_type = step_type;
        step.end_time = Some(time(NOW - MINUTE));
        step
    });
    content.steps = made.collect();
    node(content)
}

/// A job, the index of a step, the proven reason, and what the row says behind its name.
type Row<'a> = (&'a JobNode, Option<usize>, Option<&'a str>, &'a str);

#[test]
fn a_failed_row_says_where_why_and_when() {
    let backup = failed(&[(1, None, "Volume 1", Executing, Finished), (2, None, "Volume 2", Executing, Failed)]);
    let told = failed(&[(1, None, "Volume 2: connection lost", Executing, Failed)]);
    let nested = failed(&[
        (1, None, "Executing", Executing, Failed),
        (2, Some(1), "Copying Volume", Executing, Failed),
        (3, Some(2), "Executing", Executing, Failed),
    ]);
    let deep = failed(&[
        (1, None, "Back up VMs", Executing, Failed),
        (2, Some(1), "Back up files", Executing, Failed),
        (3, Some(2), "Volume 2", Executing, Failed),
    ]);
    let generic = failed(&[(1, None, "Validating", Validating, Failed)]);
    let itself = failed(&[]);
    let table: [Row<'_>; 16] = [
        (&backup, None, None, "› Volume 2 · failed 38 min ago"),
        (&backup, None, Some("connection lost"), "› Volume 2: connection lost · failed 38 min ago"),
        (&backup, None, Some("  "), "› Volume 2 · failed 38 min ago"),
        (&backup, Some(0), None, "none"),
        (&backup, Some(1), None, "· failed 39 min ago"),
        (&backup, Some(1), Some("connection lost"), "· connection lost · failed 39 min ago"),
        (&told, None, Some("Connection lost"), "› Volume 2: connection lost · failed 38 min ago"),
        (&told, Some(0), Some("connection lost"), "· failed 39 min ago"),
        (&nested, None, None, "› Copying Volume · failed 38 min ago"),
        (&nested, Some(1), None, "· failed while executing 39 min ago"),
        (&nested, Some(2), None, "· failed 39 min ago"),
        (&deep, None, None, "› … › Back up files › Volume 2 · failed 38 min ago"),
        (&deep, Some(0), None, "› Back up files › Volume 2 · failed 39 min ago"),
        (&generic, None, None, "· failed while validating 38 min ago"),
        (&generic, Some(0), None, "· failed 39 min ago"),
        (&itself, None, Some("no reply"), "· no reply · failed 38 min ago"),
    ];
    for (node, step, reason, expected) in table {
        let row = FailedRow::of(node, step);
        let said = row.map_or_else(|| "none".to_owned(), |row| row.text(reason, time(NOW + 38 * MINUTE)));
        assert_eq!(said, expected, "{} {step:?} {reason:?}", node.job.description);
    }
    let elsewhere = failed(&[(1, None, "A", Executing, Failed), (2, None, "B", Finalizing, Failed)]);
    let cause = |step| FailedRow::of(&elsewhere, step).unwrap().cause();
    assert_eq!((cause(None), cause(Some(0)), cause(Some(1))), (Some(job_id(1)), Some(job_id(1)), None));
}

#[test]
fn no_second_word_says_the_same_as_the_first() {
    let table = [
        ("Validating", Validating, None),
        ("validating ", Validating, None),
        ("Check", Validating, Some("validating")),
        ("Executing the plan", Executing, None),
        ("Rebalancing Volume data", StepType::RebalancingVolume, None),
        ("Rebalancing", StepType::RebalancingVolume, Some("rebalancing volume")),
        ("Anything", StepType::Unknown, None),
    ];
    for (description, kind, beside) in table {
        assert_eq!(words::kind_beside(description, kind), beside, "{description}");
    }
}

#[test]
fn shares_count_failed_steps() {
    let node = node(job_of(1, &[(1, None, Failed), (2, None, Finished), (3, None, Started), (4, Some(1), Failed)]));
    assert_eq!(node.steps.share(), Some(Share { ended: 2, failed: 1, all: 3 }));
}

#[test]
fn minutes_ago_changes_once_a_minute() {
    for (seconds, said) in [(-5, "just now"), (0, "just now"), (59, "just now"), (60, "1 min ago"), (7_300, "2 h ago")]
    {
        assert_eq!(words::minutes_ago(time(NOW), time(NOW + seconds * 1_000)), said);
    }
}

/// Jobs by number and status, with the statuses of their steps. A job with a higher number is newer, so it comes first.
fn grid(jobs: &[(u128, Status, &[Status])]) -> Grid {
    let mut grid = Grid::new(time(NOW), Zone::default());
    grid.resized(320);
    grid.show(list(&grid, jobs), time(NOW));
    grid
}

fn list(grid: &Grid, jobs: &[(u128, Status, &[Status])]) -> Arc<Snapshot> {
    let made = jobs.iter().map(|&(number, status, steps)| {
        let mut content = job(number, status, true);
        content.job.start_time = Some(time(NOW - 1_000_000 + i64::try_from(number).unwrap()));
        content.job.end_time = status.is_ended().then_some(time(NOW + MINUTE));
        let step = |(index, status): (usize, &Status)| step(number, number * 100 + index as u128, None, *status, true);
        content.steps = steps.iter().enumerate().map(step).collect();
        fetched(content)
    });
    Arc::new(grid.jobs.snapshot().advance(made))
}

/// Goes through the failures. `ways` is a word such as `NNP`.
fn walk(grid: &mut Grid, ways: &str) -> Vec<NodeId> {
    let way = |letter| if letter == 'N' { Way::Next } else { Way::Previous };
    let go = |letter| {
        let node = grid.failure_beside(way(letter)).unwrap();
        grid.go_to(node);
        grid.unhide_selected();
        assert_eq!(grid.cursor.focus().map(|focus| focus.node), Some(node), "its row has the focus");
        node
    };
    ways.chars().map(go).collect()
}

#[test]
fn the_way_through_all_failures_is_that_of_the_list() {
    let mut grid = grid(&[
        (5, Finished, &[Failed]),
        (4, Failed, &[Finished, Failed, Failed]),
        (3, Aborted, &[Failed]),
        (2, Failed, &[]),
        (1, Started, &[Failed, Started]),
    ]);
    let all = [step_node(4, 401), step_node(4, 402), job_node(2), step_node(1, 100)];
    assert_eq!(grid.watch.failures.in_order(&grid.jobs, grid.outline.sort()), all);
    assert_eq!(walk(&mut grid, "NNNNN"), [all[0], all[1], all[2], all[3], all[0]], "after the last the first");
    assert_eq!(walk(&mut grid, "PP"), [all[3], all[2]]);
    grid.select(None);
    grid.focus_on(job_node(3), None);
    assert_eq!(walk(&mut grid, "N"), [all[2]], "from a row between two failures");
    grid.focus_on(job_node(3), None);
    assert_eq!(walk(&mut grid, "P"), [all[1]]);
}

#[test]
fn the_way_goes_to_collapsed_and_filtered_rows() {
    let mut grid = grid(&[(3, Finished, &[]), (2, Failed, &[Failed]), (1, Failed, &[])]);
    grid.set_filter(Filter { statuses: StatusSet::default().toggled(Finished), ..Filter::default() });
    assert_eq!(walk(&mut grid, "N"), [step_node(2, 200)]);
    assert!(grid.outline.filter().is_empty(), "as a link does, it clears a filter that hides the row");
    grid.set_filter(Filter { statuses: StatusSet::default().toggled(Failed), ..Filter::default() });
    assert_eq!(walk(&mut grid, "N"), [job_node(1)]);
    assert!(!grid.outline.filter().is_empty(), "a filter that does not hide it stays");
}

#[test]
fn without_failures_there_is_no_way() {
    for jobs in [&[][..], &[(1, Finished, &[Failed][..]), (2, Unknown, &[]), (3, Started, &[])]] {
        assert_eq!(grid(jobs).failure_beside(Way::Next), None);
    }
}

fn after(seconds: i64) -> Time {
    time(NOW + seconds * 1_000)
}

#[test]
fn failures_since_the_first_list_are_new() {
    let mut grid = grid(&[(1, Failed, &[]), (2, Started, &[]), (3, Finished, &[])]);
    assert_eq!(grid.watch.news.count(), 0, "what had failed before is not new");
    // One fails, one begins and fails, one ends well, and an old one was left out of the first list.
    let mut next = list(&grid, &[(1, Failed, &[]), (2, Failed, &[]), (3, Finished, &[]), (4, Failed, &[])]);
    let mut old = job(5, Failed, true).job;
    old.end_time = Some(after(-600));
    next = Arc::new(next.with_job(old));
    grid.show(next, after(60));
    let is_new = |grid: &Grid, number| grid.watch.news.contains(job_id(number));
    assert_eq!([1, 2, 3, 4, 5].map(|number| is_new(&grid, number)), [false, true, false, true, false]);
    assert_eq!(grid.window().rows.iter().filter(|row| row.is_news).count(), 2, "their rows are marked");
    grid.show(list(&grid, &[(2, Failed, &[])]), after(61));
    assert_eq!(grid.watch.news.count(), 1, "a job that is gone is no news");
}

#[test]
fn a_failure_is_seen_when_its_row_or_its_detail_was_in_sight_for_a_while() {
    let many = |failed: bool| -> Vec<(u128, Status, &'static [Status])> {
        (1..=40).map(|number| (number, if failed && number == 1 { Failed } else { Finished }, &[][..])).collect()
    };
    let start = || {
        let mut grid = grid(&many(false));
        let running = list(&grid, &[&many(false)[1..], &[(1, Started, &[])]].concat());
        grid.show(running, after(0));
        grid.show(list(&grid, &many(true)), after(1));
        assert_eq!(grid.watch.news.count(), 1);
        grid
    };
    let seen = |grid: &mut Grid, sights: [Sight; 2]| {
        grid.pass_time(after(2), sights[0]);
        grid.pass_time(after(2) + LOOK, sights[1]);
        grid.watch.news.count() == 0
    };
    use Sight::{Detail, List, Nothing};
    assert!(!seen(&mut start(), [List, List]), "its row is further down");
    let in_view = || {
        let mut grid = start();
        grid.scrolled_to(u32::MAX);
        grid
    };
    for (sights, is_seen) in
        [([List, List], true), ([List, Nothing], false), ([Nothing, List], false), ([Detail, Detail], false)]
    {
        assert_eq!(seen(&mut in_view(), sights), is_seen, "{sights:?}");
    }
    let selected = || {
        let mut grid = start();
        grid.select(Some(job_node(1)));
        grid
    };
    for (sights, is_seen) in [([Detail, Detail], true), ([List, List], true), ([Nothing, Nothing], false)] {
        assert_eq!(seen(&mut selected(), sights), is_seen, "selected, {sights:?}");
    }
}

#[test]
fn the_tab_tells_new_failures_first() {
    for (failures, running, title) in [
        (0, 0, "Task Monitor"),
        (0, 3, "(3) Task Monitor"),
        (1, 3, "1 new failure · Task Monitor"),
        (12, 0, "12 new failures · Task Monitor"),
    ] {
        assert_eq!(words::tab_title(failures, running), title);
    }
}
