//! What an action changes, in sentences for the user.

use std::fmt;

use crate::domain::{JobWithSteps, Status, StepId};

/// One consequence of an action. `Display` is the forecast, [`Consequence::result`] the report afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consequence {
    /// The target step gets this status.
    StepBecomes(Status),
    /// The job gets this status.
    JobBecomes(Status),
    /// The job has ended before and keeps this status. Something else changes.
    JobStays(Status),
    /// The job has ended before with this status. Nothing at all changes.
    NothingChanges(Status),
    /// The job keeps running.
    JobGoesOn,
    /// Running steps end too.
    RunningStepsBecome {
        /// How many.
        count: usize,
        /// Their new status.
        status: Status,
    },
    /// The engine will remove the job some time after its end.
    WillBeRemoved,
    /// The engine keeps the job until its removal is allowed (until it is cleared).
    KeptUntilCleared,
}

impl Consequence {
    /// The sentence after the action.
    pub fn result(self) -> String {
        match self {
            Self::StepBecomes(status) => format!("The step {}.", ended(1, status)),
            Self::JobBecomes(status) => format!("The job {}.", ended(1, status)),
            Self::JobStays(status) => format!("The job had already ended as {}.", status.as_str()),
            Self::NothingChanges(status) => {
                format!("Nothing changed: the job had already ended as {}.", status.as_str())
            }
            Self::JobGoesOn => "The job keeps running.".to_owned(),
            Self::RunningStepsBecome { count, status } => format!("{} {}.", running_steps(count), ended(count, status)),
            Self::WillBeRemoved | Self::KeptUntilCleared => self.to_string(),
        }
    }
}

impl fmt::Display for Consequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self::StepBecomes(status) => write!(f, "The step will {}.", end(status)),
            Self::JobBecomes(status) => write!(f, "The job will {}.", end(status)),
            Self::JobStays(status) => {
                write!(f, "The job already ended as {}; its status does not change.", status.as_str())
            }
            Self::NothingChanges(status) => write!(f, "Already ended as {}; this changes nothing.", status.as_str()),
            Self::JobGoesOn => f.write_str("The job keeps running until it is ended."),
            Self::RunningStepsBecome { count, status } => write!(f, "{} will {}.", running_steps(count), end(status)),
            Self::WillBeRemoved => f.write_str("The engine will remove the job some time after its end."),
            Self::KeptUntilCleared => f.write_str("The engine keeps the job until its removal is allowed."),
        }
    }
}

fn running_steps(count: usize) -> String {
    if count == 1 { "1 running step".to_owned() } else { format!("{count} running steps") }
}

/// After "will".
fn end(status: Status) -> String {
    match status {
        Status::Aborted => "be aborted".to_owned(),
        Status::Started | Status::Finished | Status::Failed | Status::Unknown => format!("end as {}", status.as_str()),
    }
}

/// After what has ended.
fn ended(count: usize, status: Status) -> String {
    match status {
        Status::Aborted if count == 1 => "was aborted".to_owned(),
        Status::Aborted => "were aborted".to_owned(),
        Status::Started | Status::Finished | Status::Failed | Status::Unknown => {
            format!("ended as {}", status.as_str())
        }
    }
}

/// The difference between a job before and after an action. `target` is the step that was ended, if it was a step.
///
/// `complete`: whether `before` has all steps of the job and `after` has the whole result. If not, this never claims that
/// nothing changes.
pub fn consequences(
    before: &JobWithSteps,
    after: &JobWithSteps,
    target: Option<StepId>,
    complete: bool,
) -> Vec<Consequence> {
    let mut found = Vec::new();
    if let Some(step) = after.steps.iter().find(|step| Some(step.id) == target) {
        found.push(Consequence::StepBecomes(step.status));
    }
    let same = complete && before.steps == after.steps && before.job.auto_cleared == after.job.auto_cleared;
    found.push(match (before.job.status, after.job.status) {
        (was, is) if was != is => Consequence::JobBecomes(is),
        (_, is) if is.is_running() => Consequence::JobGoesOn,
        (_, is) if same => Consequence::NothingChanges(is),
        (_, is) => Consequence::JobStays(is),
    });
    let ran = before.steps.iter().enumerate().filter(|(_, was)| Some(was.id) != target && was.status.is_running());
    let mut closed = ran.filter_map(|(at, was)| {
        // A rule keeps the order of steps. Between two readings steps may have been added or removed.
        let same = after.steps.get(at).filter(|is| is.id == was.id);
        let is = same.or_else(|| after.steps.iter().find(|is| is.id == was.id))?;
        is.status.is_ended().then_some(is.status)
    });
    if let Some(status) = closed.next() {
        found.push(Consequence::RunningStepsBecome { count: 1 + closed.count(), status });
    }
    found.push(if after.job.auto_cleared { Consequence::WillBeRemoved } else { Consequence::KeptUntilCleared });
    found
}
