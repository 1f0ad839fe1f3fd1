//! Which nodes are open.

use rustc_hash::{FxHashMap, FxHashSet};

use super::NodeId;
use crate::domain::{JobId, StepId};

/// Which nodes are open.
///
/// A search opens the way to what it found. Such a node can be closed by hand, and that is forgotten with the search.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expansion {
    /// Opened by hand.
    open: Nodes,
    /// Closed by hand although the search opened it.
    closed: Nodes,
}

/// A view of one job's part.
pub(super) struct OfJob<'a> {
    open: Option<&'a Marked>,
    closed: Option<&'a Marked>,
}

impl OfJob<'_> {
    /// Whether the job is open, or one of its steps.
    pub(super) fn is_open(&self, step: Option<StepId>, revealing: bool) -> bool {
        let marked = if revealing { self.closed } else { self.open };
        marked.is_some_and(|marked| marked.has(step)) != revealing
    }
}

impl Expansion {
    /// Whether a node is open. `revealing`: a search found something below it.
    pub fn is_open(&self, node: NodeId, revealing: bool) -> bool {
        self.of_job(node.job()).is_open(node.step(), revealing)
    }

    /// What is open of one job, to ask about all of its steps.
    pub(super) fn of_job(&self, job: JobId) -> OfJob<'_> {
        OfJob { open: self.open.0.get(&job), closed: self.closed.0.get(&job) }
    }

    /// Opens or closes a node.
    pub fn set(&mut self, node: NodeId, revealing: bool, open: bool) {
        if revealing {
            self.closed.mark(node, !open);
        }
        self.open.mark(node, open);
    }

    /// The search is over: what was closed among the found is forgotten.
    pub fn forget_closed(&mut self) {
        self.closed = Nodes::default();
    }

    /// What was opened by hand, job by job, but not more than so many nodes.
    pub fn opened(&self, most: usize) -> Vec<NodeId> {
        let mut nodes = Vec::new();
        for (job, opened) in &self.open.0 {
            if opened.job {
                nodes.push(NodeId::Job(*job));
            }
            for step in &opened.steps {
                nodes.push(NodeId::Step(*job, *step));
            }
            if nodes.len() >= most {
                break;
            }
        }
        nodes.truncate(most);
        nodes
    }

    /// The jobs that were opened by hand.
    pub fn opened_jobs(&self) -> impl Iterator<Item = JobId> {
        self.open.0.iter().filter(|(_, opened)| opened.job).map(|(job, _)| *job)
    }
}

/// A set of nodes. By job, and with a quick hash, since flattening asks for a hundred thousand rows in order: in one set of all
/// nodes each question would go to another corner of the memory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Nodes(FxHashMap<JobId, Marked>);

/// What is in the set of one job; never nothing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Marked {
    job: bool,
    steps: FxHashSet<StepId>,
}

impl Marked {
    fn has(&self, step: Option<StepId>) -> bool {
        step.map_or(self.job, |step| self.steps.contains(&step))
    }
}

impl Nodes {
    /// Puts a node in, or takes it out.
    fn mark(&mut self, node: NodeId, marked: bool) {
        let of_job = self.0.entry(node.job()).or_default();
        match node.step() {
            None => of_job.job = marked,
            Some(step) if marked => _ = of_job.steps.insert(step),
            Some(step) => _ = of_job.steps.remove(&step),
        }
        if !of_job.job && of_job.steps.is_empty() {
            self.0.remove(&node.job());
        }
    }
}

/// Opens nodes by hand.
impl Extend<NodeId> for Expansion {
    fn extend<I: IntoIterator<Item = NodeId>>(&mut self, nodes: I) {
        for node in nodes {
            self.open.mark(node, true);
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
