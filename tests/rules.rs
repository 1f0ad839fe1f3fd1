//! The rules for each dialect: what changes, and the sentences about it.
#![cfg(feature = "server")]

mod support;

use support::{NOW, OLD, job, job_with_steps, show, step, step_id, time};
use task_monitor::domain::{
    JobWithSteps, Status,
    rules::{self, Consequence, Dialect, Outcome, Refusal},
};

use Dialect::{JobsEngine, Ovirt};
use Outcome::{Aborted, Failed, Succeeded};

#[test]
fn ending_a_job() {
    let rows = [
        (
            Ovirt,
            Status::Started,
            Succeeded,
            false,
            "finished end=now updated=now | finished now, finished now, finished old",
        ),
        (Ovirt, Status::Started, Failed, false, "failed end=now updated=now | failed now, failed now, finished old"),
        (Ovirt, Status::Started, Aborted, false, "failed end=now updated=now | failed now, failed now, finished old"),
        (
            Ovirt,
            Status::Started,
            Succeeded,
            true,
            "finished end=now updated=now cleared | finished now, finished now, finished old",
        ),
        (
            Ovirt,
            Status::Failed,
            Succeeded,
            true,
            "failed end=old updated=old cleared | failed old, failed old, finished old",
        ),
        (Ovirt, Status::Unknown, Failed, false, "unknown end=old updated=old | unknown old, unknown old, finished old"),
        (
            JobsEngine,
            Status::Started,
            Succeeded,
            false,
            "finished end=now updated=now | finished now, finished now, finished old",
        ),
        (
            JobsEngine,
            Status::Started,
            Aborted,
            false,
            "aborted end=now updated=now | aborted now, aborted now, finished old",
        ),
        (
            JobsEngine,
            Status::Started,
            Succeeded,
            true,
            "finished end=now updated=now cleared | aborted now, aborted now, finished old",
        ),
        (
            JobsEngine,
            Status::Finished,
            Failed,
            false,
            "finished end=old updated=old | finished old, finished old, finished old",
        ),
        (
            JobsEngine,
            Status::Finished,
            Failed,
            true,
            "finished end=old updated=old cleared | aborted old, aborted old, finished old",
        ),
    ];
    for (dialect, status, outcome, force, expected) in rows {
        let mut content = job_with_steps(1, status, true);
        assert_eq!(rules::end_job(dialect, &mut content, outcome, force, time(NOW)), Ok(()));
        assert_eq!(show(&content), expected, "{dialect:?} {status:?} {outcome:?} force={force}");
    }
}

#[test]
fn ending_a_step() {
    let rows = [
        (Ovirt, Status::Started, 11, Succeeded, "started end=- updated=now | finished now, started -, finished old"),
        (Ovirt, Status::Started, 11, Failed, "failed end=now updated=now | failed now, failed now, finished old"),
        (Ovirt, Status::Started, 13, Aborted, "failed end=now updated=now | failed now, failed now, failed now"),
        (Ovirt, Status::Unknown, 12, Failed, "unknown end=old updated=now | unknown old, failed now, finished old"),
        (
            JobsEngine,
            Status::Started,
            12,
            Succeeded,
            "started end=- updated=now | started -, finished now, finished old",
        ),
        (
            JobsEngine,
            Status::Started,
            11,
            Aborted,
            "failed end=now updated=now | aborted now, failed now, finished old",
        ),
        (
            JobsEngine,
            Status::Finished,
            12,
            Aborted,
            "finished end=old updated=now | finished old, aborted now, finished old",
        ),
    ];
    for (dialect, status, number, outcome, expected) in rows {
        let mut content = job_with_steps(1, status, true);
        assert_eq!(rules::end_step(dialect, &mut content, step_id(number), outcome, time(NOW)), Ok(()));
        assert_eq!(show(&content), expected, "{dialect:?} {status:?} {number} {outcome:?}");
    }
}

#[test]
fn a_refused_rule_changes_nothing() {
    type Rule = fn(&mut JobWithSteps) -> Result<(), Refusal>;
    let end: Rule = |content| rules::end_job(JobsEngine, content, Succeeded, true, time(NOW));
    let clear: Rule = |content| rules::clear_job(&mut content.job);
    let end_step: Rule = |content| rules::end_step(Ovirt, content, step_id(11), Failed, time(NOW));
    let end_none: Rule = |content| rules::end_step(Ovirt, content, step_id(99), Failed, time(NOW));
    let add: Rule = |content| rules::add_step(content, step(1, 50, None, Status::Started, true), time(NOW));
    let add_under_none: Rule =
        |content| rules::add_step(content, step(1, 50, Some(99), Status::Started, true), time(NOW));
    let rows = [
        (false, end, Refusal::InternalJob),
        (false, clear, Refusal::InternalJob),
        (false, add, Refusal::InternalJob),
        (false, end_step, Refusal::InternalStep),
        (true, end_none, Refusal::NoStep),
        (true, add_under_none, Refusal::NoStep),
    ];
    for (external, rule, refusal) in rows {
        let before = job_with_steps(1, Status::Started, external);
        let mut content = before.clone();
        assert_eq!((rule(&mut content), content), (Err(refusal), before), "{refusal}");
    }
}

#[test]
fn adding_steps_counts_siblings() {
    let mut content = JobWithSteps { ..job(1, Status::Started, true) };
    for (number, parent, place) in
        [(1, None, 0), (2, None, 1), (3, Some(1), 0), (4, Some(1), 1), (5, Some(3), 0), (6, None, 2)]
    {
        let new = step(1, number, parent, Status::Started, true);
        assert_eq!(rules::add_step(&mut content, new, time(NOW)), Ok(()));
        assert_eq!(content.steps.last().unwrap().number, Some(place), "step {number}");
    }
    assert_eq!(content.job.last_updated, Some(time(NOW)));
    // Allowed: a step under an internal step of an internal job.
    let mut internal = job_with_steps(4, Status::Finished, false);
    assert_eq!(rules::add_step(&mut internal, step(4, 50, Some(41), Status::Started, true), time(NOW)), Ok(()));
    assert_eq!((internal.job.status, internal.job.end_time), (Status::Finished, Some(time(OLD))));
}

#[test]
fn consequences_of_each_action() {
    use Consequence::{
        JobBecomes, JobGoesOn, JobStays, KeptUntilCleared, NothingChanges, RunningStepsBecome, StepBecomes,
        WillBeRemoved,
    };
    let after = |status, rule: &dyn Fn(&mut JobWithSteps), target| {
        let before = job_with_steps(1, status, true);
        let mut changed = before.clone();
        rule(&mut changed);
        rules::consequences(&before, &changed, target, true)
    };
    let end_step = |dialect, outcome| {
        move |content: &mut JobWithSteps| rules::end_step(dialect, content, step_id(11), outcome, time(NOW)).unwrap()
    };
    let end = |dialect, force| {
        move |content: &mut JobWithSteps| rules::end_job(dialect, content, Succeeded, force, time(NOW)).unwrap()
    };
    let first = Some(step_id(11));
    let rows = [
        (
            after(Status::Started, &end_step(Ovirt, Succeeded), first),
            vec![StepBecomes(Status::Finished), JobGoesOn, KeptUntilCleared],
        ),
        (
            after(Status::Started, &end_step(JobsEngine, Aborted), first),
            vec![
                StepBecomes(Status::Aborted),
                JobBecomes(Status::Failed),
                RunningStepsBecome { count: 1, status: Status::Failed },
                KeptUntilCleared,
            ],
        ),
        (
            after(Status::Started, &end(Ovirt, true), None),
            vec![
                JobBecomes(Status::Finished),
                RunningStepsBecome { count: 2, status: Status::Finished },
                WillBeRemoved,
            ],
        ),
        (
            after(Status::Started, &end(JobsEngine, true), None),
            vec![JobBecomes(Status::Finished), RunningStepsBecome { count: 2, status: Status::Aborted }, WillBeRemoved],
        ),
        (
            after(Status::Unknown, &end(Ovirt, false), None),
            vec![JobStays(Status::Unknown), RunningStepsBecome { count: 2, status: Status::Unknown }, KeptUntilCleared],
        ),
        (
            after(Status::Finished, &end_step(Ovirt, Succeeded), first),
            vec![StepBecomes(Status::Finished), JobStays(Status::Finished), KeptUntilCleared],
        ),
        (
            after(Status::Finished, &|content| rules::clear_job(&mut content.job).unwrap(), None),
            vec![JobStays(Status::Finished), WillBeRemoved],
        ),
        (after(Status::Failed, &|_| (), None), vec![NothingChanges(Status::Failed), KeptUntilCleared]),
    ];
    for (found, expected) in rows {
        assert_eq!(found, expected);
    }
}

/// Steps that are not loaded may change.
#[test]
fn nothing_changes_only_if_everything_is_known() {
    let before = JobWithSteps { ..job(1, Status::Failed, true) };
    for (complete, expected) in
        [(true, Consequence::NothingChanges(Status::Failed)), (false, Consequence::JobStays(Status::Failed))]
    {
        assert_eq!(rules::consequences(&before, &before, None, complete)[0], expected);
    }
}

#[test]
fn each_consequence_has_a_forecast_and_a_result() {
    use Consequence::{
        JobBecomes, JobGoesOn, JobStays, KeptUntilCleared, NothingChanges, RunningStepsBecome, StepBecomes,
        WillBeRemoved,
    };
    let steps = |count, status| RunningStepsBecome { count, status };
    let (removed, kept) = (
        "The engine will remove the job some time after its end.",
        "The engine keeps the job until its removal is allowed.",
    );
    let rows = [
        (StepBecomes(Status::Finished), "The step will end as finished.", "The step ended as finished."),
        (StepBecomes(Status::Aborted), "The step will be aborted.", "The step was aborted."),
        (JobBecomes(Status::Failed), "The job will end as failed.", "The job ended as failed."),
        (JobBecomes(Status::Aborted), "The job will be aborted.", "The job was aborted."),
        (
            JobStays(Status::Failed),
            "The job already ended as failed; its status does not change.",
            "The job had already ended as failed.",
        ),
        (
            NothingChanges(Status::Failed),
            "Already ended as failed; this changes nothing.",
            "Nothing changed: the job had already ended as failed.",
        ),
        (JobGoesOn, "The job keeps running until it is ended.", "The job keeps running."),
        (steps(1, Status::Failed), "1 running step will end as failed.", "1 running step ended as failed."),
        (steps(1, Status::Aborted), "1 running step will be aborted.", "1 running step was aborted."),
        (steps(12, Status::Finished), "12 running steps will end as finished.", "12 running steps ended as finished."),
        (steps(12, Status::Aborted), "12 running steps will be aborted.", "12 running steps were aborted."),
        (WillBeRemoved, removed, removed),
        (KeptUntilCleared, kept, kept),
    ];
    for (consequence, forecast, result) in rows {
        assert_eq!((consequence.to_string().as_str(), consequence.result().as_str()), (forecast, result));
    }
}

/// Between two readings another client may have added steps: each step is compared with itself.
#[test]
fn consequences_compare_each_step_with_itself() {
    let before = job_with_steps(1, Status::Started, true);
    let mut after = before.clone();
    rules::end_job(Ovirt, &mut after, Failed, false, time(NOW)).unwrap();
    after.steps.insert(0, step(1, 19, None, Status::Finished, true));
    let found = rules::consequences(&before, &after, None, true);
    assert!(found.contains(&Consequence::RunningStepsBecome { count: 2, status: Status::Failed }), "{found:?}");
}

#[test]
fn a_product_name_gives_the_dialect() {
    for (name, dialect) in [(Some("jobs-engine"), JobsEngine), (Some("oVirt Engine"), Ovirt), (None, Ovirt)] {
        assert_eq!(Dialect::of_product(name), dialect);
    }
}
