//! The submission whose outcome is unknown, so that sending it again is the same submission.

use super::form::Submission;
use crate::{
    api::CorrelationId,
    domain::{JobId, outline::Snapshot},
};

/// One submission, also when it is sent again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attempt {
    /// What it asks for.
    pub submission: Submission,
    /// Its id. An engine that knows the id does not carry it out twice, and a search finds both if it was.
    pub id: CorrelationId,
    /// For a new job: the jobs with the same description that were there before. They are not its result.
    pub before: Vec<JobId>,
}

impl Attempt {
    /// A new submission.
    pub fn new(submission: Submission, id: CorrelationId, snapshot: &Snapshot) -> Self {
        let twins = snapshot.jobs().iter().filter(|node| Some(&*node.job.description) == submission.added());
        let before = twins.map(|node| node.job.id).collect();
        Self { submission, id, before }
    }
}

/// The last submission whose outcome is unknown.
#[derive(Debug, Clone, Default)]
pub struct Unsettled(Option<Attempt>);

impl Unsettled {
    /// Begins a submission. If it asks for the same as the unsettled one, it is that one.
    pub fn begin(&self, submission: Submission, id: CorrelationId, snapshot: &Snapshot) -> Attempt {
        let same = self.0.as_ref().filter(|unsettled| unsettled.submission == submission);
        same.cloned().unwrap_or_else(|| Attempt::new(submission, id, snapshot))
    }

    /// The outcome of this submission is unknown.
    pub fn lose(&mut self, attempt: &Attempt) {
        self.0 = Some(attempt.clone());
    }

    /// The outcome of this submission is known. The next one is another one, even if it asks for the same.
    pub fn settle(&mut self, attempt: &Attempt) {
        self.0.take_if(|unsettled| unsettled.id == attempt.id);
    }
}
