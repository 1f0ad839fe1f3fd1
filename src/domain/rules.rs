//! What may be done to a job or step, why not, and what follows.
//!
//! Each rule changes a job with its steps, or refuses. The engine runs a rule and stores the result; the page runs the
//! same rule on a copy and tells the difference as [`Consequence`]s before it sends anything. Sources: `EndExternalJobCommand`,
//! `EndExternalStepCommand`, `ClearExternalJobCommand`, `AddExternalStepCommand`, `ExecutionHandler.endJob` and `.endStep`.

mod consequence;

use std::fmt;

pub use consequence::{Consequence, consequences};

use super::{Job, JobWithSteps, Status, Step, StepId, Time};

/// Which engine is at the other end. They differ in what `force` and an outcome of aborted do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dialect {
    /// An oVirt engine, 4.1 or newer. Anything that we do not know counts as one.
    #[default]
    Ovirt,
    /// Our own engine, which follows the feature page where oVirt departed from it.
    JobsEngine,
}

impl Dialect {
    /// The product name that our own engine gives in the API root's `product_info`.
    pub const JOBS_ENGINE: &str = "jobs-engine";

    /// Tells engines apart by the API root's `product_info.name`.
    pub fn of_product(name: Option<&str>) -> Self {
        match name {
            Some(Self::JOBS_ENGINE) => Self::JobsEngine,
            _ => Self::Ovirt,
        }
    }
}

/// How something ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It did what it was to do.
    Succeeded,
    /// It did not.
    Failed,
    /// Somebody stopped it. Only our own engine knows this one.
    Aborted,
}

impl Outcome {
    /// The status that comes of it at that engine.
    pub const fn status(self, dialect: Dialect) -> Status {
        match (self, dialect) {
            (Self::Succeeded, _) => Status::Finished,
            (Self::Aborted, Dialect::JobsEngine) => Status::Aborted,
            (Self::Failed | Self::Aborted, _) => Status::Failed,
        }
    }
}

/// Why an engine will not do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The engine runs the job itself (`ACTION_TYPE_NOT_EXTERNAL`).
    InternalJob,
    /// The engine runs the step itself (`ACTION_TYPE_NOT_EXTERNAL`).
    InternalStep,
    /// There is no such step (`ACTION_TYPE_NO_STEP`).
    NoStep,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::InternalJob => "The engine runs this job itself; only external jobs can be changed.",
            Self::InternalStep => "The engine runs this step itself; only external steps can be ended.",
            Self::NoStep => "This step is not there any more.",
        })
    }
}

/// How long a description may be at our own engine, in bytes of UTF-8. oVirt sets no limit.
pub const DESCRIPTION_LIMIT: usize = 64 * 1024;

/// What is wrong with a new job's or step's description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DescriptionProblem {
    /// It is empty, or all spaces.
    Blank,
    /// It is longer than [`DESCRIPTION_LIMIT`].
    Long,
}

/// Whether a job or step can be called that (`AddExternalJobParameters`, `AddExternalStepParameters`).
pub fn check_description(dialect: Dialect, description: &str) -> Result<(), DescriptionProblem> {
    match dialect {
        _ if description.trim().is_empty() => Err(DescriptionProblem::Blank),
        Dialect::JobsEngine if description.len() > DESCRIPTION_LIMIT => Err(DescriptionProblem::Long),
        Dialect::JobsEngine | Dialect::Ovirt => Ok(()),
    }
}

/// Whether a job can be ended, cleared, or given steps directly. Its status never matters.
pub const fn may_change(job: &Job) -> Result<(), Refusal> {
    if job.external { Ok(()) } else { Err(Refusal::InternalJob) }
}

/// Whether a step can be ended. Its status never matters, and neither does its job's origin.
pub const fn may_end(step: &Step) -> Result<(), Refusal> {
    if step.external { Ok(()) } else { Err(Refusal::InternalStep) }
}

/// Ends a job.
///
/// A running job takes the outcome's status. An ended or unknown one keeps its status and end time. Steps that still run
/// end with the job, at the job's end time, which may be before they started. `force` also marks the job auto-cleared, and
/// under [`Dialect::JobsEngine`] it makes the running steps aborted.
pub fn end_job(
    dialect: Dialect,
    target: &mut JobWithSteps,
    outcome: Outcome,
    force: bool,
    now: Time,
) -> Result<(), Refusal> {
    may_change(&target.job)?;
    close_job(&mut target.job, outcome.status(dialect), now);
    target.job.auto_cleared |= force;
    let status = match dialect {
        Dialect::JobsEngine if force => Status::Aborted,
        Dialect::JobsEngine | Dialect::Ovirt => target.job.status,
    };
    close_running_steps(target, status);
    Ok(())
}

/// Marks a job as one that the engine may remove after its end. Nothing else changes; a running job keeps running.
pub const fn clear_job(job: &mut Job) -> Result<(), Refusal> {
    match may_change(job) {
        Ok(()) => {
            job.auto_cleared = true;
            Ok(())
        }
        refused @ Err(_) => refused,
    }
}

/// Ends a step.
///
/// Success touches that step alone: not its children, its parent or its job. Any other outcome fails the job too, if it
/// runs, and every other running step of the job takes the job's status and end time. Ending an ended step again overwrites
/// its status and end time.
pub fn end_step(
    dialect: Dialect,
    target: &mut JobWithSteps,
    step: StepId,
    outcome: Outcome,
    now: Time,
) -> Result<(), Refusal> {
    let ended = target.steps.iter_mut().find(|candidate| candidate.id == step).ok_or(Refusal::NoStep)?;
    may_end(ended)?;
    ended.status = outcome.status(dialect);
    ended.end_time = Some(now);
    target.job.last_updated = Some(now);
    if outcome != Outcome::Succeeded {
        close_job(&mut target.job, Status::Failed, now);
        close_running_steps(target, target.job.status);
    }
    Ok(())
}

/// Adds a step under the job or under one of its steps.
///
/// Directly under a job, the job must be external. Under a step nothing is checked: an internal or ended one, or one of an
/// ended job, will do (`AddExternalStepCommand`). The job is neither reopened nor ended. The step's number is set to the
/// count of its siblings.
pub fn add_step(target: &mut JobWithSteps, mut step: Step, now: Time) -> Result<(), Refusal> {
    match step.parent {
        None => may_change(&target.job)?,
        Some(parent) if target.steps.iter().any(|candidate| candidate.id == parent) => (),
        Some(_) => return Err(Refusal::NoStep),
    }
    let siblings = target.steps.iter().filter(|candidate| candidate.parent == step.parent).count();
    step.number = u32::try_from(siblings).ok();
    target.steps.push(step);
    target.job.last_updated = Some(now);
    Ok(())
}

fn close_job(job: &mut Job, status: Status, now: Time) {
    if job.status.is_running() {
        job.status = status;
        job.end_time = Some(now);
        job.last_updated = Some(now);
    }
}

fn close_running_steps(target: &mut JobWithSteps, status: Status) {
    let end_time = target.job.end_time;
    for step in target.steps.iter_mut().filter(|step| step.status.is_running()) {
        step.status = status;
        step.end_time = end_time;
    }
}
