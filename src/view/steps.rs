//! The schedule of requests for steps: for which job next, or for all jobs at once.
//!
//! To request the steps of every job at every poll would cost an engine one query for each job (`LinkFollower`: N+1). So steps are
//! fetched only for jobs that the admin can see, and again only when they may have changed.

use rustc_hash::FxHashMap;

use crate::domain::{
    JobId, Time,
    outline::{JobNode, Snapshot, Steps},
};

/// If the steps of more jobs than this are due, one request for the steps of all jobs is cheaper (`follow=steps`).
pub const MANY: usize = 20;

/// After so many polls, a refusal of `follow=steps` is tried again: it may have had a cause that has passed.
const REFUSED_FOR: u64 = 100;

/// The latest request for the steps of each job.
#[derive(Debug, Clone, Default)]
pub struct StepsSchedule {
    /// The latest request for the steps of each job.
    asked: FxHashMap<JobId, Asked>,
    last: Ask,
    poll: u64,
    /// The last poll after which all due steps were fetched.
    caught_up: u64,
    /// The poll in which the engine last refused `follow=steps`.
    follow_refused: Option<u64>,
}

/// A request for the steps of a job.
#[derive(Debug, Clone, Copy)]
struct Asked {
    ask: Ask,
    /// The poll in which it was sent.
    poll: u64,
    /// The job's `last_updated` at that time; none if the request failed.
    as_of: Option<Option<Time>>,
}

/// The number of a request for the steps of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Ask(u64);

/// The next request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Due {
    /// Nothing.
    Nothing,
    /// The steps of this job. Other jobs may follow.
    Job(JobId),
    /// The steps of all jobs at once.
    Follow,
}

impl StepsSchedule {
    /// A poll has succeeded: the steps of running jobs are due again.
    pub const fn polled(&mut self) {
        self.poll += 1;
    }

    /// A request for the steps of a job begins.
    pub fn asked(&mut self, job: JobId, last_updated: Option<Time>) -> Ask {
        self.last = Ask(self.last.0 + 1);
        self.asked.insert(job, Asked { ask: self.last, poll: self.poll, as_of: Some(last_updated) });
        self.last
    }

    /// Whether the answer to that request may be used: since then this page has not changed the job, nor requested its steps again.
    pub fn is_latest(&self, job: JobId, ask: Ask) -> bool {
        self.asked.get(&job).is_some_and(|latest| latest.ask == ask)
    }

    /// The request failed: the steps are due again after the next poll.
    pub fn failed(&mut self, job: JobId) {
        if let Some(asked) = self.asked.get_mut(&job) {
            asked.as_of = None;
        }
    }

    /// Nothing more is due before the next poll.
    pub const fn caught_up(&mut self) {
        self.caught_up = self.poll;
    }

    /// For how many of the snapshot's jobs the last request for their steps failed.
    pub fn unread(&self, snapshot: &Snapshot) -> usize {
        let unread = self.asked.iter().filter(|(_, asked)| asked.as_of.is_none());
        unread.filter(|(job, _)| snapshot.find(**job).is_some()).count()
    }

    /// An action on this page may have changed a job's steps.
    pub fn touched(&mut self, job: JobId) {
        self.asked.remove(&job);
    }

    /// A job is gone: nothing about it is kept.
    pub fn forget(&mut self, job: JobId) {
        self.asked.remove(&job);
    }

    /// About how many jobs something is kept.
    pub fn remembered(&self) -> usize {
        self.asked.len()
    }

    /// The engine refused `follow=steps`. From now on there is one request for each job, for a hundred polls.
    pub const fn refuse_follow(&mut self) {
        self.follow_refused = Some(self.poll);
    }

    /// The next request. `wanted` are the jobs whose steps should be loaded, in any order and with duplicates.
    pub fn due(&self, snapshot: &Snapshot, wanted: impl IntoIterator<Item = JobId>) -> Due {
        self.due_in(self.poll, snapshot, wanted)
    }

    /// Whether so many jobs will be due after the next poll that the poll itself should use `follow=steps`.
    pub fn is_next_to_follow(&self, snapshot: &Snapshot, wanted: impl IntoIterator<Item = JobId>) -> bool {
        self.due_in(self.poll + 1, snapshot, wanted) == Due::Follow
    }

    fn due_in(&self, poll: u64, snapshot: &Snapshot, wanted: impl IntoIterator<Item = JobId>) -> Due {
        let has_caught_up = self.caught_up + 1 >= poll;
        let is_refused = self.follow_refused.is_some_and(|refused| poll < refused + REFUSED_FOR);
        let mut many: Vec<JobId> = Vec::new();
        let mut first = None;
        for node in wanted.into_iter().filter_map(|id| snapshot.find(id)) {
            let id = node.job.id;
            let asked = self.asked.get(&id);
            if !is_due(node, asked, poll) {
                continue;
            }
            if !is_refused && !many.contains(&id) {
                many.push(id);
                if many.len() > MANY {
                    return Due::Follow;
                }
            }
            // Running jobs first. But they are due again after every poll. If not all due steps were fetched after the last poll,
            // the job that has waited longest comes first, so that no job waits for ever. Among equals, a job whose steps were never
            // read comes first.
            let (waited, over) = (asked.map_or(0, |asked| asked.poll + 1), u64::from(!node.job.status.is_running()));
            let (first_by, then_by) = if has_caught_up { (over, waited) } else { (waited, over) };
            let rank = (first_by, then_by, node.steps != Steps::Unfetched);
            if first.is_none_or(|(before, _)| rank < before) {
                first = Some((rank, id));
            }
        }
        first.map_or(Due::Nothing, |(_, id)| Due::Job(id))
    }
}

fn is_due(node: &JobNode, asked: Option<&Asked>, poll: u64) -> bool {
    asked.is_none_or(|asked| {
        asked.poll != poll && (node.job.status.is_running() || asked.as_of != Some(node.job.last_updated))
    })
}
