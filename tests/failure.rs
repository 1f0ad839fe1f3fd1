//! What is said about a failed or unknown job, as a table.
#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod support;

use std::sync::Arc;

use support::{NOW, job, outline::snapshot, step, time};
use task_monitor::{
    domain::{Job, JobWithSteps, Status, Step, StepType, outline::JobNode},
    view::{
        failure::{Explanation, FailedAt, explanation, failed_at},
        running::{RunningSteps, running_steps},
        subject::Subject,
    },
};

const FAILED: Status = Status::Failed;
const ENDED: Status = Status::Finished;

/// Number, parent, description, type, status, start, end.
type Row = (u128, Option<u128>, &'static str, StepType, Status, i64, i64);

const V: StepType = StepType::Validating;
const E: StepType = StepType::Executing;
const F: StepType = StepType::Finalizing;
/// When the jobs of this table end.
const JOB_END: i64 = 100;

fn failed_job(rows: &[Row]) -> Subject {
    let steps = rows.iter().map(|&(number, parent, description, step_type, status, start, end)| Step {
        description: description.to_owned(),
        step_type,
        start_time: Some(time(NOW + start)),
        end_time: Some(time(NOW + end)),
        ..step(1, number, parent, status, false)
    });
    let mut content = JobWithSteps { steps: steps.collect(), ..job(1, FAILED, false) };
    content.job.end_time = Some(time(NOW + JOB_END));
    let snapshot = snapshot([content]);
    Subject { job: snapshot.jobs()[0].clone(), step: None }
}

fn said(subject: &Subject) -> String {
    match failed_at(subject) {
        None => "nothing".to_owned(),
        Some(FailedAt::StepsUnknown) => "steps unknown".to_owned(),
        Some(FailedAt::JobItself) => "the job itself".to_owned(),
        Some(FailedAt::Step { sentence, .. }) => {
            let (before, name) = sentence.parts();
            before + &name
        }
    }
}

#[test]
fn where_a_job_failed() {
    let table: [(&[Row], &str); 11] = [
        (&[(1, None, "Validating", V, ENDED, 0, 1)], "the job itself"),
        (&[(1, None, "Validating", V, FAILED, 0, 1)], "Failed while validating"),
        (
            &[(1, None, "Executing", E, FAILED, 0, 9), (2, Some(1), "Migrating VM files", E, FAILED, 1, 8)],
            "Failed in: Executing › Migrating VM files",
        ),
        // A step can end well although one below it failed; Finalizing fails as a consequence.
        (
            &[
                (1, None, "Executing", E, ENDED, 0, 9),
                (2, Some(1), "Copying Volume", E, FAILED, 1, 8),
                (3, None, "Finalizing", F, FAILED, 9, 10),
            ],
            "Failed in: Executing › Copying Volume",
        ),
        // The one that ended first, also if another one started first.
        (&[(1, None, "Volume 1", E, FAILED, 0, 9), (2, None, "Volume 2", E, FAILED, 1, 4)], "Failed in: Volume 2"),
        // Closed along with the job: the last that started.
        (
            &[(1, None, "Volume 1", E, FAILED, 0, JOB_END), (2, None, "Volume 2", E, FAILED, 5, JOB_END)],
            "Failed in: Volume 2",
        ),
        // One that ended before the job is the cause, however late another one started.
        (
            &[(1, None, "Volume 1", E, FAILED, 0, 50), (2, None, "Volume 2", E, FAILED, 60, JOB_END)],
            "Failed in: Volume 1",
        ),
        (
            &[(1, None, "Executing", E, FAILED, 0, JOB_END), (2, None, "Finalizing", F, FAILED, 50, JOB_END)],
            "Failed while executing",
        ),
        (&[(1, None, "Finalizing", F, FAILED, 50, JOB_END)], "Failed while finalizing"),
        (
            &[
                (1, None, "Validating", V, ENDED, 0, 1),
                (2, None, "Executing", E, FAILED, 1, 2),
                (3, None, "Validating", V, ENDED, 2, 3),
                (4, None, "Executing", E, FAILED, 3, 4),
                (5, None, "Validating", V, FAILED, 4, 5),
            ],
            "Both of 2 attempts failed while executing",
        ),
        (
            &[
                (1, None, "Executing", E, FAILED, 0, 1),
                (2, None, "Executing", E, FAILED, 1, 2),
                (3, None, "Executing", E, FAILED, 2, 3),
                (4, None, "Executing", E, ENDED, 3, 4),
            ],
            "3 of 4 attempts failed while executing",
        ),
    ];
    for (rows, expected) in table {
        assert_eq!(said(&failed_job(rows)), expected, "{rows:?}");
    }
}

#[test]
fn only_a_failed_job_says_where() {
    let mut subject = failed_job(&[(1, None, "Copying Volume", E, FAILED, 0, 1)]);
    subject.step = Some(0);
    assert_eq!(said(&subject), "nothing", "the step itself is on screen");
}

#[test]
fn a_status_that_does_not_explain_itself_is_explained() {
    let external = true;
    for (status, end, expected) in [
        (Status::Unknown, Some(7), Some(Explanation::Restarted { at: Some(time(NOW + 7)) })),
        (Status::Unknown, None, Some(Explanation::Restarted { at: None })),
        (Status::Aborted, Some(7), Some(Explanation::JobAborted { external })),
        (FAILED, Some(7), None),
        (ENDED, Some(7), None),
        (Status::Started, None, None),
    ] {
        let mut content = job(1, status, external);
        content.job.end_time = end.map(|end| time(NOW + end));
        content.job.last_updated = None;
        let snapshot = snapshot([content]);
        let subject = Subject { job: snapshot.jobs()[0].clone(), step: None };
        assert_eq!(explanation(&subject), expected, "{status:?} {end:?}");
    }
    let mut step = failed_job(&[(1, None, "Volume 1", E, Status::Aborted, 0, 9)]);
    step.step = Some(0);
    assert_eq!(explanation(&step), Some(Explanation::StepAborted));
}

#[test]
fn the_other_failed_steps_are_named_with_those_above_them() {
    let job = failed_job(&[
        (1, None, "Executing", E, FAILED, 0, 9),
        (2, Some(1), "Volume 1", E, FAILED, 0, 8),
        (3, Some(1), "Volume 2", E, FAILED, 0, 4),
        (4, Some(1), "Volume 3", E, ENDED, 0, 4),
        (5, None, "Finalizing", F, FAILED, 9, 10),
    ]);
    let Some(FailedAt::Step { at, others, .. }) = failed_at(&job) else { panic!("no step") };
    let names: Vec<&str> = others.iter().map(|(_, name)| name.as_str()).collect();
    assert_eq!((at, names), (Some(time(NOW + 4)), vec!["Executing › Volume 1", "Finalizing"]));
}

#[test]
fn the_innermost_running_steps_of_a_running_job_are_named() {
    let runs = Status::Started;
    let rows: [Row; 7] = [
        (1, None, "Executing", E, runs, 0, 0),
        (2, Some(1), "Volume 1", E, ENDED, 0, 4),
        (3, Some(1), "Volume 2", E, runs, 4, 0),
        (4, None, "Second", E, runs, 5, 0),
        (5, None, "Third", E, runs, 6, 0),
        (6, None, "Fourth", E, runs, 7, 0),
        (7, None, "Last", E, ENDED, 7, 8),
    ];
    let job = failed_job(&rows);
    let running = Subject { job: with_status(&job, runs), step: None };
    let RunningSteps { named, more } = running_steps(&running);
    let named: Vec<_> = named.iter().map(|step| (step.path.as_str(), step.since)).collect();
    let expected =
        [("Executing › Volume 2", 4), ("Second", 5), ("Third", 6)].map(|(path, since)| (path, Some(time(NOW + since))));
    assert_eq!((named, more), (expected.to_vec(), 1));
    assert_eq!(running_steps(&job), RunningSteps::default(), "a job that has ended");
    assert_eq!(running_steps(&Subject { step: Some(0), ..running }), RunningSteps::default(), "a step");
}

/// The same job with another status.
fn with_status(subject: &Subject, status: Status) -> Arc<JobNode> {
    let job = Job { status, ..subject.job.job.clone() };
    Arc::new(JobNode::new(job, subject.job.steps.clone()))
}
