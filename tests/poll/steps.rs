//! The schedule of requests for steps.

use std::{collections::BTreeSet, sync::Arc};

use task_monitor::{
    domain::{
        JobId, Status,
        outline::{Snapshot, Zone},
    },
    view::{
        grid::Grid,
        steps::{Due, MANY, StepsSchedule},
        viewport::ROW_HEIGHT,
    },
};

use crate::support::{
    job, job_id,
    outline::{job_node, now, snapshot, step_node},
    time,
};

/// Jobs whose steps were never requested: 1 runs, 2 and 3 have ended.
fn unfetched() -> Snapshot {
    let jobs = [(1, Status::Started), (2, Status::Finished), (3, Status::Failed)];
    Snapshot::default().advance(jobs.map(|(number, status)| (job(number, status, true).job, None)))
}

/// Makes requests until nothing is due, as with a fast engine, and returns their jobs.
fn asked(schedule: &mut StepsSchedule, snapshot: &Snapshot, wanted: &[u128]) -> Vec<u128> {
    let mut asked = Vec::new();
    while let Due::Job(id) = schedule.due(snapshot, wanted.iter().copied().map(job_id)) {
        schedule.asked(id, snapshot.find(id).unwrap().job.last_updated);
        asked.push(number(id));
        assert!(asked.len() < 100, "the same job is due again and again");
    }
    schedule.caught_up();
    asked
}

fn number(id: JobId) -> u128 {
    id.uuid().as_u128() & 0xffff
}

#[test]
fn running_jobs_come_first() {
    let rows: [(&[u128], &[u128]); 6] = [
        (&[], &[]),
        (&[2], &[2]),
        (&[3, 2], &[3, 2]),
        (&[3, 2, 1], &[1, 3, 2]),
        (&[2, 2, 1, 1], &[1, 2]),
        (&[9, 3], &[3]),
    ];
    for (wanted, expected) in rows {
        assert_eq!(asked(&mut StepsSchedule::default(), &unfetched(), wanted), expected, "{wanted:?}");
    }
    // Of two running jobs, the one whose steps were never read comes first.
    let known = snapshot([job(1, Status::Started, true)]).with_job(job(2, Status::Started, true).job);
    assert_eq!(asked(&mut StepsSchedule::default(), &known, &[1, 2]), [2, 1]);
}

#[test]
fn steps_are_due_again_while_the_job_runs_or_after_a_change() {
    let mut schedule = StepsSchedule::default();
    let mut snapshot = unfetched();
    assert_eq!(asked(&mut schedule, &snapshot, &[1, 2, 3]), [1, 2, 3]);
    assert_eq!(asked(&mut schedule, &snapshot, &[1, 2, 3]), [], "only once after each poll");
    for _ in 0..3 {
        schedule.polled();
        assert_eq!(asked(&mut schedule, &snapshot, &[1, 2, 3]), [1], "only the running job");
    }
    let mut moved = job(2, Status::Finished, true).job;
    moved.last_updated = Some(time(7));
    snapshot = snapshot.with_job(moved);
    assert_eq!(asked(&mut schedule, &snapshot, &[1, 2, 3]), [2], "a step was added to an ended job");
    schedule.polled();
    snapshot = snapshot.with_job(job(1, Status::Finished, true).job);
    assert_eq!(asked(&mut schedule, &snapshot, &[1, 2, 3]), [1], "once more after the job has ended");
    schedule.polled();
    assert_eq!(asked(&mut schedule, &snapshot, &[1, 2, 3]), []);
}

/// What the page gives [`StepsSchedule::due`].
#[test]
fn wanted_jobs_are_in_view_expanded_selected_or_awaited() {
    let mut grid = Grid::new(now(), Zone::default());
    grid.resized(2 * ROW_HEIGHT);
    let wanted = |grid: &Grid| {
        let wanted: BTreeSet<u128> = grid.wanted_jobs().into_iter().map(number).collect();
        wanted.into_iter().collect::<Vec<_>>()
    };
    grid.show(Arc::new(snapshot((1..=30).map(|number| job(number, Status::Finished, true)))), now());
    assert_eq!(wanted(&grid), [29, 30], "newest first");
    grid.scrolled_to(10 * ROW_HEIGHT);
    assert_eq!(wanted(&grid), [19, 20]);
    grid.set_open(job_node(3), true);
    assert_eq!(wanted(&grid), [3, 19, 20], "expanded, also out of view");
    grid.select(Some(step_node(7, 700)));
    assert_eq!(wanted(&grid), [3, 7, 19, 20], "the job or one of its steps is selected");
    grid.set_open(job_node(3), false);
    grid.go_to(step_node(5, 500));
    assert_eq!(wanted(&grid), [5, 19, 20], "awaited");
    grid.select(None);
    assert_eq!(wanted(&grid), [19, 20]);
}

#[test]
fn running_jobs_come_first_if_the_engine_is_fast() {
    let mut schedule = StepsSchedule::default();
    let mut snapshot = unfetched();
    assert_eq!(asked(&mut schedule, &snapshot, &[1, 2]), [1, 2]);
    schedule.polled();
    assert_eq!(
        asked(&mut schedule, &snapshot, &[3, 2, 1]),
        [1, 3],
        "also before a job whose steps were never requested"
    );
    let mut moved = job(2, Status::Finished, true).job;
    moved.last_updated = Some(time(7));
    snapshot = snapshot.with_job(moved);
    schedule.polled();
    assert_eq!(asked(&mut schedule, &snapshot, &[2, 3, 1]), [1, 2]);
}

/// Running jobs are due again after every poll. If they always came first, a slow engine would never be asked for the steps of an
/// ended job.
#[test]
fn with_a_slow_engine_no_job_waits_for_ever() {
    let running = (1..=9).map(|number| (job(number, Status::Started, true).job, None));
    let mut snapshot = Snapshot::default().advance(running);
    let mut schedule = StepsSchedule::default();
    let next = |schedule: &mut StepsSchedule, snapshot: &Snapshot| {
        let Due::Job(id) = schedule.due(snapshot, (1..=20).map(job_id)) else { panic!("something is due") };
        schedule.asked(id, snapshot.find(id).unwrap().job.last_updated);
        number(id)
    };
    for _ in 0..9 {
        next(&mut schedule, &snapshot);
    }
    schedule.polled();
    schedule.polled();
    snapshot = snapshot.with_job(job(20, Status::Finished, true).job);
    assert_eq!(next(&mut schedule, &snapshot), 20, "its steps were never requested");
    let mut moved = job(20, Status::Finished, true).job;
    moved.last_updated = Some(time(7));
    snapshot = snapshot.with_job(moved);
    let mut requested = Vec::new();
    // A slow engine answers three requests between two polls.
    for _ in 0..4 {
        schedule.polled();
        requested.extend((0..3).map(|_| next(&mut schedule, &snapshot)));
    }
    assert_eq!(requested.iter().filter(|job| **job == 20).count(), 1, "{requested:?}");
    assert!((1..=9).all(|running| requested.contains(&running)), "{requested:?}");
}

#[test]
fn an_action_makes_earlier_requests_outdated() {
    let mut schedule = StepsSchedule::default();
    let (first, other) = (schedule.asked(job_id(1), None), schedule.asked(job_id(2), None));
    assert!(schedule.is_latest(job_id(1), first) && schedule.is_latest(job_id(2), other));
    schedule.touched(job_id(1));
    assert!(!schedule.is_latest(job_id(1), first));
    assert!(schedule.is_latest(job_id(2), other), "that job was not changed");
    let second = schedule.asked(job_id(1), None);
    assert!(schedule.is_latest(job_id(1), second) && !schedule.is_latest(job_id(1), first));
}

#[test]
fn after_a_failure_steps_are_due_after_the_next_poll() {
    let mut schedule = StepsSchedule::default();
    let snapshot = unfetched();
    assert_eq!(asked(&mut schedule, &snapshot, &[2]), [2]);
    assert_eq!(schedule.unread(&snapshot), 0);
    schedule.failed(job_id(2));
    assert_eq!(
        (schedule.unread(&snapshot), schedule.unread(&Snapshot::default())),
        (1, 0),
        "only jobs of the snapshot count"
    );
    assert_eq!(asked(&mut schedule, &snapshot, &[2]), [], "not before the next poll");
    schedule.polled();
    assert_eq!(asked(&mut schedule, &snapshot, &[2]), [2]);
    assert_eq!(schedule.unread(&snapshot), 0);
    schedule.touched(job_id(2));
    assert_eq!(asked(&mut schedule, &snapshot, &[2]), [2], "immediately after an action");
}

#[test]
fn many_jobs_are_followed_unless_the_engine_refuses() {
    let count = u128::try_from(MANY).unwrap() + 1;
    let all: Vec<u128> = (1..=count).collect();
    let ids = || all.iter().copied().map(job_id);
    let snapshot =
        Snapshot::default().advance(all.iter().map(|number| (job(*number, Status::Finished, true).job, None)));
    let mut schedule = StepsSchedule::default();
    assert_eq!(schedule.due(&snapshot, ids()), Due::Follow);
    assert_eq!(schedule.due(&snapshot, ids().skip(1)), Due::Job(job_id(2)), "twenty are not many");
    assert_eq!(
        schedule.due(&snapshot, ids().skip(1).chain(ids().skip(1))),
        Due::Job(job_id(2)),
        "nor twenty with duplicates"
    );
    // Followed steps count as requested.
    let mut followed = schedule.clone();
    for id in ids() {
        followed.asked(id, snapshot.find(id).unwrap().job.last_updated);
    }
    assert_eq!(followed.due(&snapshot, ids()), Due::Nothing);
    // Many running jobs: nothing is due before the next poll, which should follow their steps.
    let running = Snapshot::default().advance(all.iter().map(|number| (job(*number, Status::Started, true).job, None)));
    for id in ids() {
        followed.asked(id, running.find(id).unwrap().job.last_updated);
    }
    assert_eq!((followed.due(&running, ids()), followed.is_next_to_follow(&running, ids())), (Due::Nothing, true));
    assert!(!followed.is_next_to_follow(&running, ids().skip(1)), "twenty are not many");
    schedule.refuse_follow();
    assert!(!schedule.is_next_to_follow(&running, ids()));
    assert_eq!(asked(&mut schedule, &snapshot, &all), all, "one request for each job");
    // The refusal may have had a cause that has passed.
    for poll in 1..100 {
        assert!(!schedule.is_next_to_follow(&running, ids()), "{poll}");
        schedule.polled();
    }
    assert!(schedule.is_next_to_follow(&running, ids()));
}
