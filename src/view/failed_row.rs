//! What the row of a failed job or step says behind its name: where it failed, why if that is known, and when.

use super::{failure::generic, words};
use crate::domain::{
    JobId, Status, Time,
    description::{isolated, readable},
    outline::{JobNode, StepNode},
};

/// A row has room for so many names of steps. The detail has them all.
const MOST_NAMES: usize = 2;

/// What the row of a failed job or step says behind its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedRow {
    /// The last named steps from the row to the failed one, outermost first. Empty if the row is the failed one.
    place: Vec<String>,
    /// Whether there are more named steps before these.
    is_deeper: bool,
    /// `executing`, if the steps from the row to the failed one have only generic names.
    phase: Option<&'static str>,
    /// When the job or step ended.
    at: Option<Time>,
    /// The job whose reason is that of the row, too; none if the job failed elsewhere.
    cause: Option<JobId>,
    /// The description of the failed step or job. Its author may have written the reason into it.
    description: String,
}

impl FailedRow {
    /// For the row of a job, or of the step with this index; none if it has not failed.
    pub fn of(node: &JobNode, step: Option<usize>) -> Option<Self> {
        let steps = node.steps.tree().map(|tree| tree.nodes()).unwrap_or_default();
        let row = step.and_then(|step| steps.get(step));
        let (status, at) = row.map_or((node.job.status, node.job.end_time), |row| (row.step.status, row.step.end_time));
        if status != Status::Failed {
            return None;
        }
        let below = steps_to_cause(node, step);
        let is_cause = step == node.failed_step();
        let descriptions: Vec<&str> = below.iter().map(|node| node.step.description.as_str()).collect();
        let named = descriptions.iter().filter(|description| generic(description).is_none());
        let mut place: Vec<String> = named.map(|description| readable(description).into_owned()).collect();
        let is_deeper = place.len() > MOST_NAMES;
        place.drain(..place.len().saturating_sub(MOST_NAMES));
        let own = row.map_or(&node.job.description, |row| &row.step.description);
        let last = descriptions.last().copied();
        Some(Self {
            phase: last.and_then(generic).filter(|_| place.is_empty()),
            at,
            cause: (is_cause || last.is_some()).then_some(node.job.id),
            description: last.unwrap_or(own).to_lowercase(),
            place,
            is_deeper,
        })
    }

    /// The job whose reason is that of the row, too; none if the job failed elsewhere.
    pub const fn cause(&self) -> Option<JobId> {
        self.cause
    }

    /// `› Volume 2: connection lost · failed 38 min ago`
    pub fn text(&self, reason: Option<&str>, now: Time) -> String {
        let more = self.is_deeper.then_some("…".into());
        let place: Vec<_> = more.into_iter().chain(self.place.iter().map(|name| isolated(name))).collect();
        let reason = reason.map(str::trim).filter(|reason| !reason.is_empty());
        let reason = reason.filter(|reason| !self.description.contains(&reason.to_lowercase())).map(isolated);
        let where_and_why = match (place.is_empty(), reason) {
            (true, None) => None,
            (true, Some(reason)) => Some(format!("· {reason}")),
            (false, None) => Some(format!("› {}", place.join(" › "))),
            (false, Some(reason)) => Some(format!("› {}: {reason}", place.join(" › "))),
        };
        let phase = self.phase.map(|phase| format!(" while {phase}")).unwrap_or_default();
        let ago = self.at.map(|at| format!(" {}", words::minutes_ago(at, now))).unwrap_or_default();
        let when = format!("· failed{phase}{ago}");
        where_and_why.map_or_else(|| when.clone(), |text| format!("{text} {when}"))
    }
}

/// The steps below a row down to the one where the job failed, outermost first. Empty if that step is not below it.
fn steps_to_cause(node: &JobNode, row: Option<usize>) -> Vec<&StepNode> {
    let Some((tree, cause)) = node.steps.tree().zip(node.failed_step()) else { return Vec::new() };
    let path: Vec<usize> = std::iter::once(cause).chain(tree.ancestors(cause)).collect();
    let end = match row {
        None => path.len(),
        Some(row) => path.iter().position(|step| *step == row).unwrap_or(0),
    };
    path[..end].iter().rev().filter_map(|step| tree.nodes().get(*step)).collect()
}
