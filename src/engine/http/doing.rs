//! The words and status codes of refused commands (`AppErrors.properties`, `ErrorMessageHelper.java`).

use super::Refused;
use crate::{domain::rules::Refusal, engine::CommandError, wire::fault::Fault};

/// What an engine could not do, as its messages name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doing {
    /// Adding a job.
    AddJob,
    /// Adding a step.
    AddStep,
    /// Ending or clearing a job: engines say *Clear* for both (`EndExternalJobCommand`).
    ChangeJob,
    /// Ending a step.
    EndStep,
}

impl Doing {
    /// The refusal of an addition.
    pub(super) fn refused(self, error: &CommandError) -> Refused {
        let (status, fault) = self.fault(error);
        Refused::Fault(status, fault)
    }

    /// The status code and fault of a command that changed nothing.
    pub(super) fn fault(self, error: &CommandError) -> (u16, Fault) {
        let sentence = match error {
            CommandError::NotAuthorized => return told(403, "User is not authorized to perform this action."),
            // What went wrong inside is for the log, not for a client.
            CommandError::Store(_) => return told(500, "Internal Engine Error"),
            CommandError::Busy => return told(409, "Related operation is in progress."),
            CommandError::BlankDescription => "Description can not be empty.",
            CommandError::LongDescription => "Description can not be longer than 65536 bytes.",
            CommandError::NotFound | CommandError::Refused(Refusal::NoStep) => match self {
                Self::AddStep => "Step should be a child of the Job or other Step.",
                Self::EndStep => "Step not found.",
                Self::AddJob | Self::ChangeJob => "Job not found.",
            },
            CommandError::Refused(Refusal::InternalJob | Refusal::InternalStep) => {
                "External steps can be added only to external jobs or steps."
            }
        };
        told(400, &format!("Cannot {}. {sentence}", self.words()))
    }

    /// What stands for `${action} ${type}`; where engines forget to fill it in, so do we.
    const fn words(self) -> &'static str {
        match self {
            Self::AddJob | Self::EndStep => "${action} ${type}",
            Self::AddStep => "add External Job",
            Self::ChangeJob => "Clear External Job",
        }
    }
}

/// Details of commands stand in brackets: they are lists.
fn told(status: u16, detail: &str) -> (u16, Fault) {
    (status, Fault::new("Operation Failed", format!("[{detail}]")))
}
