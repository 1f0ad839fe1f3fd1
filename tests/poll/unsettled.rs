//! Which submissions are the same one, and additions that were carried out twice.

use task_monitor::{
    api::{CorrelationId, NewJob, NewStep},
    domain::{Job, Status, Step, StepType},
    view::{
        form::Submission,
        reconcile::{copies_of_job, copies_of_step},
        unsettled::{Attempt, Unsettled},
    },
};
use uuid::Uuid;

use crate::support::{
    START, job, job_id,
    outline::{job_node, snapshot, step_node},
    step, step_id, time,
};

fn add(description: &str) -> Submission {
    Submission::AddJob(NewJob { description: description.to_owned(), auto_cleared: true })
}

fn begin(unsettled: &Unsettled, submission: Submission, id: u128) -> Attempt {
    unsettled.begin(submission, CorrelationId::new(Uuid::from_u128(id)), &snapshot([job(1, Status::Started, true)]))
}

#[test]
fn what_is_sent_again_keeps_its_id_until_its_outcome_is_known() {
    let mut unsettled = Unsettled::default();
    let first = begin(&unsettled, add("Nightly"), 1);
    assert_ne!(begin(&unsettled, add("Nightly"), 2).id, first.id, "each press is a new submission");
    unsettled.lose(&first);
    assert_eq!(begin(&unsettled, add("Nightly"), 3), first, "sent again after a lost reply");
    assert_eq!(begin(&unsettled, add("Nightly"), 4), first, "and once more");
    assert_ne!(begin(&unsettled, add("nightly"), 5).id, first.id, "another text");
    let cleared = Submission::AddJob(NewJob { description: "Nightly".to_owned(), auto_cleared: false });
    assert_ne!(begin(&unsettled, cleared, 6).id, first.id, "another choice");
    let other = begin(&unsettled, add("Weekly"), 7);
    unsettled.settle(&other);
    assert_eq!(begin(&unsettled, add("Nightly"), 8), first, "the outcome of another one");
    unsettled.settle(&first);
    assert_ne!(begin(&unsettled, add("Nightly"), 9).id, first.id, "the outcome is known");
}

#[test]
fn jobs_of_the_same_description_from_before_are_remembered() {
    let unsettled = Unsettled::default();
    assert_eq!(begin(&unsettled, add("Job 1"), 1).before, [job_id(1)]);
    assert_eq!(begin(&unsettled, add("Job 2"), 1).before, []);
    assert_eq!(begin(&unsettled, Submission::Clear { job: job_id(1) }, 1).before, []);
}

#[test]
fn jobs_that_one_submission_added_twice() {
    let new = NewJob { description: "Nightly".to_owned(), auto_cleared: true };
    let named = |number: u128, description: &str, external| Job {
        description: description.to_owned(),
        ..job(number, Status::Started, external).job
    };
    let nightly = |number| named(number, "Nightly", true);
    let rows = [
        ("the added one", vec![nightly(1)], vec![]),
        ("twice", vec![nightly(1), nightly(2)], vec![job_node(2)]),
        ("three times", vec![nightly(3), nightly(1), nightly(2)], vec![job_node(3), job_node(2)]),
        ("an old engine lists all", vec![nightly(1), nightly(2), named(3, "x", true)], vec![]),
        ("an old engine lists all", vec![nightly(1), nightly(2), named(3, "Nightly", false)], vec![]),
        ("one from before", vec![nightly(1), nightly(9)], vec![]),
        ("none is found", vec![], vec![]),
    ];
    for (name, found, copies) in rows {
        assert_eq!(copies_of_job(job_id(1), &found, &new, &[job_id(9)]), copies, "{name}");
    }
}

#[test]
fn steps_that_one_submission_added_twice() {
    let new = NewStep { job: job_id(1), parent: None, step_type: StepType::Executing, description: "Copy".to_owned() };
    let copy = |number, after| Step {
        description: "Copy".to_owned(),
        start_time: Some(time(START + after)),
        ..step(1, number, None, Status::Started, true)
    };
    let before = [copy(1, 0)];
    let rows = [
        ("the added one", vec![copy(1, 0), copy(2, 100)], vec![]),
        ("twice", vec![copy(1, 0), copy(2, 100), copy(3, 101)], vec![step_node(1, 3)]),
        ("another name", vec![copy(2, 100), Step { description: "Move".to_owned(), ..copy(3, 101) }], vec![]),
    ];
    for (name, now, copies) in rows {
        assert_eq!(copies_of_step(step_id(2), &now, &new, &before), copies, "{name}");
    }
}
