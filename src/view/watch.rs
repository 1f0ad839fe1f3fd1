//! What the page has seen happen to the jobs, list after list: where they failed, which failures nobody has looked at yet, how long
//! tasks usually take, and since when nothing has changed about a running job.
//!
//! Each list costs time for the jobs that differ from the list before, and for those that run. A tick costs one comparison.

mod failures;
mod news;
mod running;

use std::sync::Arc;

pub use failures::{Failures, Way};
pub use news::{LOOK, News};
pub use running::Running;

use crate::domain::{
    JobId, Time,
    outline::{JobNode, Snapshot, StuckJobs},
};

/// What the page has seen happen to the jobs.
#[derive(Debug, Clone, Default)]
pub struct Watch {
    /// Where jobs failed.
    pub failures: Failures,
    /// The failures that nobody has looked at yet.
    pub news: News,
    /// The running jobs, and how long tasks usually take.
    pub running: Running,
    /// Differs after each change.
    version: u64,
}

/// A job before and after a list: at least one of them is there, and they differ.
#[derive(Clone, Copy)]
struct Passage<'a> {
    id: JobId,
    before: Option<&'a Arc<JobNode>>,
    after: Option<&'a Arc<JobNode>>,
}

impl Watch {
    /// A number that differs after each change.
    pub const fn version(&self) -> u64 {
        self.version
    }

    /// Takes a new list. `before` is the one before it; none at the first one. `now` is the engine's time.
    pub(super) fn take(&mut self, before: Option<&Snapshot>, after: &Snapshot, now: Time) {
        self.version += 1;
        let empty = Snapshot::default();
        for passage in passages(before.unwrap_or(&empty), after) {
            self.failures.take(passage);
            self.news.take(passage);
            self.running.take(passage, now);
        }
        if before.is_none() {
            self.news.begin(now);
        }
        self.running.settle(after, now);
    }

    /// Whether a job may have become stuck by now.
    pub fn is_due(&self, now: Time) -> bool {
        self.running.is_due(now)
    }

    /// Looks anew which jobs are stuck.
    pub(super) fn settle(&mut self, snapshot: &Snapshot, now: Time) {
        let before = Arc::clone(self.running.stuck());
        self.running.settle(snapshot, now);
        if !Arc::ptr_eq(&before, self.running.stuck()) {
            self.version += 1;
        }
    }

    /// The user sees the page at this moment. `is_seen` tells of a job whether its failure is in view.
    pub(super) fn look(&mut self, now: Time, is_seen: impl Fn(JobId) -> bool) {
        if self.news.look(now, is_seen) {
            self.version += 1;
        }
    }

    /// The jobs that are stuck. Another `Arc` if they are others.
    pub const fn stuck(&self) -> &Arc<StuckJobs> {
        self.running.stuck()
    }
}

/// The jobs that differ between two lists.
fn passages<'a>(before: &'a Snapshot, after: &'a Snapshot) -> impl Iterator<Item = Passage<'a>> {
    let changed = after.jobs().iter().filter_map(move |node| {
        let passage = Passage { id: node.job.id, before: before.find(node.job.id), after: Some(node) };
        passage.before.is_none_or(|before| !Arc::ptr_eq(before, node)).then_some(passage)
    });
    let gone = before.jobs().iter().filter(|node| after.find(node.job.id).is_none());
    changed.chain(gone.map(|node| Passage { id: node.job.id, before: Some(node), after: None }))
}
