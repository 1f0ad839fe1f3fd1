//! What a rule did, as a person wants to hear it.

use std::fmt;

use crate::domain::{JobWithSteps, Status, StepId};

/// One thing that follows from an action. `Display` says it before, [`Consequence::told`] after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consequence {
    /// The target step takes a status.
    StepBecomes(Status),
    /// The job takes a status.
    JobBecomes(Status),
    /// The job keeps the status that it has, because it is over already.
    JobStays(Status),
    /// The job goes on running, whatever became of the step.
    JobGoesOn,
    /// Steps that still run end too.
    RunningStepsBecome {
        /// How many.
        count: usize,
        /// What they become.
        status: Status,
    },
    /// The engine will remove the job some time after its end.
    WillBeRemoved,
    /// The engine keeps the job until somebody clears it.
    KeptUntilCleared,
}

impl Consequence {
    /// The sentence for what has happened.
    pub fn told(self) -> String {
        match self {
            Self::StepBecomes(status) => format!("The step is {} now.", status.as_str()),
            Self::JobBecomes(status) => format!("The job is {} now.", status.as_str()),
            Self::JobStays(status) => format!("The job is {}, as it was.", status.as_str()),
            Self::JobGoesOn => "The job goes on running.".to_owned(),
            Self::RunningStepsBecome { count: 1, status } => {
                format!("1 running step became {} with it.", status.as_str())
            }
            Self::RunningStepsBecome { count, status } => {
                format!("{count} running steps became {} with it.", status.as_str())
            }
            Self::WillBeRemoved | Self::KeptUntilCleared => self.to_string(),
        }
    }
}

impl fmt::Display for Consequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::StepBecomes(status) => write!(f, "The step becomes {}.", status.as_str()),
            Self::JobBecomes(status) => write!(f, "The job becomes {}.", status.as_str()),
            Self::JobStays(status) => write!(f, "The job stays {}: it is over already.", status.as_str()),
            Self::JobGoesOn => f.write_str("The job goes on running until it is ended itself."),
            Self::RunningStepsBecome { count: 1, status } => {
                write!(f, "1 running step becomes {} with it.", status.as_str())
            }
            Self::RunningStepsBecome { count, status } => {
                write!(f, "{count} running steps become {} with it.", status.as_str())
            }
            Self::WillBeRemoved => f.write_str("The engine removes the job some time after its end."),
            Self::KeptUntilCleared => f.write_str("The engine keeps the job until it is cleared."),
        }
    }
}

/// Tells what a rule did to a job: compares it before and after. `target` is the step that was acted on, if it was a step.
pub fn consequences(before: &JobWithSteps, after: &JobWithSteps, target: Option<StepId>) -> Vec<Consequence> {
    let mut told = Vec::new();
    if let Some(step) = after.steps.iter().find(|step| Some(step.id) == target) {
        told.push(Consequence::StepBecomes(step.status));
    }
    told.push(match (before.job.status, after.job.status) {
        (was, is) if was != is => Consequence::JobBecomes(is),
        (_, is) if is.is_running() => Consequence::JobGoesOn,
        (_, is) => Consequence::JobStays(is),
    });
    let ran = before.steps.iter().enumerate().filter(|(_, was)| Some(was.id) != target && was.status.is_running());
    let mut closed = ran.filter_map(|(at, was)| {
        // A rule leaves each step in its place; between two readings others may have come or gone.
        let same = after.steps.get(at).filter(|is| is.id == was.id);
        let is = same.or_else(|| after.steps.iter().find(|is| is.id == was.id))?;
        is.status.is_ended().then_some(is.status)
    });
    if let Some(status) = closed.next() {
        told.push(Consequence::RunningStepsBecome { count: 1 + closed.count(), status });
    }
    told.push(if after.job.auto_cleared { Consequence::WillBeRemoved } else { Consequence::KeptUntilCleared });
    told
}
