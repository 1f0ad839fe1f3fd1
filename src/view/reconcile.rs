//! Reconciles after a lost reply: the page checks whether the engine has carried out the submission. To send it again could do it
//! twice.

use std::time::Duration;

use super::form::Submission;
use crate::{
    api::{NewJob, NewStep},
    domain::{
        Job, JobWithSteps, Step, StepId, Time,
        outline::NodeId,
        rules::{self, Dialect},
    },
};

/// The wait before each check: three checks in ten seconds.
pub const CHECKS: [Duration; 3] = [Duration::from_secs(1), Duration::from_secs(3), Duration::from_secs(6)];

/// The result of a submission that was carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// This job was added.
    Job(Job),
    /// This step was added, or this was ended or cleared.
    Node(NodeId),
}

impl Done {
    /// The job or step that was added or changed.
    pub const fn node(&self) -> NodeId {
        match self {
            Self::Job(job) => NodeId::Job(job.id),
            Self::Node(node) => *node,
        }
    }
}

/// The result of a check.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// No result (yet).
    Nothing,
    /// This is the result.
    One(Done),
    /// All of these are the result: it was carried out more than once.
    Repeated(Vec<Job>),
    /// Any of these may be the result. The admin decides.
    Several(Vec<NodeId>),
}

impl Found {
    /// How many results there are, or may be.
    pub const fn count(&self) -> usize {
        match self {
            Self::Nothing => 0,
            Self::One(_) => 1,
            Self::Repeated(jobs) => jobs.len(),
            Self::Several(nodes) => nodes.len(),
        }
    }

    fn of(mut candidates: Vec<Done>) -> Self {
        match candidates.len() {
            0 | 1 => candidates.pop().map_or(Self::Nothing, Self::One),
            _ => Self::Several(candidates.iter().map(Done::node).collect()),
        }
    }
}

/// Finds the added job in the result of a search by its correlation id.
///
/// Engines before 4.2 ignore the search and list all jobs, so the other values must match too. If all found jobs match, the engine has
/// searched. Then several are no coincidence, because no two submissions have the same id.
pub fn added_job(candidates: Vec<Job>, new: &NewJob, known: impl Fn(&Job) -> bool) -> Found {
    let all = candidates.len();
    let fits = |job: &Job| job.external && job.description == new.description && !known(job);
    let mut fitting: Vec<Job> = candidates.into_iter().filter(fits).collect();
    match fitting.len() {
        0 | 1 => fitting.pop().map_or(Found::Nothing, |job| Found::One(Done::Job(job))),
        found if found == all => Found::Repeated(fitting),
        _ => Found::Several(fitting.iter().map(|job| NodeId::Job(job.id)).collect()),
    }
}

/// How often a job was added by one submission, from the result of a search by its correlation id after a good reply.
///
/// A browser sends a request again by itself if its connection drops before the first byte of the reply. Only the second reply is seen.
pub fn times_added(candidates: &[Job], new: &NewJob) -> usize {
    let fits = |job: &Job| job.external && job.description == new.description;
    if candidates.iter().all(fits) { candidates.len() } else { 1 }
}

/// Finds the added step. It was not there before, it has this parent, type and description, and it did not start before the others.
/// All start times are the engine's, so a difference between the clocks of page and engine does not matter.
pub fn added_step(steps: &[Step], new: &NewStep, before: &[Step]) -> Found {
    let last_start = before.iter().map(|step| step.start_time).max().flatten();
    let fits = |step: &&Step| {
        before.iter().all(|other| other.id != step.id)
            && step.parent == new.parent
            && step.step_type == new.step_type
            && step.description == new.description
            && step.start_time >= last_start
    };
    Found::of(steps.iter().filter(fits).map(|step| Done::Node(NodeId::Step(new.job, step.id))).collect())
}

/// Compares a job before the submission with the job now. [`added_job`] finds a job that was added.
pub fn changed(submission: &Submission, dialect: Dialect, before: &JobWithSteps, after: &JobWithSteps) -> Found {
    let (target, is_done) = match submission {
        Submission::AddJob(_) => return Found::Nothing,
        Submission::AddStep(new) => return added_step(&after.steps, new, &before.steps),
        Submission::End { target, outcome, force } => {
            let mut expected = before.clone();
            // The end time is not compared. If a rule refuses, the engine refuses too, with its own message.
            let now = Time::default();
            let _ = match target {
                NodeId::Job(_) => rules::end_job(dialect, &mut expected, *outcome, *force, now),
                NodeId::Step(_, step) => rules::end_step(dialect, &mut expected, *step, *outcome, now),
            };
            (*target, is_same(after, &expected, target.step()))
        }
        Submission::Clear { job } => (NodeId::Job(*job), after.job.auto_cleared),
    };
    if is_done { Found::One(Done::Node(target)) } else { Found::Nothing }
}

/// Whether a job, or one of its steps, is in the state that the rules predict.
fn is_same(after: &JobWithSteps, expected: &JobWithSteps, step: Option<StepId>) -> bool {
    let Some(id) = step else {
        return after.job.status == expected.job.status && after.job.auto_cleared == expected.job.auto_cleared;
    };
    let status = |of: &JobWithSteps| of.steps.iter().find(|step| step.id == id).map(|step| step.status);
    status(after) == status(expected)
}
