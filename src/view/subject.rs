//! One job or step, for the detail, the menus and the forms.

use std::sync::Arc;

use crate::domain::{
    Status, Time,
    description::readable,
    outline::{JobNode, NodeId, StepNode},
};

/// The result of looking up a node.
#[derive(Debug, Clone, PartialEq)]
pub enum Lookup {
    /// It is not loaded yet.
    Waiting,
    /// It was found.
    Here(Subject),
    /// The engine does not have it, or no longer. With its job as last seen.
    Gone(Option<Arc<JobNode>>),
}

/// A job, or one of its steps.
#[derive(Debug, Clone, PartialEq)]
pub struct Subject {
    /// The job.
    pub job: Arc<JobNode>,
    /// The step's index in the job's tree; none for the job itself.
    pub step: Option<usize>,
}

impl Subject {
    /// The step, if it is one.
    pub fn step(&self) -> Option<&StepNode> {
        self.job.steps.tree()?.nodes().get(self.step?)
    }

    /// The node.
    pub fn id(&self) -> NodeId {
        let job = self.job.job.id;
        self.step().map_or(NodeId::Job(job), |step| NodeId::Step(job, step.step.id))
    }

    /// Its status.
    pub fn status(&self) -> Status {
        self.step().map_or(self.job.job.status, |step| step.step.status)
    }

    /// When it started.
    pub fn start_time(&self) -> Option<Time> {
        self.step().map_or(self.job.job.start_time, |step| step.step.start_time)
    }

    /// Its description.
    pub fn description(&self) -> &str {
        self.step().map_or(&self.job.job.description, |step| &step.step.description)
    }

    /// Its description as the page shows it.
    pub fn name(&self) -> String {
        readable(self.description()).into_owned()
    }

    /// For a failed job: the step at which it failed. The rule is in [`crate::domain::outline::StepTree::failed_leaf`].
    pub fn failed_step(&self) -> Option<Self> {
        let step = self.job.failed_step().filter(|_| self.step.is_none())?;
        Some(Self { job: Arc::clone(&self.job), step: Some(step) })
    }

    /// For a failed job: the other failed steps without a failed child, in the order of the outline.
    pub fn other_failed_steps(&self) -> Vec<Self> {
        let Some((tree, cause)) = self.job.steps.tree().zip(self.failed_step()) else { return Vec::new() };
        let others = tree.failed_leaves().into_iter().filter(|step| Some(*step) != cause.step);
        others.map(|step| self.sibling(Some(step))).collect()
    }

    /// When it ended; none while it runs.
    pub fn end_time(&self) -> Option<Time> {
        self.step().map_or(self.job.job.end_time, |step| step.step.end_time)
    }

    /// Its ancestors, outermost first: its job, then the steps above it. Empty for a job.
    pub fn ancestors(&self) -> Vec<Self> {
        let Some((tree, step)) = self.job.steps.tree().zip(self.step) else { return Vec::new() };
        let mut above: Vec<Self> = tree.ancestors(step).map(|step| self.sibling(Some(step))).collect();
        above.push(self.sibling(None));
        above.reverse();
        above
    }

    fn sibling(&self, step: Option<usize>) -> Self {
        Self { job: Arc::clone(&self.job), step }
    }
}
