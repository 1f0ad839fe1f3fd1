//! A large list of jobs, for measurements.

use chrono::TimeDelta;

use super::{
    dice::Dice,
    sample_data::{VMS, users},
};
use crate::{
    domain::{Job, JobId, JobWithSteps, Status, Step, StepId, StepType, Time},
    engine::JobRecord,
};

/// That many jobs with that many steps each, as of now. One in fifty runs, some failed. Steps nest three deep.
pub fn large(seed: u64, jobs: usize, steps_per_job: usize, now: Time) -> Vec<JobRecord> {
    let dice = Dice::of(seed, u64::MAX);
    let owners = users();
    (0..jobs)
        .zip(0_u64..)
        .zip(owners.iter().cycle())
        .map(|((number, part), owner)| {
            let mut dice = dice.derive(part);
            let age = TimeDelta::seconds(i64::try_from(jobs - number).unwrap_or(i64::MAX) * 20);
            let mut job = large_job(&mut dice, number, now - age, now);
            job.owner = Some(owner.id);
            let steps = large_steps(&mut dice, &job, steps_per_job);
            let correlation_id = format!("large-{number}");
            JobRecord { content: JobWithSteps { job, steps }, correlation_id, scenario: false }
        })
        .collect()
}

fn large_job(dice: &mut Dice, number: usize, start: Time, now: Time) -> Job {
    let status = match dice.between(0, 50) {
        0 => Status::Started,
        1..=5 => Status::Failed,
        6 => Status::Aborted,
        7 => Status::Unknown,
        _ => Status::Finished,
    };
    let end_time = status.is_ended().then(|| now.min(start + TimeDelta::seconds(dice.between(5, 900))));
    Job {
        id: JobId::new(dice.uuid()),
        description: format!("Task {number} on {}", dice.pick(&VMS)),
        status,
        external: dice.one_in(2),
        auto_cleared: dice.one_in(2),
        owner: None,
        start_time: Some(start),
        end_time,
        last_updated: end_time.or(Some(start)),
    }
}

fn large_steps(dice: &mut Dice, job: &Job, count: usize) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::with_capacity(count);
    for index in 0..count {
        // Two of three steps go under the step before them, so that each chain is three deep.
        let parent =
            index.checked_sub(1).filter(|_| index % 3 != 0).and_then(|before| steps.get(before)).map(|step| step.id);
        let siblings = steps.iter().filter(|step| step.parent == parent).count();
        steps.push(Step {
            id: StepId::new(dice.uuid()),
            job: job.id,
            parent,
            step_type: dice.pick(&StepType::ALL),
            description: format!("Part {index} of {}", dice.pick(&VMS)),
            number: u32::try_from(siblings).ok(),
            status: job.status,
            progress: None,
            start_time: job.start_time,
            end_time: job.end_time,
            external: job.external,
            external_system: None,
            execution_host: None,
        });
    }
    steps
}
