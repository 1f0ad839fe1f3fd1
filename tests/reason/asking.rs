//! What the page asks for, and when it asks for nothing.

use std::sync::Arc;

use task_monitor::{
    api::{ApiError, EngineMessage, EventQuery},
    domain::{Event, JobId, Status, event::EventId, outline::Snapshot, reason::Silence},
    view::{
        budget::{Budget, REPEATS},
        reasons::{Ask, Reasons},
    },
};

use crate::{
    rules::event,
    support::{START, job, job_id, time, user_id},
};

/// Failed jobs that ended a minute after the start, without steps.
fn failed(count: u128) -> Arc<Snapshot> {
    let jobs = (1..=count).map(|number| {
        let mut job = job(number, Status::Failed, false).job;
        (job.start_time, job.end_time) = (Some(time(START)), Some(time(START + 60_000)));
        job.owner = Some(user_id(1));
        (job, Some(task_monitor::domain::outline::StepTree::nest(Vec::new())))
    });
    Arc::new(Snapshot::default().advance(jobs))
}

fn ids(count: u128) -> Vec<JobId> {
    (1..=count).map(job_id).collect()
}

/// Events of the job's time with these correlation ids.
fn events_of(count: i64) -> Vec<Event> {
    let of = |number| Event { correlation_id: Some(format!("id-{number}")), ..event(number, 60_000) };
    (1..=count).map(of).rev().collect()
}

const LATER: i64 = START + 3_600_000;

/// All requests until the next poll, with these answers.
fn turn(reasons: &mut Reasons, snapshot: &Arc<Snapshot>, wanted: &[JobId], events: &[Event]) -> Vec<Ask> {
    reasons.polled();
    let mut budget = Budget::default();
    budget.renew(reasons.is_looking());
    let mut asked = Vec::new();
    while let Some(ask) = reasons.next(snapshot, wanted.first().copied(), wanted.iter().copied(), &budget) {
        assert!(asked.len() < 10, "{asked:?}");
        reasons.asked(&ask, &mut budget);
        match &ask {
            Ask::Events(query) => reasons.take_events(query, events.to_vec(), time(LATER)),
            Ask::Proof(id, _) => reasons.take_proof(id, Vec::new(), time(LATER)),
        }
        asked.push(ask);
    }
    asked
}

#[test]
fn while_nothing_has_failed_nothing_is_asked() {
    let running = Arc::new(
        Snapshot::default().advance(
            [Status::Started, Status::Finished, Status::Aborted, Status::Unknown]
                .into_iter()
                .zip(1..)
                .map(|(status, number)| (job(number, status, false).job, None)),
        ),
    );
    let mut reasons = Reasons::default();
    assert_eq!(turn(&mut reasons, &running, &ids(4), &[]), []);
    assert_eq!(turn(&mut reasons, &failed(2), &[], &[]), [], "what failed is not in view");
}

#[test]
fn a_turn_has_one_request_for_events_and_four_proofs() {
    let (mut reasons, snapshot) = (Reasons::default(), failed(3));
    let first = turn(&mut reasons, &snapshot, &ids(3), &events_of(20));
    assert_eq!(first[0], Ask::Events(EventQuery::Unusual(1)));
    assert_eq!(first.len(), 1 + REPEATS);
    let of = |asks: &[Ask]| -> Vec<JobId> {
        asks.iter().filter_map(|ask| if let Ask::Proof(_, job) = ask { Some(*job) } else { None }).collect()
    };
    assert_eq!(of(&first), [job_id(1); 4], "the selected job first");
    let second = turn(&mut reasons, &snapshot, &ids(3), &[]);
    assert_eq!((second.len(), of(&second)), (4, vec![job_id(2); 4]), "all is read: no more events are asked for");
    turn(&mut reasons, &snapshot, &ids(3), &[]);
    assert_eq!(turn(&mut reasons, &snapshot, &ids(3), &[]), [], "at most four for each job");
    let found = reasons.of(job_id(1)).unwrap();
    assert_eq!(found.silence, Silence::NothingLogged);
}

#[test]
fn before_a_poll_nothing_is_asked() {
    let mut reasons = Reasons::default();
    assert_eq!(reasons.next(&failed(1), None, ids(1), &Budget::default()), None);
}

#[test]
fn the_jobs_of_one_id_are_settled_by_one_proof() {
    let (mut reasons, snapshot) = (Reasons::default(), failed(3));
    reasons.polled();
    let mut proofs = 0;
    while let Some(ask) = reasons.next(&snapshot, None, ids(3), &Budget::default()) {
        reasons.asked(&ask, &mut Budget::default());
        match &ask {
            Ask::Events(query) => reasons.take_events(query, events_of(1), time(LATER)),
            Ask::Proof(id, _) => {
                proofs += 1;
                reasons.take_proof(id, ids(3), time(LATER));
            }
        }
    }
    assert_eq!(proofs, 1);
    for job in ids(3) {
        assert_eq!(reasons.of(job).unwrap().logged.as_ref().unwrap().tasks, 3);
        assert_eq!(reasons.correlation_of(job).map(|id| &**id), Some("id-1"));
    }
}

#[test]
fn a_job_of_this_page_needs_no_proof() {
    let (mut reasons, snapshot) = (Reasons::default(), failed(1));
    reasons.own(job_id(1), "id-2", time(START));
    assert_eq!(turn(&mut reasons, &snapshot, &ids(1), &events_of(3)), [Ask::Events(EventQuery::Unusual(1))]);
    assert_eq!(reasons.of(job_id(1)).unwrap().proven().unwrap().id, EventId(2));
}

#[test]
fn after_a_refusal_nothing_is_asked_any_more() {
    let message = || EngineMessage(None);
    let refusals = [ApiError::NotFound, ApiError::Forbidden(message()), ApiError::Rejected(message())];
    for refusal in refusals {
        let mut reasons = Reasons::default();
        reasons.polled();
        let ask = reasons.next(&failed(1), None, ids(1), &Budget::default()).unwrap();
        reasons.asked(&ask, &mut Budget::default());
        reasons.failed(&refusal);
        assert_eq!(turn(&mut reasons, &failed(1), &ids(1), &[]), [], "{refusal:?}");
        assert!(reasons.is_refused());
    }
}

#[test]
fn after_no_answer_the_next_poll_tries_again() {
    let (mut reasons, snapshot) = (Reasons::default(), failed(1));
    reasons.polled();
    let ask = reasons.next(&snapshot, None, ids(1), &Budget::default()).unwrap();
    reasons.asked(&ask, &mut Budget::default());
    reasons.failed(&ApiError::TimedOut);
    assert_eq!(reasons.next(&snapshot, None, ids(1), &Budget::default()), None);
    assert_eq!(turn(&mut reasons, &snapshot, &ids(1), &[]), [ask]);
}

/// Its events may still be written: the newest ones are asked for until ten seconds after its end.
#[test]
fn a_job_that_has_just_failed_is_looked_at_again() {
    let (mut reasons, snapshot) = (Reasons::default(), failed(1));
    for (at, query) in [
        (60_500, Some(EventQuery::Unusual(1))),
        (65_000, Some(EventQuery::Since(EventId(3)))),
        (70_001, Some(EventQuery::Since(EventId(3)))),
        (75_000, None),
    ] {
        reasons.polled();
        let ask = reasons.next(&snapshot, None, ids(1), &Budget::default());
        assert_eq!(ask, query.clone().map(Ask::Events), "{at}");
        let Some(query) = query else { continue };
        reasons.asked(&Ask::Events(query.clone()), &mut Budget::default());
        reasons.take_events(&query, vec![event(3, 60_000)], time(START + at));
        reasons.next(&snapshot, None, ids(1), &Budget::default());
    }
}

#[test]
fn earlier_pages_are_read_for_the_selected_job_only() {
    let newer: Vec<Event> = (0..200).map(|number| event(1_000 - number, 3_000_000 - number)).collect();
    let snapshot = failed(1);
    let mut reasons = Reasons::default();
    reasons.polled();
    let ask = |reasons: &mut Reasons, selected: Option<JobId>| {
        let ask = reasons.next(&snapshot, selected, ids(1), &Budget::default())?;
        reasons.asked(&ask, &mut Budget::default());
        let Ask::Events(query) = &ask else { panic!("{ask:?}") };
        reasons.take_events(query, newer.clone(), time(LATER));
        reasons.polled();
        Some(query.clone())
    };
    assert_eq!(ask(&mut reasons, None), Some(EventQuery::Unusual(1)));
    assert_eq!(ask(&mut reasons, None), None, "it is only in view");
    let pages: Vec<_> = std::iter::from_fn(|| ask(&mut reasons, Some(job_id(1)))).collect();
    assert_eq!(pages, [2, 3, 4].map(EventQuery::Unusual), "four pages at most");
    assert_eq!(reasons.of(job_id(1)).unwrap().silence, Silence::NotLooked, "nothing is said of what was not read");
}

#[test]
fn nothing_is_kept_of_jobs_that_are_gone() {
    let (mut reasons, snapshot) = (Reasons::default(), failed(1));
    reasons.own(job_id(1), "id-1", time(START));
    turn(&mut reasons, &snapshot, &ids(1), &events_of(1));
    assert!(reasons.of(job_id(1)).is_some());
    reasons.forget(&ids(1));
    assert!(reasons.of(job_id(1)).is_none() && reasons.correlation_of(job_id(1)).is_none());
}
