//! Which jobs' steps to fetch, and how.
//!
//! Asking for the steps of every job at every poll would cost an engine one query each (`LinkFollower`: N+1). So steps are
//! fetched for what can be seen, and again only when they may have changed.

use std::collections::HashMap;

use crate::domain::{
    JobId, Time,
    outline::{JobNode, Snapshot, Steps},
};

/// More than this at once, and one request that follows the steps of all jobs is cheaper.
pub const MANY: usize = 20;

/// Remembers what each job's steps are as of.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    /// The job's `last_updated` when its steps were asked for.
    as_of: HashMap<JobId, Option<Time>>,
    /// The poll in which they were asked for.
    asked_in: HashMap<JobId, u64>,
    poll: u64,
    follow_refused: bool,
}

/// What to ask for next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Due {
    /// Nothing.
    Nothing,
    /// The steps of this job; others may be due after it.
    Job(JobId),
    /// All at once.
    Follow,
}

impl Ledger {
    /// A poll has brought jobs: running ones are due again.
    pub const fn polled(&mut self) {
        self.poll += 1;
    }

    /// Steps of a job are being asked for.
    pub fn asked(&mut self, job: JobId, last_updated: Option<Time>) {
        self.as_of.insert(job, last_updated);
        self.asked_in.insert(job, self.poll);
    }

    /// The steps that were asked for did not come: they stay due, in a later poll.
    pub fn failed(&mut self, job: JobId) {
        self.as_of.remove(&job);
    }

    /// An own action may have changed a job's steps.
    pub fn touched(&mut self, job: JobId) {
        self.as_of.remove(&job);
        self.asked_in.remove(&job);
    }

    /// The engine does not follow steps (or fails over one of them): ask for single ones from now on.
    pub const fn refuse_follow(&mut self) {
        self.follow_refused = true;
    }

    /// What to ask for next. `wanted` are the jobs that are open or in view, in any order, with repeats.
    pub fn due(&self, snapshot: &Snapshot, wanted: impl IntoIterator<Item = JobId>) -> Due {
        let mut due: Vec<&JobNode> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for id in wanted {
            if let Some(node) = snapshot.find(id).filter(|node| seen.insert(id) && self.is_due(node)) {
                due.push(node);
            }
        }
        if due.len() > MANY && !self.follow_refused {
            return Due::Follow;
        }
        // Running first; among those, what nobody has seen yet.
        let first = due.iter().min_by_key(|node| (!node.job.status.is_running(), node.steps != Steps::Unfetched));
        first.map_or(Due::Nothing, |node| Due::Job(node.job.id))
    }

    fn is_due(&self, node: &JobNode) -> bool {
        let id = node.job.id;
        if self.asked_in.get(&id) == Some(&self.poll) {
            return false;
        }
        node.job.status.is_running() || self.as_of.get(&id) != Some(&node.job.last_updated)
    }
}
