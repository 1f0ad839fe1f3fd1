//! Which jobs' steps to fetch, and how.
//!
//! Asking for the steps of every job at every poll would cost an engine one query each (`LinkFollower`: N+1). So steps are
//! fetched for what can be seen, and again only when they may have changed.

use rustc_hash::FxHashMap;

use crate::domain::{
    JobId, Time,
    outline::{JobNode, Snapshot, Steps},
};

/// If the steps of more jobs than this are due, one request that follows the steps of all jobs is cheaper.
pub const MANY: usize = 20;

/// When each job's steps were last asked for, and as of which change of the job.
#[derive(Debug, Clone, Default)]
pub struct StepsSchedule {
    /// The latest request for the steps of each job.
    asked: FxHashMap<JobId, Asked>,
    last: Ask,
    poll: u64,
    /// The last poll after which nothing was due any more.
    caught_up: u64,
    follow_refused: bool,
}

/// A request for the steps of a job.
#[derive(Debug, Clone, Copy)]
struct Asked {
    ask: Ask,
    /// The poll in which it was sent.
    poll: u64,
    /// The job's `last_updated` then; none if the steps did not come.
    as_of: Option<Option<Time>>,
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

impl StepsSchedule {
    /// A poll has brought jobs: running ones are due again.
    pub const fn polled(&mut self) {
        self.poll += 1;
    }

    /// Steps of a job are being asked for.
    pub fn asked(&mut self, job: JobId, last_updated: Option<Time>) -> Ask {
        self.last = Ask(self.last.0 + 1);
        self.asked.insert(job, Asked { ask: self.last, poll: self.poll, as_of: Some(last_updated) });
        self.last
    }

    /// Whether the answer to that request is still to be used: the job was not changed from this page since, nor asked for again.
    pub fn is_latest(&self, job: JobId, ask: Ask) -> bool {
        self.asked.get(&job).is_some_and(|latest| latest.ask == ask)
    }

    /// The steps that were asked for did not come: they are due again after the next poll.
    pub fn failed(&mut self, job: JobId) {
        if let Some(asked) = self.asked.get_mut(&job) {
            asked.as_of = None;
        }
    }

    /// Nothing is due, or not before the next poll.
    pub const fn caught_up(&mut self) {
        self.caught_up = self.poll;
    }

    /// For how many of the snapshot's jobs the last request for their steps failed.
    pub fn unread(&self, snapshot: &Snapshot) -> usize {
        let unread = self.asked.iter().filter(|(_, asked)| asked.as_of.is_none());
        unread.filter(|(job, _)| snapshot.find(**job).is_some()).count()
    }

    /// An own action may have changed a job's steps.
    pub fn touched(&mut self, job: JobId) {
        self.asked.remove(&job);
    }

    /// The engine does not follow steps, or fails at one of them: the steps of each job are asked for by themselves from now on.
    pub const fn refuse_follow(&mut self) {
        self.follow_refused = true;
    }

    /// What to ask for next. `wanted` are the jobs that are expanded or in view, in any order, with repeats.
    pub fn due(&self, snapshot: &Snapshot, wanted: impl IntoIterator<Item = JobId>) -> Due {
        self.due_in(self.poll, snapshot, wanted)
    }

    /// Whether so many will be due after the next poll that this poll should follow their steps.
    pub fn is_next_to_follow(&self, snapshot: &Snapshot, wanted: impl IntoIterator<Item = JobId>) -> bool {
        self.due_in(self.poll + 1, snapshot, wanted) == Due::Follow
    }

    fn due_in(&self, poll: u64, snapshot: &Snapshot, wanted: impl IntoIterator<Item = JobId>) -> Due {
        let keeps_up = self.caught_up + 1 >= poll;
        let mut many: Vec<JobId> = Vec::new();
        let mut first = None;
        for node in wanted.into_iter().filter_map(|id| snapshot.find(id)) {
            let id = node.job.id;
            let asked = self.asked.get(&id);
            if !is_due(node, asked, poll) {
                continue;
            }
            if !self.follow_refused && !many.contains(&id) {
                many.push(id);
                if many.len() > MANY {
                    return Due::Follow;
                }
            }
            // Running ones first. But those are due again after every poll: if the last round was not finished, what has
            // waited longest comes first, so that each job has its turn. Among equals, jobs whose steps were never read.
            let (waited, over) = (asked.map_or(0, |asked| asked.poll + 1), u64::from(!node.job.status.is_running()));
            let (first_by, then_by) = if keeps_up { (over, waited) } else { (waited, over) };
            let turn = (first_by, then_by, node.steps != Steps::Unfetched);
            if first.is_none_or(|(before, _)| turn < before) {
                first = Some((turn, id));
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
