//! The words and status codes of refused commands (`AppErrors.properties`, `ErrorMessageHelper.java`).

use super::refused::Told;
use crate::{
    domain::rules::{DescriptionProblem, Refusal},
    engine::CommandError,
    wire::fault::Fault,
};

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
    /// How it is told that a command changed nothing.
    pub(super) fn told(self, error: CommandError) -> Told {
        let sentence = match error {
            CommandError::NotAuthorized => return told(403, "User is not authorized to perform this action."),
            CommandError::Store(error) => return Err(error),
            CommandError::Busy => return told(409, "Related operation is in progress."),
            CommandError::Description(DescriptionProblem::Blank) => "Description can not be empty.",
            CommandError::Description(DescriptionProblem::Long) => "Description can not be longer than 65536 bytes.",
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

/// How it is told of a command that was to join a job, but that jobs do not show (`ACTION_TYPE_NON_MONITORED`).
pub(super) fn non_monitored() -> Told {
    told(400, "Cannot ${action} ${type}. Non monitored command.")
}

/// Details of commands stand in brackets: they are lists.
fn told(status: u16, detail: &str) -> Told {
    Ok((status, Fault::new("Operation Failed", format!("[{detail}]"))))
}
