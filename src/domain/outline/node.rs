//! Nodes of the outline.

use std::fmt;

use crate::domain::{JobId, StepId};

/// Identifies a job or a step in the outline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NodeId {
    /// A job.
    Job(JobId),
    /// A step, and the job that lists it.
    Step(JobId, StepId),
}

impl NodeId {
    /// The job that it is, or belongs to.
    pub const fn job(self) -> JobId {
        match self {
            Self::Job(job) | Self::Step(job, _) => job,
        }
    }

    /// The step, if it is one.
    pub const fn step(self) -> Option<StepId> {
        match self {
            Self::Job(_) => None,
            Self::Step(_, step) => Some(step),
        }
    }
}

/// The id alone, as it is copied.
impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Job(job) => job.fmt(f),
            Self::Step(_, step) => step.fmt(f),
        }
    }
}
