//! What to ask for next in order to find out why jobs failed.
//!
//! After a poll the page asks once for events, and a few times, within the [budget](Budget), which jobs have a correlation id: for the selected
//! job first, then for those in view. While none of them has failed, or all that have are settled, it asks for nothing and keeps no
//! events. If the engine refuses once, it is not asked again in this session.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::budget::Budget;
use crate::{
    api::{ApiError, EventQuery, is_searchable},
    domain::{
        Event, JobId, Time,
        outline::{Snapshot, Steps},
        reason::{Explanation, FailedJob, Proof, Proofs, Ring, candidates, explain},
    },
};
use chrono::TimeDelta;

/// So many correlation ids are tried for one job.
const MOST_CANDIDATES: usize = 4;

/// So many pages of earlier events are read for the selected job, or to close a gap.
const MOST_PAGES: usize = 4;

/// A job whose steps do not come is settled after this time, too.
const LATEST: TimeDelta = TimeDelta::seconds(60);

/// The next request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ask {
    /// These events.
    Events(EventQuery),
    /// Which jobs have this correlation id, on behalf of this job.
    Proof(String, JobId),
}

/// What the page knows of the reasons of failed jobs.
#[derive(Debug, Clone, Default)]
pub struct Reasons {
    ring: Option<Ring>,
    proofs: Proofs,
    /// What was found, also after the events themselves were dropped.
    found: FxHashMap<JobId, Arc<Explanation>>,
    /// Jobs of which nothing more will be found.
    settled: FxHashSet<JobId>,
    /// How many correlation ids were tried for a job.
    tried: FxHashMap<JobId, usize>,
    /// Jobs whose own events were asked for.
    fetched: FxHashSet<JobId>,
    /// How many pages of earlier events, and of events in the gap, were read.
    pages: (usize, usize),
    /// Whether the engine has no events for this user.
    is_refused: bool,
    turn: Turn,
    /// Whether more may be found about a job that is wanted.
    is_looking: bool,
    /// The snapshot that all was explained with, unless something came since.
    explained: Option<Arc<Snapshot>>,
}

/// The requests since the last poll.
#[derive(Debug, Clone, Copy, Default)]
struct Turn {
    has_polled: bool,
    has_asked: bool,
}

impl Reasons {
    /// A poll has succeeded.
    pub const fn polled(&mut self) {
        self.turn = Turn { has_polled: true, has_asked: false };
    }

    /// What is known about the reasons of all jobs that were looked at.
    pub const fn found(&self) -> &FxHashMap<JobId, Arc<Explanation>> {
        &self.found
    }

    /// What is known about the reason of a job; none if it was not looked at yet.
    pub fn of(&self, job: JobId) -> Option<&Arc<Explanation>> {
        self.found.get(&job)
    }

    /// A job was added from this page with this correlation id, which no other job has.
    pub fn own(&mut self, job: JobId, correlation: &str, now: Time) {
        self.explained = None;
        self.proofs.learn(correlation, Proof { jobs: vec![job], asked: now });
    }

    /// The correlation id of a job, if it is proven.
    pub fn correlation_of(&self, job: JobId) -> Option<&Arc<str>> {
        self.proofs.of(job).map(|(id, _)| id)
    }

    /// The engine has no events, or this user may not read them.
    pub fn refuse(&mut self) {
        self.is_refused = true;
        self.ring = None;
    }

    /// Whether the engine refused.
    pub const fn is_refused(&self) -> bool {
        self.is_refused
    }

    /// Whether there may be something to prove soon.
    pub const fn is_looking(&self) -> bool {
        self.is_looking
    }

    /// Takes what is new in the snapshot, and gives back the next request. `wanted` are the selected job, then those in view.
    /// `selected` is the first of them, if one is selected.
    pub fn next(
        &mut self,
        snapshot: &Arc<Snapshot>,
        selected: Option<JobId>,
        wanted: impl IntoIterator<Item = JobId>,
        budget: &Budget,
    ) -> Option<Ask> {
        if self.is_refused {
            return None;
        }
        let needed = self.needed(snapshot, selected, wanted);
        self.is_looking = !needed.is_empty();
        if needed.is_empty() {
            self.ring = None;
            self.explained = None;
            self.pages = (0, 0);
            return None;
        }
        self.look(snapshot, &needed);
        if !self.turn.has_polled {
            return None;
        }
        let events = (!self.turn.has_asked).then(|| self.next_events(&needed, selected)).flatten();
        events.map(Ask::Events).or_else(|| self.next_proof(&needed).filter(|_| budget.has_proof()))
    }

    /// The request begins.
    pub fn asked(&mut self, ask: &Ask, budget: &mut Budget) {
        match ask {
            Ask::Events(query) => {
                self.turn.has_asked = true;
                match query {
                    EventQuery::Unusual(_) => self.pages.0 += 1,
                    EventQuery::OldestSince(..) => self.pages.1 += 1,
                    EventQuery::Of(id) => self.fetched.extend(self.proofs.jobs_of(id)),
                    EventQuery::Since(_) => (),
                }
            }
            Ask::Proof(_, job) => {
                budget.spend_on_proof();
                *self.tried.entry(*job).or_default() += 1;
            }
        }
    }

    /// The engine's events. `asked` is its time of the request.
    pub fn take_events(&mut self, query: &EventQuery, events: Vec<Event>, asked: Time) {
        self.explained = None;
        let ring = self.ring.get_or_insert_default();
        let max = query.max();
        match query {
            EventQuery::Unusual(1) => ring.begin(events, max, asked),
            EventQuery::Unusual(_) => ring.extend_back(events, max),
            EventQuery::Since(_) => ring.go_on(events, max, asked),
            EventQuery::OldestSince(..) => {
                if ring.fill(events, max) {
                    self.pages.1 = 0;
                } else if self.pages.1 >= MOST_PAGES {
                    ring.give_up_gap();
                    self.pages.1 = 0;
                }
            }
            EventQuery::Of(_) => ring.add(events),
        }
    }

    /// The jobs that have a correlation id. `asked` is the engine's time of the request.
    pub fn take_proof(&mut self, correlation: &str, jobs: Vec<JobId>, asked: Time) {
        self.explained = None;
        self.proofs.learn(correlation, Proof { jobs, asked });
    }

    /// The request failed. Returns whether to go on: not if the engine refused for good, and not before the next poll otherwise.
    pub fn failed(&mut self, error: &ApiError) {
        match error {
            ApiError::NotFound
            | ApiError::NoEngine
            | ApiError::Forbidden(_)
            | ApiError::Rejected(_)
            | ApiError::Undecodable(_) => {
                self.refuse();
            }
            _ => self.turn = Turn { has_polled: false, ..self.turn },
        }
    }

    /// Jobs are gone: nothing about them is kept.
    pub fn forget(&mut self, gone: &[JobId]) {
        for job in gone {
            self.found.remove(job);
            self.settled.remove(job);
            self.tried.remove(job);
            self.fetched.remove(job);
        }
        if !gone.is_empty() {
            let found = &self.found;
            self.proofs.retain(|job| !gone.contains(&job) || found.contains_key(&job));
        }
    }

    /// The failed jobs of which more may be found.
    fn needed(
        &self,
        snapshot: &Snapshot,
        selected: Option<JobId>,
        wanted: impl IntoIterator<Item = JobId>,
    ) -> Vec<FailedJob> {
        let mut seen = FxHashSet::default();
        let wanted = selected.into_iter().chain(wanted).filter(|job| seen.insert(*job) && !self.settled.contains(job));
        wanted.filter_map(|job| FailedJob::of(snapshot.find(job)?)).collect()
    }

    /// Explains the needed jobs by what is known now.
    fn look(&mut self, snapshot: &Arc<Snapshot>, needed: &[FailedJob]) {
        let is_explained = self.explained.as_ref().is_some_and(|explained| Arc::ptr_eq(explained, snapshot));
        let news: Vec<&FailedJob> =
            needed.iter().filter(|job| !is_explained || !self.found.contains_key(&job.id)).collect();
        if news.is_empty() {
            return;
        }
        let Some(ring) = self.ring.as_ref().filter(|ring| ring.until().is_some()) else { return };
        let oldest = ring.events().next().map_or(Time::MAX_UTC, |event| event.time);
        let failed = snapshot.jobs().iter().filter(|node| node.job.end_time.is_some_and(|end| end >= oldest - LATEST));
        let others: Vec<FailedJob> = failed.filter_map(|node| FailedJob::of(node)).collect();
        for job in news {
            let is_looked = self.candidate(job).is_none();
            let explanation = explain(job, ring, &self.proofs, &others, is_looked);
            let has_steps = snapshot.find(job.id).is_some_and(|node| node.steps != Steps::Unfetched);
            let may_come =
                ring.until().is_some_and(|until| until <= job.until() || (!has_steps && until <= job.until() + LATEST));
            if is_looked && !may_come && (ring.covers(job.from(), job.end) || self.is_too_old(ring, job)) {
                self.settled.insert(job.id);
            }
            if self.found.get(&job.id).is_none_or(|found| **found != explanation) {
                self.found.insert(job.id, Arc::new(explanation));
            }
        }
        self.explained = Some(Arc::clone(snapshot));
    }

    /// Whether no more pages of earlier events are read for it.
    fn is_too_old(&self, ring: &Ring, job: &FailedJob) -> bool {
        self.pages.0 >= MOST_PAGES && ring.gap().is_none() && ring.until().is_some_and(|until| until > job.until())
    }

    fn next_events(&self, needed: &[FailedJob], selected: Option<JobId>) -> Option<EventQuery> {
        let Some(ring) = &self.ring else { return Some(EventQuery::Unusual(1)) };
        if let Some(gap) = ring.gap() {
            return Some(EventQuery::OldestSince(gap.after, self.pages.1 + 1));
        }
        let last = ring.last()?;
        if needed.iter().any(|job| ring.until().is_none_or(|until| until <= job.until())) {
            return Some(EventQuery::Since(last));
        }
        let job = needed.iter().find(|job| Some(job.id) == selected && !ring.covers(job.from(), job.end))?;
        match self.proofs.of(job.id) {
            Some((id, _)) if is_searchable(id) && !self.fetched.contains(&job.id) => {
                Some(EventQuery::Of(id.to_string()))
            }
            _ if self.pages.0 < MOST_PAGES => Some(EventQuery::Unusual(self.pages.0 + 1)),
            _ => None,
        }
    }

    fn next_proof(&self, needed: &[FailedJob]) -> Option<Ask> {
        needed.iter().find_map(|job| Some(Ask::Proof(self.candidate(job)?, job.id)))
    }

    /// The next correlation id to try for a job.
    fn candidate(&self, job: &FailedJob) -> Option<String> {
        let ring = self.ring.as_ref()?;
        if self.proofs.of(job.id).is_some() || self.tried.get(&job.id).is_some_and(|tried| *tried >= MOST_CANDIDATES) {
            return None;
        }
        let candidates = candidates(job, ring.events().map(|event| &**event));
        let mut open = candidates.into_iter().filter(|id| is_searchable(id) && !self.proofs.settles(id, job.start));
        open.next().map(str::to_owned)
    }
}
