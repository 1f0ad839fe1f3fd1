//! Carrying out what the admin asks: one submission is one request. A lost reply is resolved by looking; what really happened
//! is read from the engine and said.

mod look;
mod tell;

use std::{pin::Pin, sync::Arc};

use uuid::Uuid;

use super::Monitor;
use crate::ui::part::run::spawn;
use crate::{
    api::{ApiError, Client, CorrelationId},
    domain::{
        Job, JobId, JobWithSteps,
        outline::{NodeId, Snapshot, StepTree, Steps},
    },
    host::Host,
    ui::context::Context,
    view::{
        doubt::Done,
        form::{Draft, Submission},
    },
};

/// A submission on its way, and what it was made from: the form may be closed, or another one, when it ends.
struct Errand {
    monitor: Monitor,
    context: Context,
    draft: Draft,
    submission: Submission,
    /// Of the job that is added, if one is.
    correlation: CorrelationId,
    /// What was known when it was sent.
    known: Arc<Snapshot>,
    /// The session that it was sent in.
    era: u32,
}

impl Monitor {
    /// Sends what the form on screen holds, if it is valid and not being sent already.
    pub fn submit(&self, context: Context) {
        let dialect = context.dialect();
        let submitted = context.form.try_update(|form| {
            let form = form.as_mut()?;
            Some((form.submit(dialect)?, form.draft.clone()))
        });
        let Some((submission, draft)) = submitted.flatten() else { return };
        let errand = Errand {
            monitor: self.clone(),
            context,
            draft,
            submission,
            correlation: CorrelationId::new(Uuid::new_v4()),
            known: context.grid.with_untracked(|grid| grid.snapshot().clone()),
            era: self.0.era.get(),
        };
        spawn(errand.carry_out());
    }

    /// What is known of a job and its steps, as the rules take it.
    pub fn known(context: Context, job: JobId) -> Option<JobWithSteps> {
        context.grid.with(|grid| known_in(grid.snapshot(), job))
    }

    /// Whether a job's steps have ever come.
    pub fn knows_steps(context: Context, job: JobId) -> bool {
        context.grid.with(|grid| knows_steps_in(grid.snapshot(), job))
    }

    /// What the engine's events of a job have in common, if it was added from this page: the API does not tell.
    pub fn correlation_of(&self, job: JobId) -> Option<CorrelationId> {
        let added = self.0.added.borrow();
        added.iter().find(|(id, _)| *id == job).map(|(_, correlation)| correlation.clone())
    }
}

impl Errand {
    /// All of it, whatever is asked for: what there is before, the request, looks if its reply is lost, what there is after.
    async fn carry_out(self) {
        let about = self.draft.target().map(NodeId::job);
        // What is known may be old, or paused: a step that another client has added since must not be taken for the new one.
        let adding = matches!(self.submission, Submission::AddStep(_));
        let about_known = about.filter(|job| !adding && knows_steps_in(&self.known, *job));
        let known = about_known.and_then(|job| known_in(&self.known, job));
        let before = match (about, known) {
            (Some(job), None) => match self.read(job).await {
                Ok(before) => Some(before),
                // The engine has its own words for what is gone.
                Err(ApiError::NotFound) => known_in(&self.known, job),
                Err(error) => return self.refuse(&error),
            },
            (_, known) => known,
        };
        let client = self.monitor.client();
        let answer = self.send(&client).await;
        let done = match answer {
            Ok(done) => done,
            Err(error) if error.outcome_is_unknown() => {
                match self.look(before.as_ref(), &error.in_place_of_reply()).await {
                    Some(done) => done,
                    None => return,
                }
            }
            Err(error) => return self.refuse(&error),
        };
        let node = done.node();
        let unread = match done {
            Done::Job(job) => self.show_added(job),
            Done::Node(_) => self.show_changed(node.job(), self.read(node.job()).await),
        };
        self.done(before.as_ref(), node, unread);
    }

    /// The one request.
    async fn send(&self, client: &Client<Host>) -> Result<Done, ApiError> {
        match &self.submission {
            Submission::AddJob(new) => client.add_job(new, &self.correlation).await.map(Done::Job),
            Submission::AddStep(new) => {
                client.add_step(new).await.map(|step| Done::Node(NodeId::Step(step.job, step.id)))
            }
            Submission::End { target, outcome, force } => {
                match *target {
                    NodeId::Job(job) => client.end_job(job, *outcome, *force).await?,
                    NodeId::Step(job, step) => client.end_step(job, step, *outcome).await?,
                }
                Ok(Done::Node(*target))
            }
            Submission::Clear { job } => client.clear_job(*job).await.map(|()| Done::Node(NodeId::Job(*job))),
        }
    }

    /// A job with its steps, as the engine has them now.
    fn read(&self, job: JobId) -> Pin<Box<dyn Future<Output = Result<JobWithSteps, ApiError>>>> {
        let client = self.monitor.client();
        Box::pin(async move {
            let found = client.job(job).await?;
            Ok(JobWithSteps { job: found, steps: client.steps(job).await?.items })
        })
    }

    /// Shows the job that the engine has answered with.
    fn show_added(&self, job: Job) -> Option<ApiError> {
        let id = job.id;
        self.monitor.0.added.borrow_mut().push((id, self.correlation.clone()));
        let next = self.context.grid.with_untracked(|grid| grid.snapshot().with_job(job));
        self.monitor.show_own(self.context, id, next);
        None
    }

    /// Shows a job as the engine has it now; gives back why not, if that could not be read.
    fn show_changed(&self, job: JobId, now: Result<JobWithSteps, ApiError>) -> Option<ApiError> {
        let snapshot = self.context.grid.with_untracked(|grid| grid.snapshot().clone());
        let next = match now {
            Ok(now) => snapshot.with_job(now.job).with_steps([(job, StepTree::nest(now.steps))]),
            Err(ApiError::NotFound) => snapshot.without_job(job),
            // The poll that follows tries again, or finds that the session has ended.
            Err(error) => return Some(error),
        };
        self.monitor.show_own(self.context, job, next);
        None
    }
}

fn known_in(snapshot: &Snapshot, job: JobId) -> Option<JobWithSteps> {
    let node = snapshot.find(job)?;
    let steps =
        node.steps.tree().map_or_else(Vec::new, |tree| tree.nodes().iter().map(|node| node.step.clone()).collect());
    Some(JobWithSteps { job: node.job.clone(), steps })
}

fn knows_steps_in(snapshot: &Snapshot, job: JobId) -> bool {
    snapshot.find(job).is_some_and(|node| node.steps != Steps::Unfetched)
}
