//! Where a job failed.

use super::{StepNode, StepTree, index::to_usize};
use crate::domain::{Status, StepType, Time};

impl StepTree {
    /// The step where the job failed, as an index. `job_end` is when the job ended.
    ///
    /// It is a failed step without a failed child. When a job ends, an engine gives the job's own end time to all steps that still
    /// ran. So of these leaves the cause is the one that ended first, before the job did. If all of them ended with the job, it is
    /// the one that started last. A step *Finalizing* fails as a consequence: it counts only if no other leaf failed.
    pub fn failed_leaf(&self, job_end: Option<Time>) -> Option<usize> {
        let leaves = self.failed_leaves();
        let causes: Vec<usize> =
            leaves.iter().copied().filter(|index| self.step_at(*index).step_type != StepType::Finalizing).collect();
        let candidates = if causes.is_empty() { leaves } else { causes };
        let ended_before_job =
            candidates.iter().copied().filter(|index| job_end.is_none() || self.step_at(*index).end_time != job_end);
        let first = ended_before_job.min_by_key(|index| {
            let end = self.step_at(*index).end_time;
            (end.is_none(), end)
        });
        // Of equal ones the first in the outline.
        first.or_else(|| candidates.iter().rev().copied().max_by_key(|index| self.step_at(*index).start_time))
    }

    /// The failed steps without a failed child, as indexes.
    pub fn failed_leaves(&self) -> Vec<usize> {
        let failed = |node: &&StepNode| node.step.status == Status::Failed;
        let mut is_leaf = vec![true; self.nodes().len()];
        for parent in self.nodes().iter().filter(failed).filter_map(|node| node.parent) {
            is_leaf[to_usize(parent)] = false;
        }
        let nodes = self.nodes().iter().enumerate();
        nodes.filter(|(index, node)| is_leaf[*index] && failed(node)).map(|(index, _)| index).collect()
    }

    fn step_at(&self, index: usize) -> &crate::domain::Step {
        &self.nodes()[index].step
    }
}
