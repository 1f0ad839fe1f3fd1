//! Whose steps to ask for.

use task_monitor::{
    domain::{JobId, Status, outline::Snapshot},
    view::steps::{Due, Ledger, MANY},
};

use crate::support::{job, job_id, outline::snapshot, time};

/// Jobs whose steps nobody has asked for: 1 runs, 2 and 3 have ended.
fn unfetched() -> Snapshot {
    let jobs = [(1, Status::Started), (2, Status::Finished), (3, Status::Failed)];
    Snapshot::default().advance(jobs.map(|(number, status)| (job(number, status, true).job, None)))
}

/// What is asked for, one after the other, until nothing is due.
fn asked(ledger: &mut Ledger, snapshot: &Snapshot, wanted: &[u128]) -> Vec<u128> {
    let mut asked = Vec::new();
    while let Due::Job(id) = ledger.due(snapshot, wanted.iter().copied().map(job_id)) {
        ledger.asked(id, snapshot.find(id).unwrap().job.last_updated);
        asked.push(number(id));
        assert!(asked.len() < 100, "the same again and again");
    }
    asked
}

fn number(id: JobId) -> u128 {
    id.uuid().as_u128() & 0xffff
}

#[test]
fn what_is_open_or_in_view_and_running_first() {
    let rows: [(&[u128], &[u128]); 6] = [
        (&[], &[]),
        (&[2], &[2]),
        (&[3, 2], &[3, 2]),
        (&[3, 2, 1], &[1, 3, 2]),
        (&[2, 2, 1, 1], &[1, 2]),
        (&[9, 3], &[3]),
    ];
    for (wanted, expected) in rows {
        assert_eq!(asked(&mut Ledger::default(), &unfetched(), wanted), expected, "{wanted:?}");
    }
    // Of those that run, what nobody has seen yet.
    let known = snapshot([job(1, Status::Started, true)]).with_job(job(2, Status::Started, true).job);
    assert_eq!(asked(&mut Ledger::default(), &known, &[1, 2]), [2, 1]);
}

#[test]
fn again_only_while_it_runs_or_when_it_moved() {
    let mut ledger = Ledger::default();
    let mut snapshot = unfetched();
    assert_eq!(asked(&mut ledger, &snapshot, &[1, 2, 3]), [1, 2, 3]);
    assert_eq!(asked(&mut ledger, &snapshot, &[1, 2, 3]), [], "once in a poll");
    for _ in 0..3 {
        ledger.polled();
        assert_eq!(asked(&mut ledger, &snapshot, &[1, 2, 3]), [1], "only what runs");
    }
    let mut moved = job(2, Status::Finished, true).job;
    moved.last_updated = Some(time(7));
    snapshot = snapshot.with_job(moved);
    assert_eq!(asked(&mut ledger, &snapshot, &[1, 2, 3]), [2], "a step was added to an ended job");
    ledger.polled();
    snapshot = snapshot.with_job(job(1, Status::Finished, true).job);
    assert_eq!(asked(&mut ledger, &snapshot, &[1, 2, 3]), [1], "it ended: once more");
    ledger.polled();
    assert_eq!(asked(&mut ledger, &snapshot, &[1, 2, 3]), []);
}

#[test]
fn what_failed_stays_due_in_a_later_poll() {
    let mut ledger = Ledger::default();
    let snapshot = unfetched();
    assert_eq!(asked(&mut ledger, &snapshot, &[2]), [2]);
    ledger.failed(job_id(2));
    assert_eq!(asked(&mut ledger, &snapshot, &[2]), [], "not at once: the engine may be in trouble");
    ledger.polled();
    assert_eq!(asked(&mut ledger, &snapshot, &[2]), [2]);
    ledger.touched(job_id(2));
    assert_eq!(asked(&mut ledger, &snapshot, &[2]), [2], "after an own action at once");
}

#[test]
fn many_at_once_are_followed_unless_the_engine_refuses() {
    let count = u128::try_from(MANY).unwrap() + 1;
    let all: Vec<u128> = (1..=count).collect();
    let ids = || all.iter().copied().map(job_id);
    let snapshot =
        Snapshot::default().advance(all.iter().map(|number| (job(*number, Status::Finished, true).job, None)));
    let mut ledger = Ledger::default();
    assert_eq!(ledger.due(&snapshot, ids()), Due::Follow);
    assert_eq!(ledger.due(&snapshot, ids().skip(1)), Due::Job(job_id(2)), "twenty are not many");
    assert_eq!(ledger.due(&snapshot, ids().skip(1).chain(ids().skip(1))), Due::Job(job_id(2)), "nor twenty told twice");
    // All that was followed counts as asked.
    let mut followed = ledger.clone();
    for id in ids() {
        followed.asked(id, snapshot.find(id).unwrap().job.last_updated);
    }
    assert_eq!(followed.due(&snapshot, ids()), Due::Nothing);
    ledger.refuse_follow();
    assert_eq!(asked(&mut ledger, &snapshot, &all), all, "one by one");
}
