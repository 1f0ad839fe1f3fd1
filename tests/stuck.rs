//! When a task is stuck, how long its kind usually takes, and when the page looks.
#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod support;

use std::sync::Arc;

use chrono::TimeDelta;
use support::{NOW, job, job_id, outline::snapshot, step, time};
use task_monitor::{
    domain::{
        JobWithSteps, Percent, Status, Time,
        outline::{Column, Direction, Filter, Snapshot, Sort, Zone},
        stuck::Run,
        usual::{Kind, Lengths, Usual},
    },
    view::{
        grid::{Grid, Sight},
        words,
    },
};

const MINUTE: i64 = 60_000;

/// The usual length in seconds, and of how many tasks.
type Median = Option<(i64, usize)>;

/// A change of a job or of its steps.
type Edit = fn(&mut JobWithSteps);

/// Minutes since the start, minutes since the last change, usual minutes, and what the row says.
type Row = (i64, Option<i64>, Option<i64>, &'static str);

fn after(minutes: i64) -> Time {
    time(NOW + minutes * MINUTE)
}

#[test]
fn a_task_is_stuck_if_it_is_quiet_or_much_longer_than_usual() {
    let usual = |minutes| Some(Usual { length: TimeDelta::minutes(minutes), of: 7 });
    let table: [Row; 12] = [
        (29, Some(29), None, ""),
        (30, Some(30), None, "no update for 30 min"),
        (500, Some(29), None, ""),
        (500, None, None, ""),
        (9, Some(0), Some(1), ""),
        (10, Some(0), Some(1), ""),
        (11, Some(0), Some(1), "usually 1 min, now 11 min"),
        (20, Some(0), Some(4), ""),
        (21, Some(0), Some(4), "usually 4 min, now 21 min"),
        (39, Some(36), Some(4), "usually 4 min, now 39 min; no update for 36 min"),
        (39, Some(36), Some(20), "no update for 36 min"),
        (200, Some(150), Some(20), "usually 20 min, now 3 h; no update for 2 h"),
    ];
    for (start, changed, usual_minutes, said) in table {
        let run = Run {
            start: Some(after(-start)),
            changed: changed.map(|minutes| after(-minutes)),
            usual: usual_minutes.and_then(usual),
        };
        let name = format!("{start} {changed:?} {usual_minutes:?}");
        assert_eq!(run.stuck(after(0)).map_or_else(String::new, |stuck| words::stuck(&stuck)), said, "{name}");
        assert_eq!(run.stuck_from().is_some_and(|from| from <= after(0)), !said.is_empty(), "{name}");
    }
}

#[test]
fn usual_is_the_median_of_at_least_five_and_of_the_last_ones() {
    let kind = Kind::of_job(&job(1, Status::Finished, true).job);
    let many: Vec<i64> = (1..=200).collect();
    // Seconds, and the median with the number of tasks that count.
    let table: [(&[i64], Median); 5] = [
        (&[], None),
        (&[9, 9, 9, 9], None),
        (&[9, 1, 8, 2, 7], Some((7, 5))),
        (&[1, 1, 2, 4, 9, 90], Some((3, 6))),
        (&many, Some((175, 50))),
    ];
    for (lengths, expected) in table {
        let mut known = Lengths::default();
        for seconds in lengths {
            known.learn(kind, TimeDelta::seconds(*seconds));
        }
        let expected = expected.map(|(seconds, of)| Usual { length: TimeDelta::seconds(seconds), of });
        assert_eq!(known.usual(kind), expected, "{lengths:?}");
    }
    assert_eq!(words::usual_of(12), "Usually: the median of 12 tasks of this kind that finished.");
}

/// A page that is open for months sees jobs of very many names.
#[test]
fn the_number_of_kinds_is_bounded() {
    let kind = |number: u32| {
        let mut job = job(1, Status::Finished, true).job;
        // Letters only: a number would be left out.
        job.description = number.to_string().bytes().map(|digit| char::from(b'a' + digit - b'0')).collect();
        Kind::of_job(&job)
    };
    let mut known = Lengths::default();
    for number in 0..60_000 {
        known.learn(kind(number), TimeDelta::seconds(1));
        if number % 10_000 == 0 {
            (0..5).for_each(|_| known.learn(kind(1_000_000), TimeDelta::seconds(9)));
        }
        assert!(known.kinds() <= 20_000);
    }
    assert_eq!(known.usual(kind(1_000_000)).map(|usual| usual.length), Some(TimeDelta::seconds(9)), "it is often seen");
}

#[test]
fn a_kind_is_a_text_without_names() {
    let kind = |text: &str| {
        let mut job = job(1, Status::Finished, true).job;
        text.clone_into(&mut job.description);
        Kind::of_job(&job)
    };
    for (one, other, is_same) in [
        ("Back up db01", "Back up web02", true),
        ("Migrating VM jenkins to Host hv01", "Migrating VM files to Host hv08", true),
        ("Moving Disk data_Disk1 from iscsi-b to fast-nvme", "Moving Disk root from iscsi-b to nfs-1", true),
        ("Build template rhel9-db (pipeline 5227)", "Build template fedora-ci (pipeline 17)", true),
        ("Launching VM mail01", "Removing VM mail01", false),
        ("Back up db01", "Check db01", false),
    ] {
        assert_eq!(kind(one) == kind(other), is_same, "{one} / {other}");
    }
    let named = |description: &str, of: &str| {
        let mut step = step(1, 1, None, Status::Finished, true);
        description.clone_into(&mut step.description);
        Kind::of_step(kind(of), &step)
    };
    assert_eq!(named("Executing", "Launching VM a"), named("Executing", "Launching VM b"));
    assert_ne!(named("Executing", "Launching VM a"), named("Executing", "Removing VM a"), "each command executes");
}

/// A running job that started at NOW, and was last updated then.
fn running(number: u128, change: impl FnOnce(&mut JobWithSteps)) -> JobWithSteps {
    let mut content = job(number, Status::Started, true);
    content.steps = vec![step(number, number * 10, None, Status::Started, true)];
    content.job.start_time = Some(after(0));
    content.job.last_updated = Some(after(0));
    change(&mut content);
    content
}

fn next(grid: &Grid, content: Vec<JobWithSteps>) -> Arc<Snapshot> {
    Arc::new(grid.jobs.snapshot().advance(content.into_iter().map(support::outline::fetched)))
}

#[test]
fn any_change_ends_the_quiet_and_nothing_else_does() {
    let changes: [(&str, Edit, bool); 5] = [
        ("nothing", |_| (), true),
        ("last_updated", |content| content.job.last_updated = Some(after(20)), false),
        ("a step's status", |content| content.steps[0].status = Status::Finished, false),
        ("a step's progress", |content| content.steps[0].progress = Some(Percent::clamped(3)), false),
        ("a new step", |content| content.steps.push(step(1, 12, None, Status::Started, true)), false),
    ];
    for (name, change, is_stuck) in changes {
        let mut grid = Grid::new(after(0), Zone::default());
        grid.show(next(&grid, vec![running(1, |_| ())]), after(0));
        grid.show(next(&grid, vec![running(1, change)]), after(20));
        grid.pass_time(after(29), Sight::List);
        assert!(grid.jobs.stuck().is_empty(), "{name}");
        grid.pass_time(after(30), Sight::List);
        assert_eq!(grid.jobs.stuck().contains(&job_id(1)), is_stuck, "{name}");
        grid.pass_time(after(50), Sight::List);
        assert!(grid.jobs.stuck().contains(&job_id(1)), "{name}");
    }
}

/// `last_updated` tells of all changes but progress.
#[test]
fn what_was_quiet_before_the_first_list_counts_if_no_step_has_a_progress() {
    for (name, change, is_stuck) in [
        ("its last update was long ago", (|_| ()) as Edit, true),
        ("a step may have progressed since", |content| content.steps[0].progress = Some(Percent::clamped(3)), false),
    ] {
        let mut grid = Grid::new(after(40), Zone::default());
        grid.show(next(&grid, vec![running(1, change)]), after(40));
        assert_eq!(grid.jobs.stuck().contains(&job_id(1)), is_stuck, "{name}");
    }
    let mut grid = Grid::new(after(40), Zone::default());
    grid.show(Arc::new(Snapshot::default().advance([(running(1, |_| ()).job, None)])), after(40));
    assert!(grid.jobs.stuck().is_empty(), "its steps are not loaded");
    grid.show(next(&grid, vec![running(1, |_| ())]), after(41));
    assert!(grid.jobs.stuck().contains(&job_id(1)), "they are loaded, and have no progress");
}

#[test]
fn the_usual_length_comes_from_jobs_and_steps_that_finished() {
    let ended = |number, status| {
        let mut content = job(number, status, true);
        content.job.description = "Back up db01".to_owned();
        content.job.start_time = Some(after(0));
        content.job.end_time = Some(after(4));
        let mut step = step(number, number * 10, None, status, true);
        step.description = "Volume 1".to_owned();
        step.start_time = Some(after(0));
        step.end_time = Some(after(2));
        content.steps = vec![step];
        content
    };
    let of_status = |status: Status, count: u128| {
        let mut grid = Grid::new(after(0), Zone::default());
        let jobs: Vec<_> = (1..=count).map(|number| ended(number, status)).collect();
        grid.show(next(&grid, jobs), after(60));
        // Again: nothing counts twice.
        let jobs: Vec<_> = (1..=count).map(|number| ended(number, status)).collect();
        grid.show(next(&grid, jobs), after(61));
        let content = ended(99, Status::Started);
        let usual = |usual: Option<Usual>| usual.map(|usual| (usual.length.num_minutes(), usual.of));
        let running = &grid.watch.running;
        (
            usual(running.run_of_job(&content.job).usual),
            usual(running.run_of_step(&content.job, &content.steps[0]).usual),
        )
    };
    assert_eq!(of_status(Status::Finished, 6), (Some((4, 6)), Some((2, 6))));
    assert_eq!(of_status(Status::Finished, 4), (None, None));
    assert_eq!(of_status(Status::Failed, 6), (None, None));
    assert_eq!(of_status(Status::Aborted, 6), (None, None));
}

#[test]
fn stuck_jobs_are_filtered_and_sorted_as_time_passes() {
    let mut grid = Grid::new(after(0), Zone::default());
    grid.resized(640);
    let jobs = vec![
        running(1, |_| ()),
        running(2, |content| content.job.last_updated = Some(after(10))),
        job(3, Status::Finished, true),
    ];
    grid.show(next(&grid, jobs), after(10));
    let listed = |grid: &Grid| -> Vec<String> {
        grid.window().rows.iter().filter(|row| row.level == 1).map(|row| row.description.clone()).collect()
    };
    let name = |number: u128| job(number, Status::Started, true).job.description;
    grid.set_filter(Filter { stuck: true, ..Filter::default() });
    assert!(!grid.outline.filter().is_empty());
    assert_eq!(listed(&grid), Vec::<String>::new());
    grid.pass_time(after(31), Sight::List);
    assert_eq!(listed(&grid), [name(1)]);
    grid.pass_time(after(41), Sight::List);
    assert_eq!(listed(&grid).len(), 2);
    grid.set_filter(Filter::default());
    grid.sort_by(Sort { column: Column::Stuck, direction: Direction::Descending });
    assert_eq!(listed(&grid).last(), Some(&name(3)), "the others come last");
}

#[test]
fn a_job_that_ends_is_not_stuck() {
    let mut grid = Grid::new(after(0), Zone::default());
    grid.show(next(&grid, vec![running(1, |_| ())]), after(31));
    assert!(grid.jobs.stuck().contains(&job_id(1)));
    grid.show(next(&grid, vec![running(1, |content| content.job.status = Status::Finished)]), after(32));
    assert!(grid.jobs.stuck().is_empty());
    let nothing = snapshot([]);
    grid.show(Arc::new(nothing), after(33));
    assert!(!grid.watch.is_due(after(10_000)), "nothing is left of it");
}
