//! Which nodes are open.

use rustc_hash::{FxHashMap, FxHashSet};

use super::NodeId;
use crate::domain::{JobId, StepId};

/// Which nodes are open.
///
/// A search opens the way to what it found. Such a node can be closed by hand, and that is forgotten with the search.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expansion {
    /// Opened by hand. By job, and with a quick hash, since flattening asks for a hundred thousand rows in order: in one set
    /// of all nodes each question would go to another corner of the memory.
    open: FxHashMap<JobId, Opened>,
    /// Closed by hand although the search opened it.
    closed: FxHashSet<NodeId>,
}

/// What is open of one job; never nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Opened {
    job: bool,
    steps: FxHashSet<StepId>,
}

/// A view of one job's part.
pub(super) struct OfJob<'a> {
    job: JobId,
    opened: Option<&'a Opened>,
    closed: &'a FxHashSet<NodeId>,
}

impl OfJob<'_> {
    /// Whether the job is open, or one of its steps.
    pub(super) fn is_open(&self, step: Option<StepId>, revealing: bool) -> bool {
        match (revealing, step) {
            (true, None) => !self.closed.contains(&NodeId::Job(self.job)),
            (true, Some(step)) => !self.closed.contains(&NodeId::Step(self.job, step)),
            (false, None) => self.opened.is_some_and(|opened| opened.job),
            (false, Some(step)) => self.opened.is_some_and(|opened| opened.steps.contains(&step)),
        }
    }
}

impl Expansion {
    /// Whether a node is open. `revealing`: a search found something below it.
    pub fn is_open(&self, node: NodeId, revealing: bool) -> bool {
        self.of_job(node.job()).is_open(node.step(), revealing)
    }

    /// What is open of one job, to ask about all of its steps.
    pub(super) fn of_job(&self, job: JobId) -> OfJob<'_> {
        OfJob { job, opened: self.open.get(&job), closed: &self.closed }
    }

    /// Opens or closes a node.
    pub fn set(&mut self, node: NodeId, revealing: bool, open: bool) {
        if revealing && !open {
            self.closed.insert(node);
        } else if revealing {
            self.closed.remove(&node);
        }
        if open {
            self.open(node);
        } else {
            self.close(node);
        }
    }

    /// The search is over: what was closed among the found is forgotten.
    pub fn forget_closed(&mut self) {
        self.closed.clear();
    }

    /// What was opened by hand, job by job.
    pub fn opened(&self) -> impl Iterator<Item = NodeId> {
        self.open.iter().flat_map(|(job, opened)| {
            let steps = opened.steps.iter().map(|step| NodeId::Step(*job, *step));
            opened.job.then_some(NodeId::Job(*job)).into_iter().chain(steps)
        })
    }

    fn open(&mut self, node: NodeId) {
        let opened = self.open.entry(node.job()).or_default();
        match node.step() {
            None => opened.job = true,
            Some(step) => {
                opened.steps.insert(step);
            }
        }
    }

    fn close(&mut self, node: NodeId) {
        let Some(opened) = self.open.get_mut(&node.job()) else { return };
        match node.step() {
            None => opened.job = false,
            Some(step) => {
                opened.steps.remove(&step);
            }
        }
        if !opened.job && opened.steps.is_empty() {
            self.open.remove(&node.job());
        }
    }
}

/// Opens nodes by hand.
impl Extend<NodeId> for Expansion {
    fn extend<I: IntoIterator<Item = NodeId>>(&mut self, nodes: I) {
        for node in nodes {
            self.open(node);
        }
    }
}

impl FromIterator<NodeId> for Expansion {
    fn from_iter<I: IntoIterator<Item = NodeId>>(nodes: I) -> Self {
        let mut expansion = Self::default();
        expansion.extend(nodes);
        expansion
    }
}
