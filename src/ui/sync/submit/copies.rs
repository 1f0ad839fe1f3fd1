//! After an addition: whether it was carried out more than once.

use super::{SubmissionTask, known_job};
use crate::{
    domain::{JobWithSteps, outline::NodeId, rules::Dialect},
    ui::state::ToastKind,
    view::{
        form::Submission,
        reconcile::{copies_of_job, copies_of_step},
        words,
    },
};

impl SubmissionTask {
    /// Tells if the browser has sent the request twice. jobs-engine carries it out once all the same; an oVirt engine does not know the
    /// request's key.
    pub(super) async fn tell_copies(&self, before: Option<&JobWithSteps>, added: NodeId) {
        if !self.is_users_session() || self.sync.state.session.dialect() == Dialect::JobsEngine {
            return;
        }
        let copies = self.copies(before, added).await;
        let (Some(copy), Some(description)) = (copies.first(), self.attempt.submission.added()) else { return };
        if !self.is_users_session() {
            return;
        }
        let description = words::shortened(description, 60);
        let times = words::times(copies.len() + 1);
        let text = format!(
            "“{description}” was added {times}: the connection dropped, and the browser sent it again. End what you do not need."
        );
        self.sync.state.toasts.say(ToastKind::Problem, text, Some(*copy));
    }

    /// The other jobs or steps that this submission has added. If the engine cannot be asked, none are told.
    async fn copies(&self, before: Option<&JobWithSteps>, added: NodeId) -> Vec<NodeId> {
        match (&self.attempt.submission, added, before) {
            (Submission::AddJob(new), NodeId::Job(job), _) => {
                let client = self.sync.state.session.ticket().client;
                let found = client.jobs_of(&self.attempt.id).await.unwrap_or_default();
                copies_of_job(job, &found, new, &self.attempt.before)
            }
            (Submission::AddStep(new), NodeId::Step(job, step), Some(before)) => {
                let now = known_job(&self.sync.snapshot(), job).map(|job| job.steps).unwrap_or_default();
                copies_of_step(step, &now, new, &before.steps)
            }
            _ => Vec::new(),
        }
    }
}
