//! Which nodes are expanded (open).

use rustc_hash::{FxHashMap, FxHashSet};

use super::NodeId;
use crate::domain::{JobId, StepId};

/// The nodes of so many jobs are kept, also if the jobs are gone.
const MOST_JOBS: usize = 500;

/// Which nodes are open.
///
/// A search opens the ancestors of what it found. The user may close such a node; that is forgotten when the search ends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Expansion {
    /// Opened by the user.
    open: Nodes,
    /// Closed by the user after the search opened them.
    closed: Nodes,
}

/// The part of one job.
pub(super) struct JobExpansion<'a> {
    open: Option<&'a Marked>,
    closed: Option<&'a Marked>,
}

impl JobExpansion<'_> {
    /// Whether the job, or this step of it, is open.
    pub(super) fn is_open(&self, step: Option<StepId>, has_match_below: bool) -> bool {
        let marked = if has_match_below { self.closed } else { self.open };
        marked.is_some_and(|marked| marked.has(step)) != has_match_below
    }
}

impl Expansion {
    /// Whether a node is open. `has_match_below`: the search found something below it.
    pub fn is_open(&self, node: NodeId, has_match_below: bool) -> bool {
        self.of_job(node.job()).is_open(node.step(), has_match_below)
    }

    /// What is open in one job, for asking about many of its steps.
    pub(super) fn of_job(&self, job: JobId) -> JobExpansion<'_> {
        JobExpansion { open: self.open.0.get(&job), closed: self.closed.0.get(&job) }
    }

    /// Opens or closes a node.
    pub fn set(&mut self, node: NodeId, has_match_below: bool, open: bool) {
        if has_match_below {
            self.closed.mark(node, !open);
        }
        self.open.mark(node, open);
    }

    /// Opens many nodes. With each comes whether the search found something below it.
    pub fn open_all(&mut self, nodes: &[(NodeId, bool)]) {
        self.open.0.reserve(nodes.len());
        for (node, has_match_below) in nodes {
            self.set(*node, *has_match_below, true);
        }
    }

    /// Ends a search: forgets which of its nodes were closed.
    pub fn forget_closed(&mut self) {
        self.closed = Nodes::default();
    }

    /// Forgets the nodes of jobs that are gone, once there are many nodes. A job may be missing in one answer only, so few are kept.
    pub fn forget_many(&mut self, is_gone: impl Fn(JobId) -> bool) {
        for nodes in [&mut self.open, &mut self.closed] {
            if nodes.0.len() > MOST_JOBS {
                nodes.0.retain(|job, _| !is_gone(*job));
            }
        }
    }

    /// What the user opened, job by job: at most `most` nodes.
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

    /// The jobs that the user opened.
    pub fn opened_jobs(&self) -> impl Iterator<Item = JobId> {
        self.open.0.iter().filter(|(_, opened)| opened.job).map(|(job, _)| *job)
    }
}

/// A set of nodes, grouped by job. Flattening looks up a hundred thousand rows in order: with one flat set, each look-up would
/// miss the CPU's cache.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Nodes(FxHashMap<JobId, Marked>);

/// The nodes of one job in the set; never empty.
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
    /// Adds or removes a node.
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

/// Opens nodes as the user does.
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
