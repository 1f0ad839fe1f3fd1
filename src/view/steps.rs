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
    /// The request for them, and the poll in which it was sent.
    asked: HashMap<JobId, (Ask, u64)>,
    last: Ask,
    poll: u64,
    follow_refused: bool,
}

/// Names one request for the steps of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ask(u64);

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
    pub fn asked(&mut self, job: JobId, last_updated: Option<Time>) -> Ask {
        self.last = Ask(self.last.0 + 1);
        self.as_of.insert(job, last_updated);
        self.asked.insert(job, (self.last, self.poll));
        self.last
    }

    /// Whether the answer to that request is to be used: nothing was done to the job since, nor was it asked about again.
    pub fn is_latest(&self, job: JobId, ask: Ask) -> bool {
        self.asked.get(&job).is_some_and(|(latest, _)| *latest == ask)
    }

    /// The steps that were asked for did not come: they stay due, in a later poll.
    pub fn failed(&mut self, job: JobId) {
        self.as_of.remove(&job);
    }

    /// An own action may have changed a job's steps.
    pub fn touched(&mut self, job: JobId) {
        self.as_of.remove(&job);
        self.asked.remove(&job);
    }

    /// The engine does not follow steps (or fails over one of them): ask for single ones from now on.
    pub const fn refuse_follow(&mut self) {
        self.follow_refused = true;
    }

    /// What to ask for next. `wanted` are the jobs that are open or in view, in any order, with repeats.
    pub fn due(&self, snapshot: &Snapshot, wanted: impl IntoIterator<Item = JobId>) -> Due {
        self.due_in(self.poll, snapshot, wanted)
    }

    /// Whether so many will be due once another poll has brought the jobs that it may as well follow their steps.
    pub fn is_next_to_follow(&self, snapshot: &Snapshot, wanted: impl IntoIterator<Item = JobId>) -> bool {
        self.due_in(self.poll + 1, snapshot, wanted) == Due::Follow
    }

    fn due_in(&self, poll: u64, snapshot: &Snapshot, wanted: impl IntoIterator<Item = JobId>) -> Due {
        let mut due: Vec<&JobNode> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for id in wanted {
            if let Some(node) = snapshot.find(id).filter(|node| seen.insert(id) && self.is_due(node, poll)) {
                due.push(node);
            }
        }
        if due.len() > MANY && !self.follow_refused {
            return Due::Follow;
        }
        // What nobody has asked for yet, then what was asked for longest ago: so each has its turn, however many run and
        // are due again after every poll. Among equals, running ones first; among those, what nobody has seen.
        let first = due.iter().min_by_key(|node| {
            let asked_in = self.asked.get(&node.job.id).map(|(_, poll)| *poll);
            (asked_in, !node.job.status.is_running(), node.steps != Steps::Unfetched)
        });
        first.map_or(Due::Nothing, |node| Due::Job(node.job.id))
    }

    fn is_due(&self, node: &JobNode, poll: u64) -> bool {
        let id = node.job.id;
        if self.asked.get(&id).is_some_and(|(_, asked_in)| *asked_in == poll) {
            return false;
        }
        node.job.status.is_running() || self.as_of.get(&id) != Some(&node.job.last_updated)
    }
}
