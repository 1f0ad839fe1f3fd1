//! Finding the result of a submission after a lost reply.

use task_monitor::{
    api::{NewJob, NewStep},
    domain::{
        Job, Status, Step, StepType,
        rules::{Dialect, Outcome},
    },
    view::{
        form::Submission,
        reconcile::{CHECKS, Done, Found, added_job, added_step, changed},
    },
};

use crate::support::{
    START, job, job_id,
    outline::{job_node, step_node},
    step, step_id, time,
};

fn new_job() -> NewJob {
    NewJob { description: "Nightly".to_owned(), auto_cleared: true }
}

fn named(number: u128, description: &str, external: bool) -> Job {
    Job { description: description.to_owned(), ..job(number, Status::Started, external).job }
}

#[test]
fn an_added_job_is_found_by_its_values() {
    let mine = named(1, "Nightly", true);
    let twin = named(2, "Nightly", true);
    let rows = [
        ("no candidate", vec![], Found::Nothing),
        ("the added one", vec![mine.clone()], Found::One(Done::Job(mine.clone()))),
        ("two of one submission", vec![mine.clone(), twin.clone()], Found::One(Done::Job(mine.clone()))),
        (
            "two in a list of all",
            vec![mine.clone(), twin, named(3, "x", true)],
            Found::Several(vec![job_node(1), job_node(2)]),
        ),
        ("another name", vec![named(3, "nightly", true)], Found::Nothing),
        ("the engine's own", vec![named(3, "Nightly", false)], Found::Nothing),
        (
            "an old engine lists all",
            vec![named(3, "x", true), mine.clone(), named(9, "Nightly", true)],
            Found::One(Done::Job(mine)),
        ),
    ];
    for (name, candidates, expected) in rows {
        assert_eq!(added_job(candidates, &new_job(), &[job_id(9)]), expected, "{name}");
    }
}

fn new_step(parent: Option<u128>) -> NewStep {
    let description = "Copy".to_owned();
    NewStep { job: job_id(1), parent: parent.map(step_id), step_type: StepType::Executing, description }
}

/// A step that matches, and that started so many milliseconds after the others.
fn copy(number: u128, parent: Option<u128>, after: i64) -> Step {
    let start_time = Some(time(START + after));
    Step { description: "Copy".to_owned(), start_time, ..step(1, number, parent, Status::Started, true) }
}

#[test]
fn an_added_step_is_found_among_the_new_ones() {
    let before = [copy(1, None, 0), copy(2, Some(1), 100)];
    let rows = [
        ("nothing new", Some(1), vec![copy(1, None, 0), copy(2, Some(1), 100)], vec![]),
        ("the added one", Some(1), vec![copy(2, Some(1), 100), copy(3, Some(1), 200)], vec![3]),
        ("directly under the job", None, vec![copy(3, None, 200), copy(4, Some(1), 200)], vec![3]),
        ("under another parent", Some(1), vec![copy(3, Some(2), 200)], vec![]),
        ("in the same millisecond", Some(1), vec![copy(3, Some(1), 100)], vec![3]),
        ("an older one that was not listed", Some(1), vec![copy(3, Some(1), 99)], vec![]),
        ("another type", Some(1), vec![Step { step_type: StepType::Unknown, ..copy(3, Some(1), 200) }], vec![]),
        ("another name", Some(1), vec![Step { description: "copy".to_owned(), ..copy(3, Some(1), 200) }], vec![]),
        ("without a start", Some(1), vec![Step { start_time: None, ..copy(3, Some(1), 200) }], vec![]),
        ("two", Some(1), vec![copy(4, Some(1), 200), copy(3, Some(1), 300)], vec![4, 3]),
        ("ended already", Some(1), vec![Step { status: Status::Finished, ..copy(3, Some(1), 200) }], vec![3]),
    ];
    for (name, parent, steps, expected) in rows {
        let found = match added_step(&steps, &new_step(parent), &before) {
            Found::Nothing => vec![],
            Found::One(done) => vec![done.node()],
            Found::Several(nodes) => {
                assert!(nodes.len() > 1);
                nodes
            }
        };
        assert_eq!(found, expected.into_iter().map(|step| step_node(1, step)).collect::<Vec<_>>(), "{name}");
    }
    let first = added_step(&[copy(3, None, 0)], &new_step(None), &[]);
    assert!(matches!(first, Found::One(_)), "the first step of a job");
}

#[test]
fn an_end_or_a_clear_is_found_by_the_rules() {
    use Dialect::{JobsEngine, Ovirt};
    use Status::{Aborted, Failed, Finished, Started};
    let with = |status, cleared, step_status| {
        let mut all = job(1, status, true);
        all.job.auto_cleared = cleared;
        all.steps = vec![step(1, 2, None, step_status, true)];
        all
    };
    let end = |target, outcome, force| Submission::End { target, outcome, force };
    let clear = Submission::Clear { job: job_id(1) };
    let before = with(Started, false, Started);
    let rows = [
        ("not ended", end(job_node(1), Outcome::Failed, false), Ovirt, before.clone(), false),
        ("ended", end(job_node(1), Outcome::Failed, false), Ovirt, with(Failed, false, Failed), true),
        (
            "ended by another client",
            end(job_node(1), Outcome::Failed, false),
            Ovirt,
            with(Finished, false, Finished),
            false,
        ),
        ("aborted, at oVirt", end(job_node(1), Outcome::Aborted, false), Ovirt, with(Failed, false, Failed), true),
        (
            "aborted, at jobs-engine",
            end(job_node(1), Outcome::Aborted, false),
            JobsEngine,
            with(Aborted, false, Aborted),
            true,
        ),
        ("without force", end(job_node(1), Outcome::Failed, true), Ovirt, with(Failed, false, Failed), false),
        ("with force", end(job_node(1), Outcome::Failed, true), Ovirt, with(Failed, true, Failed), true),
        ("a step", end(step_node(1, 2), Outcome::Succeeded, false), Ovirt, with(Started, false, Finished), true),
        ("not the step", end(step_node(1, 2), Outcome::Succeeded, false), Ovirt, with(Finished, false, Started), false),
        ("cleared", clear.clone(), Ovirt, with(Started, true, Started), true),
        ("not cleared", clear, Ovirt, with(Finished, false, Finished), false),
    ];
    for (name, submission, dialect, after, done) in rows {
        let target = match &submission {
            Submission::End { target, .. } => *target,
            _ => job_node(1),
        };
        let expected = if done { Found::One(Done::Node(target)) } else { Found::Nothing };
        assert_eq!(changed(&submission, dialect, &before, &after), expected, "{name}");
    }
    let added = Submission::AddStep(new_step(None));
    let mut after = before.clone();
    after.steps.push(copy(3, None, 200));
    assert_eq!(changed(&added, Ovirt, &before, &after), Found::One(Done::Node(step_node(1, 3))));
    assert_eq!(changed(&added, Ovirt, &after, &after), Found::Nothing);
}

#[test]
fn three_checks_in_ten_seconds() {
    assert_eq!((CHECKS.len(), CHECKS.iter().sum::<std::time::Duration>().as_secs()), (3, 10));
}
