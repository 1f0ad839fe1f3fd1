//! Reconciles after a lost reply: the page checks whether the engine has carried out the submission. To send it again could do it
//! twice.

use std::time::Duration;

use super::form::Submission;
use crate::{
    api::{NewJob, NewStep},
    domain::{
        Job, JobId, JobWithSteps, Step, StepId, Time,
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
    /// Any of these may be the result. The admin decides.
    Several(Vec<NodeId>),
}

impl Found {
    fn of(mut candidates: Vec<Done>) -> Self {
        match candidates.len() {
            0 | 1 => candidates.pop().map_or(Self::Nothing, Self::One),
            _ => Self::Several(candidates.iter().map(Done::node).collect()),
        }
    }
}

/// Finds the added job in the result of a search by its correlation id. `before` are jobs that were there before.
///
/// Engines before 4.2 ignore the search and list all jobs, so the other values must match too. If all found jobs match, the engine has
/// searched. Then several are no coincidence, because no two submissions have the same id: [`copies_of_job`] finds the others.
pub fn added_job(candidates: Vec<Job>, new: &NewJob, before: &[JobId]) -> Found {
    let all = candidates.len();
    let is_new = |job: &Job| is_as_sent(job, new) && !before.contains(&job.id);
    let mut found: Vec<Job> = candidates.into_iter().filter(is_new).collect();
    if found.len() == all {
        found.truncate(1);
    }
    Found::of(found.into_iter().map(Done::Job).collect())
}

/// The other jobs that the same submission added, from the result of a search by its correlation id.
///
/// A browser sends a request again by itself if its connection drops before the first byte of the reply. The page sees only the second
/// reply.
pub fn copies_of_job(added: JobId, candidates: &[Job], new: &NewJob, before: &[JobId]) -> Vec<NodeId> {
    if !candidates.iter().all(|job| is_as_sent(job, new)) {
        return Vec::new();
    }
    let others = candidates.iter().map(|job| job.id).filter(|id| *id != added && !before.contains(id));
    others.map(NodeId::Job).collect()
}

fn is_as_sent(job: &Job, new: &NewJob) -> bool {
    job.external && job.description == new.description
}

/// The same for a step, from the job's steps before the submission and now.
pub fn copies_of_step(added: StepId, now: &[Step], new: &NewStep, before: &[Step]) -> Vec<NodeId> {
    let found = added_steps(now, new, before);
    found.filter(|step| step.id != added).map(|step| NodeId::Step(new.job, step.id)).collect()
}

/// Finds the added step. It was not there before, it has this parent, type and description, and it did not start before the others.
/// All start times are the engine's, so a difference between the clocks of page and engine does not matter.
pub fn added_step(steps: &[Step], new: &NewStep, before: &[Step]) -> Found {
    Found::of(added_steps(steps, new, before).map(|step| Done::Node(NodeId::Step(new.job, step.id))).collect())
}

fn added_steps<'a>(steps: &'a [Step], new: &NewStep, before: &[Step]) -> impl Iterator<Item = &'a Step> {
    let last_start = before.iter().map(|step| step.start_time).max().flatten();
    let fits = move |step: &&Step| {
        before.iter().all(|other| other.id != step.id)
            && step.parent == new.parent
            && step.step_type == new.step_type
            && step.description == new.description
            && step.start_time >= last_start
    };
    steps.iter().filter(fits)
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
