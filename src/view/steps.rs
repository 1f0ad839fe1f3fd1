//! The schedule of requests for steps: for all jobs once, then for which jobs next.
//!
//! The steps of all jobs cost an oVirt engine a query for each job (`LinkFollower`: N+1). So they are followed at most once in a
//! session, when the list is short. After that they are requested job by job: at once if somebody looks at a job whose steps were
//! never requested, and again within the [`Budget`] of a poll if they may have changed. Jobs out of view wait until they come into
//! view, or until the query needs their steps.

mod place;

use rustc_hash::{FxHashMap, FxHashSet};

use self::place::{Place, Turn};
use super::{
    budget::Budget,
    wanted::{Interest, Wanted},
};
use crate::domain::{
    JobId, Time,
    outline::{JobNode, Snapshot},
};

/// The steps of all jobs are requested at once if the first list has at most so many jobs. An oVirt engine needs about 1.3 ms for
/// each, and sends the first byte when it has all: 0.7 s for so many.
pub const FOLLOWED: usize = 500;

/// So many requests for steps are under way at most.
pub const AT_ONCE: usize = 4;

/// Jobs that were read again so many polls ago come with those that have changed, so that these do not always come first.
const LONG_AGO: u64 = 8;

/// The latest request for the steps of each job.
#[derive(Debug, Clone, Default)]
pub struct StepsSchedule {
    asked: FxHashMap<JobId, Asked>,
    last: Ask,
    /// The requests that have no answer yet.
    under_way: Vec<Ask>,
    poll: u64,
    follow: Follow,
}

/// A request for the steps of a job.
#[derive(Debug, Clone, Copy)]
struct Asked {
    ask: Ask,
    /// The poll after which it was sent.
    poll: u64,
    /// The job's `last_updated` at that time; none if the request failed.
    as_of: Option<Option<Time>>,
}

/// The number of a request for steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Ask(u64);

/// Whether the steps of all jobs are requested at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Follow {
    /// The first list, or the next, decides.
    #[default]
    Undecided,
    /// They are due.
    Due,
    /// Not again in this session.
    Over,
}

/// The next requests. They count as sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Due {
    /// None.
    Nothing,
    /// The steps of each of these jobs: at most [`AT_ONCE`].
    Jobs(Vec<(JobId, Ask)>),
    /// The steps of all jobs at once.
    Follow(Ask),
}

impl StepsSchedule {
    /// A poll has succeeded, with so many jobs: the steps of running jobs may be due again.
    pub fn polled(&mut self, jobs: usize) {
        self.poll += 1;
        if self.follow == Follow::Undecided {
            self.follow = if (1..=FOLLOWED).contains(&jobs) { Follow::Due } else { Follow::Over };
        }
    }

    /// The next requests, which count as sent. `wanted` are the jobs whose steps should be loaded, in any order and with duplicates.
    pub fn next(&mut self, snapshot: &Snapshot, wanted: &[Wanted], budget: &mut Budget) -> Due {
        if self.follow == Follow::Due {
            self.follow = Follow::Over;
            let ask = self.begin();
            for node in snapshot.jobs() {
                self.send(node, ask);
            }
            return Due::Follow(ask);
        }
        let mut places = self.places(snapshot, wanted);
        places.sort_by_key(|(place, _)| *place);
        let mut jobs = Vec::new();
        let (mut seen, room) = (FxHashSet::default(), AT_ONCE.saturating_sub(self.under_way.len()));
        for (place, node) in places {
            if jobs.len() == room {
                break;
            }
            if seen.insert(node.job.id) && (!place.turn.repeats() || budget.spend()) {
                let ask = self.begin();
                self.send(node, ask);
                jobs.push((node.job.id, ask));
            }
        }
        if jobs.is_empty() { Due::Nothing } else { Due::Jobs(jobs) }
    }

    /// The answer to a request has come, or there will be none.
    pub fn answered(&mut self, ask: Ask) {
        self.under_way.retain(|other| *other != ask);
    }

    /// Whether the answer may be used for a job: since then this page has not changed the job, nor requested its steps again.
    pub fn is_latest(&self, job: JobId, ask: Ask) -> bool {
        self.asked.get(&job).is_some_and(|latest| latest.ask == ask)
    }

    /// The request failed: the steps are due again after the next poll.
    pub fn failed(&mut self, job: JobId) {
        if let Some(asked) = self.asked.get_mut(&job) {
            asked.as_of = None;
        }
    }

    /// The request for the steps of all jobs has ended. The others than these are as if never requested: the engine does not know
    /// the request, has refused it, or the answer broke off.
    pub fn followed(&mut self, ask: Ask, came: &FxHashSet<JobId>) {
        self.asked.retain(|job, asked| asked.ask != ask || came.contains(job));
    }

    /// The request for the steps of all jobs did not come to the engine: it may be sent once more, after the next poll.
    pub const fn follow_later(&mut self) {
        self.follow = Follow::Undecided;
    }

    /// A new session begins, perhaps with the same jobs. The requests under way are of no use.
    pub fn begin_session(&mut self) {
        let under_way: FxHashSet<Ask> = self.under_way.drain(..).collect();
        self.asked.retain(|_, asked| !under_way.contains(&asked.ask));
        self.follow = Follow::Undecided;
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

    fn begin(&mut self) -> Ask {
        self.last = Ask(self.last.0 + 1);
        self.under_way.push(self.last);
        self.last
    }

    fn send(&mut self, node: &JobNode, ask: Ask) {
        let asked = Asked { ask, poll: self.poll, as_of: Some(node.job.last_updated) };
        self.asked.insert(node.job.id, asked);
    }

    /// The jobs whose turn may be now, with their places.
    fn places<'a>(&self, snapshot: &'a Snapshot, wanted: &[Wanted]) -> Vec<(Place, &'a JobNode)> {
        let place = |wanted: &Wanted| {
            let node: &JobNode = snapshot.find(wanted.job)?;
            let turn = self.turn(node, wanted.interest)?;
            let asked = self.asked.get(&wanted.job).map(|asked| asked.ask);
            Some((Place { is_unselected: wanted.interest != Interest::Selected, turn, asked }, node))
        };
        wanted.iter().filter_map(place).collect()
    }

    fn turn(&self, node: &JobNode, interest: Interest) -> Option<Turn> {
        let Some(asked) = self.asked.get(&node.job.id) else {
            return Some(if interest == Interest::Query { Turn::Query } else { Turn::First(interest) });
        };
        if asked.poll == self.poll || self.under_way.contains(&asked.ask) {
            return None;
        }
        let has_changed = asked.as_of != Some(node.job.last_updated);
        match node.job.status.is_running() {
            _ if interest == Interest::Query => asked.as_of.is_none().then_some(Turn::QueryAgain),
            _ if has_changed => Some(Turn::Changed),
            true if self.poll - asked.poll > LONG_AGO => Some(Turn::Changed),
            true => Some(Turn::Runs),
            false => None,
        }
    }
}
