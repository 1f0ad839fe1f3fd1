//! The submission whose outcome is unknown, so that sending it again is the same submission.

use crate::api::CorrelationId;

use super::form::Submission;

/// The last submission whose outcome is unknown. If the admin sends it again, it keeps its id: an engine that knows the id does not
/// carry it out twice, and a search finds both if it was.
#[derive(Debug, Clone, Default)]
pub struct Unsettled(Option<(Submission, CorrelationId)>);

impl Unsettled {
    /// The id for a submission: that of the unsettled one if it is the same, else a new one.
    pub fn id_of(&self, submission: &Submission, new: impl FnOnce() -> CorrelationId) -> CorrelationId {
        let same = self.0.as_ref().filter(|(unsettled, _)| unsettled == submission);
        same.map_or_else(new, |(_, id)| id.clone())
    }

    /// The outcome of this submission is unknown.
    pub fn lost(&mut self, submission: &Submission, id: &CorrelationId) {
        self.0 = Some((submission.clone(), id.clone()));
    }

    /// The outcome of the submission with this id is known. The next one, even of the same draft, is another one.
    pub fn settle(&mut self, id: &CorrelationId) {
        self.0.take_if(|(_, unsettled)| unsettled == id);
    }

    /// Forgets it, for another user.
    pub fn forget(&mut self) {
        self.0 = None;
    }
}
