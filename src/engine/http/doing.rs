//! Texts and status codes of refused commands on jobs (`AppErrors.properties`, `ErrorMessageHelper.java`).

use super::refused::FaultResult;
use crate::{
    domain::rules::{DescriptionProblem, Refusal},
    engine::CommandError,
    wire::fault::Fault,
};

/// The command that was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Doing {
    /// Adding a job.
    AddJob,
    /// Adding a step.
    AddStep,
    /// Ending or clearing a job: an engine's messages say *Clear* for both (`EndExternalJobCommand`).
    ChangeJob,
    /// Ending a step.
    EndStep,
}

impl Doing {
    /// Status and fault for the error.
    pub(super) fn fault(self, error: CommandError) -> FaultResult {
        let sentence = match error {
            CommandError::NotAuthorized => return fault(403, "User is not authorized to perform this action."),
            CommandError::Store(error) => return Err(error),
            CommandError::Busy => return fault(409, "Related operation is in progress."),
            CommandError::Description(DescriptionProblem::Blank) => "Description can not be empty.",
            // The database cannot store it.
            CommandError::Description(DescriptionProblem::Nul) => return fault(400, "Internal Engine Error"),
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
        fault(400, &format!("Cannot {}. {sentence}", self.action_and_type()))
    }

    /// What replaces `${action} ${type}`. Some messages of an engine show the placeholders as they are; so do ours.
    const fn action_and_type(self) -> &'static str {
        match self {
            Self::AddJob | Self::EndStep => "${action} ${type}",
            Self::AddStep => "add External Job",
            Self::ChangeJob => "Clear External Job",
        }
    }
}

/// The fault for a command that should run under a job but is not monitored (`ACTION_TYPE_NON_MONITORED`).
pub(super) fn non_monitored() -> FaultResult {
    fault(400, "Cannot ${action} ${type}. Non monitored command.")
}

/// The detail of a command is a list, which is why it has brackets.
fn fault(status: u16, detail: &str) -> FaultResult {
    Ok((status, Fault::new("Operation Failed", format!("[{detail}]"))))
}
