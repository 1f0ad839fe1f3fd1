//! What is found for the failures of a real engine.

use std::{collections::HashMap, sync::Arc};

use task_monitor::{
    domain::{
        Event, JobId, Status,
        outline::{Snapshot, StepTree},
        reason::{Explanation, Silence},
    },
    view::{
        budget::Budget,
        reasons::{Ask, Reasons},
    },
};

use crate::{
    support::recorded::{events, file, jobs_of_hosts},
    table::{Logged, ROWS},
};

pub fn snapshot() -> Arc<Snapshot> {
    let jobs = jobs_of_hosts().into_iter().map(|one| (one.job, Some(StepTree::nest(one.steps))));
    Arc::new(Snapshot::default().advance(jobs))
}

/// Answers all requests as the engine did at the end of that hour, until nothing more is asked for.
pub fn found_for(snapshot: &Arc<Snapshot>, wanted: &[JobId]) -> (Reasons, usize) {
    let all = events("hosts-events.json");
    let now = all[0].time;
    let jobs_of: HashMap<String, Vec<JobId>> = serde_json::from_str(&file("hosts-correlation.json")).unwrap();
    let (mut reasons, mut asked) = (Reasons::default(), 0);
    for _ in 0..50 {
        reasons.polled();
        let (mut budget, mut proofs) = (Budget::default(), 0);
        while let Some(ask) = reasons.next(snapshot, wanted.first().copied(), wanted.iter().copied(), &budget) {
            reasons.asked(&ask, &mut budget);
            asked += 1;
            match ask {
                // All of them, as to a page that was open for the whole hour.
                Ask::Events(query) => {
                    reasons.take_events(&query, all[..all.len().min(query.max().max(497))].to_vec(), now)
                }
                Ask::Proof(id, _) => {
                    proofs += 1;
                    reasons.take_proof(&id, jobs_of.get(&id).cloned().unwrap_or_default(), now);
                }
            }
        }
        assert!(proofs <= 4, "{proofs} after one poll");
    }
    (reasons, asked)
}

/// How many jobs have the id, with its events; the hints; and what it means if there are none.
type Shown = (Option<(usize, Vec<i64>)>, Vec<i64>, Silence);

/// The events by their ids, as in the table.
fn shown(explanation: &Explanation) -> Shown {
    let logged = explanation.logged.as_ref();
    let ids = |events: &[Arc<Event>]| events.iter().map(|event| event.id.0).collect();
    (logged.map(|logged| (logged.tasks, ids(&logged.events))), ids(&explanation.hints), explanation.silence)
}

#[test]
fn what_a_person_finds_is_found() {
    let snapshot = snapshot();
    let failed: Vec<JobId> =
        snapshot.jobs().iter().filter(|node| node.job.status == Status::Failed).map(|node| node.job.id).collect();
    assert_eq!(failed.len(), ROWS.len());
    let (reasons, asked) = found_for(&snapshot, &failed);
    assert!(asked <= 1 + 4 * failed.len(), "{asked} requests");
    for row in ROWS {
        let job = *failed.iter().find(|job| job.to_string().starts_with(row.job)).unwrap();
        assert_eq!(snapshot.find(job).unwrap().job.description, row.description);
        let expected = match row.logged {
            Logged::RefusedUnlogged => (None, Silence::Refused),
            Logged::Nothing => (None, Silence::NothingLogged),
            Logged::Task(events) => (Some((1, events.to_vec())), Silence::NothingLogged),
            Logged::Group(tasks, events) => (Some((tasks, events.to_vec())), Silence::NothingLogged),
        };
        let (logged, hints, silence) = shown(reasons.of(job).unwrap());
        assert_eq!((&logged, &*hints), (&expected.0, row.hints), "{} {}", row.job, row.description);
        if logged.is_none() {
            assert_eq!(silence, expected.1, "{} {}", row.job, row.description);
        }
    }
    assert!(reasons.clone().next(&snapshot, None, failed, &Budget::default()).is_none(), "all are settled");
}

/// The selected job comes first, and costs at most one request for events and four others.
#[test]
fn one_job_costs_at_most_five_requests() {
    let snapshot = snapshot();
    for row in ROWS {
        let job = snapshot.jobs().iter().find(|node| node.job.id.to_string().starts_with(row.job)).unwrap().job.id;
        let (_, asked) = found_for(&snapshot, &[job]);
        assert!(asked <= 5, "{} {asked}", row.job);
    }
}
