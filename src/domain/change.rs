//! What differs between two snapshots.

use std::sync::Arc;

use super::{JobId, Status, outline::Snapshot};

/// What a poll changed. Empty if nothing differs: then the page is not touched.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Change {
    /// Jobs that were not there before.
    pub added: Vec<JobId>,
    /// Jobs that are gone.
    pub removed: Vec<JobId>,
    /// Jobs that differ in anything, their steps included.
    pub changed: Vec<JobId>,
    /// Jobs with another status than before, and their new status. Added jobs are not among them.
    pub moved: Vec<(JobId, Status)>,
}

impl Change {
    /// Whether nothing differs.
    pub const fn is_empty(&self) -> bool {
        self.added.is_empty() && self.removed.is_empty() && self.changed.is_empty()
    }
}

/// Compares two snapshots. A node that is the same `Arc` in both, at the same place, is not even read.
pub fn diff(old: &Snapshot, new: &Snapshot) -> Change {
    let mut change = Change::default();
    let mut stayed = 0;
    for (place, node) in new.jobs().iter().enumerate() {
        if old.jobs().get(place).is_some_and(|was| Arc::ptr_eq(was, node)) {
            stayed += 1;
            continue;
        }
        let id = node.job.id;
        let Some(was) = old.find_near(id, place) else {
            change.added.push(id);
            continue;
        };
        stayed += 1;
        if !Arc::ptr_eq(was, node) && was != node {
            change.changed.push(id);
            if was.job.status != node.job.status {
                change.moved.push((id, node.job.status));
            }
        }
    }
    if stayed < old.jobs().len() {
        change.removed = old.jobs().iter().map(|node| node.job.id).filter(|id| new.find(*id).is_none()).collect();
    }
    change
}
