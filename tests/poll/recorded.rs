//! Finding again what was added, among the jobs and steps of a real engine.

use task_monitor::{
    api::{NewJob, NewStep},
    domain::{JobWithSteps, outline::NodeId},
    view::reconcile::{Done, Found, added_job, added_step},
};

use crate::support::recorded::{jobs_of_hosts, jobs_with_steps};

/// The last step of each job, had its reply been lost.
#[test]
fn the_last_step_of_each_job_is_found() {
    let mut found = 0;
    for JobWithSteps { job, steps } in jobs_with_steps().into_iter().chain(jobs_of_hosts()) {
        let Some(last) = steps.iter().max_by_key(|step| (step.start_time, step.number)).cloned() else { continue };
        let before: Vec<_> = steps.iter().filter(|step| step.id != last.id).cloned().collect();
        let new = NewStep {
            job: job.id,
            parent: last.parent,
            step_type: last.step_type,
            description: last.description.clone(),
        };
        assert_eq!(
            added_step(&steps, &new, &before),
            Found::One(Done::Node(NodeId::Step(job.id, last.id))),
            "{}",
            job.description
        );
        found += 1;
    }
    assert!(found > 100, "{found}");
}

/// A job is found by its description among those that were not known; jobs of the engine's own are none of ours.
#[test]
fn each_external_job_is_found() {
    let all: Vec<_> = jobs_with_steps().into_iter().map(|content| content.job).collect();
    let mut found = 0;
    for mine in &all {
        let new = NewJob { description: mine.description.clone(), auto_cleared: mine.auto_cleared };
        let expected = if mine.external { Found::One(Done::Job(mine.clone())) } else { Found::Nothing };
        let before: Vec<_> = all.iter().map(|job| job.id).filter(|id| *id != mine.id).collect();
        assert_eq!(added_job(all.clone(), &new, &before), expected, "{}", mine.description);
        found += usize::from(mine.external);
    }
    assert!(found > 20, "{found}");
}
