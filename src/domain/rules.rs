//! Which changes of a job or step are allowed, and what follows from them.
//!
//! Each rule changes a job with its steps, or refuses. The engine runs a rule and stores the result. The page runs the same
//! rule on a copy and shows the difference as [`Consequence`]s before it sends the request. Sources: `EndExternalJobCommand`,
//! `EndExternalStepCommand`, `ClearExternalJobCommand`, `AddExternalStepCommand`, `ExecutionHandler.endJob` and `.endStep`.
//!
//! The clock may be set back during a job. [`clock`] keeps the times of a job in order then.

mod clock;
mod consequence;

use std::fmt;

pub use consequence::{Consequence, consequences};

use super::{Job, JobWithSteps, Status, Step, StepId, Time};

/// Which engine it is. They differ in what `force` and the outcome "aborted" do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dialect {
    /// An oVirt engine, 4.1 or newer. Any unknown engine counts as one.
    #[default]
    Ovirt,
    /// jobs-engine, which follows the feature page where oVirt departed from it.
    JobsEngine,
}

impl Dialect {
    /// The product name of jobs-engine in the API root's `product_info`.
    pub const JOBS_ENGINE: &str = "jobs-engine";

    /// The dialect of an engine, from the API root's `product_info.name`.
    pub fn of_product(name: Option<&str>) -> Self {
        match name {
            Some(Self::JOBS_ENGINE) => Self::JobsEngine,
            _ => Self::Ovirt,
        }
    }
}

/// How a job or step ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// With success.
    Succeeded,
    /// With a failure.
    Failed,
    /// It was stopped. Only jobs-engine knows this outcome.
    Aborted,
}

impl Outcome {
    /// The status that the engine sets for it.
    pub const fn status(self, dialect: Dialect) -> Status {
        match (self, dialect) {
            (Self::Succeeded, _) => Status::Finished,
            (Self::Aborted, Dialect::JobsEngine) => Status::Aborted,
            (Self::Failed | Self::Aborted, _) => Status::Failed,
        }
    }
}

/// Why an engine refuses a change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The job belongs to the engine (`ACTION_TYPE_NOT_EXTERNAL`).
    InternalJob,
    /// The step belongs to the engine (`ACTION_TYPE_NOT_EXTERNAL`).
    InternalStep,
    /// There is no such step (`ACTION_TYPE_NO_STEP`).
    NoStep,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::InternalJob => "The engine runs this job. Only jobs of external programs can be changed.",
            Self::InternalStep => "The engine runs this step. Only steps of external programs can be ended.",
            Self::NoStep => "This step no longer exists.",
        })
    }
}

/// The longest description that jobs-engine accepts, in bytes of UTF-8. oVirt has no limit.
pub const DESCRIPTION_LIMIT: usize = 64 * 1024;

/// What is wrong with a new job's or step's description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DescriptionProblem {
    /// It is empty, or only spaces.
    Blank,
    /// It contains U+0000, which no engine can store.
    Nul,
    /// It is longer than [`DESCRIPTION_LIMIT`].
    Long,
}

/// Whether a job or step can have this description (`AddExternalJobParameters`, `AddExternalStepParameters`).
pub fn check_description(dialect: Dialect, description: &str) -> Result<(), DescriptionProblem> {
    match dialect {
        _ if description.trim().is_empty() => Err(DescriptionProblem::Blank),
        _ if description.contains('\0') => Err(DescriptionProblem::Nul),
        Dialect::JobsEngine if description.len() > DESCRIPTION_LIMIT => Err(DescriptionProblem::Long),
        Dialect::JobsEngine | Dialect::Ovirt => Ok(()),
    }
}

/// Whether a job can be ended or cleared, and whether steps can be added directly under it. Its status does not matter.
pub const fn may_change(job: &Job) -> Result<(), Refusal> {
    if job.external { Ok(()) } else { Err(Refusal::InternalJob) }
}

/// Whether a step can be ended. Neither its status nor the origin of its job matters.
pub const fn may_end(step: &Step) -> Result<(), Refusal> {
    if step.external { Ok(()) } else { Err(Refusal::InternalStep) }
}

/// Ends a job.
///
/// A running job gets the outcome's status. An ended or unknown job keeps its status and end time. Running steps end with
/// the job, at the job's end time, which may be before the start of a step that was added after that. `force` also marks the job as auto-cleared; with
/// [`Dialect::JobsEngine`] it also aborts the running steps.
pub fn end_job(
    dialect: Dialect,
    target: &mut JobWithSteps,
    outcome: Outcome,
    force: bool,
    now: Time,
) -> Result<(), Refusal> {
    may_change(&target.job)?;
    close_job(target, outcome.status(dialect), now);
    target.job.auto_cleared |= force;
    let status = match dialect {
        Dialect::JobsEngine if force => Status::Aborted,
        Dialect::JobsEngine | Dialect::Ovirt => target.job.status,
    };
    close_running_steps(target, status);
    Ok(())
}

/// Allows the engine to remove a job after its end. Nothing else changes; a running job keeps running.
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
/// Success changes this step only: not its children, its parent or its job. Any other outcome also fails the job, if it
/// runs, and every other running step gets the status and end time of the job. Ending an ended step again overwrites its
/// status and end time.
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
    ended.end_time = Some(clock::not_before(ended.start_time, now));
    clock::touch(&mut target.job, now);
    if outcome != Outcome::Succeeded {
        close_job(target, Status::Failed, now);
        close_running_steps(target, target.job.status);
    }
    Ok(())
}

/// Adds a step directly under the job, or under one of its steps.
///
/// For a step directly under a job, the job must be external. For a step under another step nothing is checked: the parent
/// may be internal or ended, and its job too (`AddExternalStepCommand`). The job is neither reopened nor ended. The step's
/// number is the count of its siblings.
pub fn add_step(target: &mut JobWithSteps, mut step: Step, now: Time) -> Result<(), Refusal> {
    match step.parent {
        None => may_change(&target.job)?,
        Some(parent) => {
            let parent = target.steps.iter().find(|candidate| candidate.id == parent).ok_or(Refusal::NoStep)?;
            step.start_time = step.start_time.max(parent.start_time);
        }
    }
    step.start_time = step.start_time.max(target.job.start_time);
    let siblings = target.steps.iter().filter(|candidate| candidate.parent == step.parent).count();
    step.number = u32::try_from(siblings).ok();
    target.steps.push(step);
    clock::touch(&mut target.job, now);
    Ok(())
}

fn close_job(target: &mut JobWithSteps, status: Status, now: Time) {
    if target.job.status.is_running() {
        target.job.status = status;
        target.job.end_time = Some(clock::end_of_job(target, now));
        clock::touch(&mut target.job, now);
    }
}

fn close_running_steps(target: &mut JobWithSteps, status: Status) {
    let end_time = target.job.end_time;
    for step in target.steps.iter_mut().filter(|step| step.status.is_running()) {
        step.status = status;
        step.end_time = end_time;
    }
}
