//! What of a failed job says which events are about it.

use chrono::TimeDelta;

use crate::domain::{
    HostId, Job, JobId, Status, StepType, Time, UserId,
    outline::{JobNode, StepNode},
};

/// Synchronous commands write their events just before the job ends, asynchronous ones just after.
const BEFORE: TimeDelta = TimeDelta::seconds(1);
const AFTER: TimeDelta = TimeDelta::seconds(10);

/// A failed job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedJob {
    /// Its id.
    pub id: JobId,
    /// Its description, which names what it is about.
    pub description: String,
    /// The user who started it.
    pub owner: Option<UserId>,
    /// When it started.
    pub start: Time,
    /// When it ended.
    pub end: Time,
    /// When the step ended at which it failed; without steps, when the job ended.
    pub failed_at: Time,
    /// When its failed leaves ended.
    pub leaves: Vec<Time>,
    /// The hosts that its steps ran on.
    pub hosts: Vec<HostId>,
    /// Whether it was refused before anything was done: its only step is a failed *Validating*. Engines write no event about most of
    /// these; the reason is in the answer to whoever started it.
    pub is_refusal: bool,
}

impl FailedJob {
    /// None if it has not failed, or has no times.
    pub fn of(node: &JobNode) -> Option<Self> {
        let Job { id, ref description, owner, start_time: Some(start), end_time: Some(end), .. } = node.job else {
            return None;
        };
        if node.job.status != Status::Failed {
            return None;
        }
        let steps: &[StepNode] = node.steps.tree().map_or(&[], |tree| tree.nodes());
        let ended = |index: usize| steps.get(index).and_then(|node| node.step.end_time);
        let leaves = node.steps.tree().map(|tree| tree.failed_leaves()).unwrap_or_default();
        // External programs may add steps to any job.
        let mut own = steps.iter().filter(|node| !node.step.external);
        let is_refusal = matches!((own.next(), own.next()), (Some(only), None)
            if only.step.step_type == StepType::Validating && only.step.status == Status::Failed);
        Some(Self {
            id,
            description: description.clone(),
            owner,
            start,
            end,
            failed_at: node.failed_step().and_then(ended).unwrap_or(end),
            leaves: leaves.into_iter().filter_map(ended).collect(),
            hosts: steps.iter().filter_map(|node| node.step.execution_host).collect(),
            is_refusal,
        })
    }

    /// The first moment at which its events may have been written.
    pub fn from(&self) -> Time {
        self.start - BEFORE
    }

    /// The last moment at which its events may have been written.
    pub fn until(&self) -> Time {
        self.end + AFTER
    }

    /// Whether something at that time may be about it.
    pub fn spans(&self, time: Time) -> bool {
        (self.from()..=self.until()).contains(&time)
    }

    /// How far a moment is from the end of its nearest failed leaf.
    pub(super) fn distance(&self, time: Time) -> TimeDelta {
        let ends = self.leaves.iter().copied().chain(self.leaves.is_empty().then_some(self.failed_at));
        ends.map(|end| (end - time).abs()).min().unwrap_or(TimeDelta::MAX)
    }
}
