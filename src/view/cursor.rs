//! Where the admin is: the focused row or cell, and what is selected for the detail.

use std::sync::Arc;

use super::{columns::Cell, jobs::Jobs, subject::Lookup};
use crate::domain::outline::{JobNode, NodeId};

/// The focus and the selection.
#[derive(Debug, Clone, Default)]
pub struct Cursor {
    pub(super) focus: Option<Focus>,
    pub(super) selected: Option<NodeId>,
    /// The selected job as it was last seen. It is needed when the engine removes the job.
    pub(super) last_seen: Option<Arc<JobNode>>,
    /// A node to expand, focus and scroll to as soon as it is loaded.
    pub(super) awaited: Option<NodeId>,
}

/// Where the focus is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Focus {
    /// The row.
    pub node: NodeId,
    /// The cell; none for the row itself.
    pub cell: Option<Cell>,
    /// Index of the row.
    pub(super) index: usize,
}

impl Cursor {
    /// Where the focus is.
    pub const fn focus(&self) -> Option<Focus> {
        self.focus
    }

    /// What is selected.
    pub const fn selected(&self) -> Option<NodeId> {
        self.selected
    }

    /// Looks up a node. A job that was removed is found as it was last seen.
    pub fn look_up(&self, jobs: &Jobs, node: NodeId) -> Lookup {
        jobs.look_up(node, self.last_seen.as_ref())
    }

    /// Selects a node, or nothing. If another node was awaited, it no longer is.
    pub(super) fn select(&mut self, jobs: &Jobs, node: Option<NodeId>) {
        self.selected = node;
        self.awaited = self.awaited.filter(|awaited| Some(*awaited) == node);
        self.last_seen = node.and_then(|node| jobs.snapshot.find(node.job())).cloned();
    }

    /// Whether both are equal.
    pub fn is_same(&self, other: &Self) -> bool {
        let same_job = match (&self.last_seen, &other.last_seen) {
            (Some(one), Some(other)) => Arc::ptr_eq(one, other),
            (one, other) => one.is_none() && other.is_none(),
        };
        same_job && self.focus == other.focus && self.selected == other.selected && self.awaited == other.awaited
    }
}
