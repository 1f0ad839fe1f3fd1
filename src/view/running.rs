//! What of a running job runs now.

use super::{failure::path, subject::Subject};
use crate::domain::{Time, outline::NodeId};

/// The most running steps that are named.
pub const MOST_NAMED: usize = 3;

/// The steps that run now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RunningSteps {
    /// The first of them.
    pub named: Vec<RunningStep>,
    /// How many more there are.
    pub more: usize,
}

/// A step that runs now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunningStep {
    /// The step.
    pub node: NodeId,
    /// Its name after those of the steps above it.
    pub path: String,
    /// Since when.
    pub since: Option<Time>,
}

/// The running steps of a job without a running step below them, in the order of the outline. None for a step.
pub fn running_steps(job: &Subject) -> RunningSteps {
    let tree = job.job.steps.tree().filter(|_| job.step.is_none() && job.status().is_running());
    let Some(tree) = tree else { return RunningSteps::default() };
    let mut is_leaf: Vec<bool> = tree.nodes().iter().map(|node| node.step.status.is_running()).collect();
    // Children follow their parents, so one pass from the end finds the innermost ones.
    for (index, node) in tree.nodes().iter().enumerate().rev() {
        if node.step.status.is_running() {
            tree.ancestors(index).for_each(|above| is_leaf[above] = false);
        }
    }
    let running: Vec<usize> = (0..is_leaf.len()).filter(|index| is_leaf[*index]).collect();
    let named = running.iter().take(MOST_NAMED).map(|index| {
        let step = Subject { step: Some(*index), ..job.clone() };
        RunningStep { node: step.id(), path: path(&step), since: step.start_time() }
    });
    RunningSteps { named: named.collect(), more: running.len().saturating_sub(MOST_NAMED) }
}
