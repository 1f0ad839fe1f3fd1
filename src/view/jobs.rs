//! The engine's jobs as the page knows them: the latest snapshot, and the names of users.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::subject::{Lookup, Subject};
use crate::domain::{
    Time, UserId,
    outline::{Filter, JobNode, Matching, Names, NodeId, Snapshot, Steps, StuckJobs, Zone},
};

/// So many names are kept even if nobody of that name owns a job.
const MOST_NAMES: usize = 1_000;

/// The jobs as last read, and other values that sorting and searching need.
#[derive(Debug, Clone, Default)]
pub struct Jobs {
    pub(super) snapshot: Arc<Snapshot>,
    /// Whether a list was read yet.
    pub(super) loaded: bool,
    pub(super) names: Arc<Names>,
    /// The user's time zone, for times in a search.
    pub(super) zone: Zone,
    /// The engine's time when the snapshot was taken.
    pub(super) as_of: Time,
    /// The stuck jobs.
    pub(super) stuck: Arc<StuckJobs>,
}

impl Jobs {
    /// No jobs yet, for a user in that time zone.
    pub fn new(now: Time, zone: Zone) -> Self {
        Self { zone, as_of: now, ..Self::default() }
    }

    /// The jobs as last read.
    pub const fn snapshot(&self) -> &Arc<Snapshot> {
        &self.snapshot
    }

    /// Whether a list was read yet.
    pub const fn is_loaded(&self) -> bool {
        self.loaded
    }

    /// The names of users.
    pub const fn names(&self) -> &Arc<Names> {
        &self.names
    }

    /// The stuck jobs.
    pub const fn stuck(&self) -> &Arc<StuckJobs> {
        &self.stuck
    }

    /// The owner's name, if it is known. The engine itself has none.
    pub fn owner_name(&self, node: &JobNode) -> Option<String> {
        let owner = node.job.owner.filter(|owner| *owner != UserId::ENGINE)?;
        self.names.get(&owner).cloned()
    }

    /// The names without those of users who own no job any more; none if there are few names, or all are in use.
    pub fn names_in_use(&self) -> Option<Names> {
        if self.names.len() <= MOST_NAMES {
            return None;
        }
        let owners: FxHashSet<UserId> = self.snapshot.jobs().iter().filter_map(|node| node.job.owner).collect();
        let in_use: Names =
            self.names.iter().filter(|(id, _)| owners.contains(id)).map(|(id, name)| (*id, name.clone())).collect();
        (in_use.len() < self.names.len()).then_some(in_use)
    }

    /// The matching of all jobs with a filter begins.
    pub fn matching(&self, filter: &Filter) -> Matching {
        Matching::new(Arc::clone(&self.snapshot), filter, &self.names, &self.zone, self.as_of)
    }

    /// Looks up a node. `last_seen` is the selected job as it was last seen.
    pub fn look_up(&self, node: NodeId, last_seen: Option<&Arc<JobNode>>) -> Lookup {
        let Some(job) = self.snapshot.find(node.job()) else {
            let remembered = last_seen.filter(|job| job.job.id == node.job()).cloned();
            return if self.loaded { Lookup::Gone(remembered) } else { Lookup::Waiting };
        };
        match (node.step(), &job.steps) {
            (None, _) => Lookup::Here(Subject { job: Arc::clone(job), step: None }),
            (Some(_), Steps::Unfetched) => Lookup::Waiting,
            (Some(step), Steps::Fetched(tree)) => match tree.find(step) {
                Some((index, _)) => Lookup::Here(Subject { job: Arc::clone(job), step: Some(index) }),
                None => Lookup::Gone(Some(Arc::clone(job))),
            },
        }
    }

    /// A job or step in the snapshot.
    pub fn find(&self, node: NodeId) -> Option<Subject> {
        match self.look_up(node, None) {
            Lookup::Here(subject) => Some(subject),
            Lookup::Waiting | Lookup::Gone(_) => None,
        }
    }

    /// Whether both are surely equal. It does not compare each job, so `false` may also mean equal.
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.snapshot, &other.snapshot)
            && Arc::ptr_eq(&self.names, &other.names)
            && Arc::ptr_eq(&self.stuck, &other.stuck)
            && self.loaded == other.loaded
            && self.zone == other.zone
            && self.as_of == other.as_of
    }
}
