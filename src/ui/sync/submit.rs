//! Carries out submissions: one submission is one request. After a lost reply the page checks whether it was
//! carried out. Then it reads the result from the engine and reports it.

mod copies;
mod look;
mod reason;
mod report;

use std::sync::Arc;

use leptos::{prelude::*, task::spawn_local};
use uuid::Uuid;

use super::Sync;
use crate::{
    api::{ApiError, CorrelationId},
    domain::{
        Job, JobId, JobWithSteps,
        outline::{NodeId, Snapshot, StepTree, Steps},
    },
    ui::state::{SessionTicket, ToastKind},
    view::{
        connection::Connection,
        form::{Draft, Phase, Submission},
        reconcile::Done,
        unsettled::Attempt,
    },
};

/// The message if the session ended before the request was sent.
const NOT_SENT: &str = "The session ended before this was sent. Nothing was changed.";

/// One submission. When it ends, its form may be closed, or another form may be open.
struct SubmissionTask {
    sync: Sync,
    /// The session that it belongs to.
    ticket: SessionTicket,
    /// The user of that session.
    user: Option<String>,
    draft: Draft,
    /// What it asks for, and its id.
    attempt: Attempt,
    /// The snapshot at the time of the submission.
    known: Arc<Snapshot>,
}

impl Sync {
    /// Sends the draft of the open form, if it is valid and no submission is in progress.
    pub fn submit(self) {
        let session = self.state.session;
        let dialect = session.dialect();
        let submitted = self.state.overlays.form.try_update(|form| {
            let form = form.as_mut()?;
            Some((form.submit(dialect)?, form.draft.clone()))
        });
        let Some((submission, draft)) = submitted.flatten() else { return };
        let (known, id) = (self.snapshot(), CorrelationId::new(Uuid::new_v4()));
        let Some(attempt) = self.unsettled.try_with_value(|unsettled| unsettled.begin(submission, id, &known)) else {
            return;
        };
        let task = SubmissionTask {
            sync: self,
            ticket: session.ticket(),
            user: session.session.with_untracked(|session| session.user().map(str::to_owned)),
            draft,
            attempt,
            known,
        };
        spawn_local(task.carry_out());
    }
}

impl SubmissionTask {
    /// Reads the job, sends the request, checks the result if the reply is lost, and reads the job again.
    async fn carry_out(self) {
        let before = match self.read_before().await {
            Ok(before) => before,
            Err(error) => return self.refuse(&error),
        };
        if !self.ticket.is_current() {
            return self.tell(Phase::Editing { field: None, refusal: Some(NOT_SENT.to_owned()) }, NOT_SENT);
        }
        self.sync.unsettled.try_update_value(|unsettled| unsettled.lose(&self.attempt));
        let sent = self.send().await;
        if !matches!(&sent, Err(error) if error.outcome_is_unknown()) {
            self.settle();
        }
        let done = match sent {
            Ok(done) => done,
            Err(error) if error.outcome_is_unknown() => {
                match self.look(before.as_ref(), &error.in_place_of_reply()).await {
                    Some(done) => done,
                    None => return,
                }
            }
            Err(error) if self.is_unread_addition(&error) => return self.report_unread_addition(),
            Err(error) => return self.refuse(&error),
        };
        if !self.is_users_session() {
            return;
        }
        self.settle();
        let node = done.node();
        let unread = match done {
            Done::Job(job) => {
                self.show_added(job);
                None
            }
            Done::Node(_) => self.show_changed(node.job()).await.err(),
        };
        if !self.is_users_session() {
            return;
        }
        self.report_done(before.as_ref(), node, unread);
        self.log_reason(node).await;
        self.tell_copies(before.as_ref(), node).await;
    }

    /// The outcome is known. Sending the same draft again is another submission.
    fn settle(&self) {
        self.sync.unsettled.try_update_value(|unsettled| unsettled.settle(&self.attempt));
    }

    /// The job as it was before the request.
    async fn read_before(&self) -> Result<Option<JobWithSteps>, ApiError> {
        let Some(job) = self.draft.target().map(NodeId::job) else { return Ok(None) };
        // The snapshot may be old. A step that another client has added meanwhile must not count as the new one.
        let is_adding = matches!(self.attempt.submission, Submission::AddStep(_));
        if !is_adding && knows_steps(&self.known, job) {
            return Ok(known_job(&self.known, job));
        }
        match self.read(job).await {
            Ok(before) => Ok(Some(before)),
            // Then the engine refuses the submission with its own message; or the user may add, but not read.
            Err(ApiError::NotFound | ApiError::Forbidden(_)) => Ok(known_job(&self.known, job)),
            Err(error) => Err(error),
        }
    }

    /// Whether a step was added although the answer is a refusal. The engine adds the step, then refuses to show it to a user who may
    /// not list jobs. Whether the user may is known: if not, the engine refused the list of jobs in this session.
    fn is_unread_addition(&self, error: &ApiError) -> bool {
        let connection = self.sync.state.connection.connection;
        let is_list_refused = connection
            .with_untracked(|connection| matches!(connection, Connection::Lost { error: ApiError::Forbidden(_), .. }));
        matches!(self.attempt.submission, Submission::AddStep(_))
            && is_list_refused
            && error.may_be_unreadable_addition()
    }

    /// Sends the request.
    async fn send(&self) -> Result<Done, ApiError> {
        let client = &self.ticket.client;
        match &self.attempt.submission {
            Submission::AddJob(new) => client.add_job(new, &self.attempt.id).await.map(Done::Job),
            Submission::AddStep(new) => {
                let step = client.add_step(new, &self.attempt.id).await?;
                Ok(Done::Node(NodeId::Step(step.job, step.id)))
            }
            Submission::End { target: target @ NodeId::Job(job), outcome, force } => {
                client.end_job(*job, *outcome, *force).await.map(|()| Done::Node(*target))
            }
            Submission::End { target: target @ NodeId::Step(job, step), outcome, .. } => {
                client.end_step(*job, *step, *outcome).await.map(|()| Done::Node(*target))
            }
            Submission::Clear { job } => client.clear_job(*job).await.map(|()| Done::Node(NodeId::Job(*job))),
        }
    }

    /// A job with its steps, as the engine has them now. The client is that of the present session, which is another one of
    /// the same user after a log-in.
    async fn read(&self, job: JobId) -> Result<JobWithSteps, ApiError> {
        let client = self.sync.state.session.ticket().client;
        let found = client.job(job).await?;
        // Meanwhile another user may have logged in. Then nothing more is asked for this one.
        if !self.is_users_session() {
            return Err(ApiError::Cancelled);
        }
        Ok(JobWithSteps { job: found, steps: client.steps(job).await?.items })
    }

    /// Shows the job from the engine's answer.
    fn show_added(&self, job: Job) {
        let id = job.id;
        self.sync.added.update_value(|added| added.push((id, self.attempt.id.clone())));
        let now = self.sync.state.clock.engine_now();
        self.sync.reasons.update_value(|reasons| reasons.own(id, self.attempt.id.as_str(), now));
        self.sync.show_own(id, self.sync.snapshot().with_job(job));
    }

    /// Shows a job as the engine has it now.
    async fn show_changed(&self, job: JobId) -> Result<(), ApiError> {
        let now = self.read(job).await;
        if !self.is_users_session() {
            return Ok(());
        }
        let snapshot = self.sync.snapshot();
        let next = match now {
            Ok(now) => snapshot.with_job(now.job).with_steps([(job, StepTree::nest(now.steps))]),
            Err(ApiError::NotFound) => snapshot.without_job(job),
            // The next poll tries again, or detects that the session has ended.
            Err(error) => return Err(error),
        };
        self.sync.show_own(job, next);
        Ok(())
    }

    /// Whether the session, or a later one of the same user, is the present one. If not, nothing is shown: another user must
    /// not see it.
    fn is_users_session(&self) -> bool {
        self.ticket.is_current() || (self.user.is_some() && self.user == self.present_user())
    }

    fn present_user(&self) -> Option<String> {
        let session = self.sync.state.session.session;
        session.try_with_untracked(|session| session.user().map(str::to_owned)).flatten()
    }

    /// Shows a toast with a button that reopens the form.
    fn offer_draft(&self, text: String) {
        self.sync.state.toasts.offer_draft(ToastKind::Problem, text, self.draft.clone());
    }
}

/// A job and its steps in the snapshot, for the rules.
pub fn known_job(snapshot: &Snapshot, job: JobId) -> Option<JobWithSteps> {
    let node = snapshot.find(job)?;
    let steps =
        node.steps.tree().map_or_else(Vec::new, |tree| tree.nodes().iter().map(|node| node.step.clone()).collect());
    Some(JobWithSteps { job: node.job.clone(), steps })
}

/// Whether a job's steps were loaded.
pub fn knows_steps(snapshot: &Snapshot, job: JobId) -> bool {
    snapshot.find(job).is_some_and(|node| node.steps != Steps::Unfetched)
}
