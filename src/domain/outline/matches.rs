//! Which jobs match a filter. What is known of a job that did not change is used again, and many jobs can be matched in parts.

use std::sync::Arc;

use super::{
    Filter, Names, Search, Snapshot, Zone,
    filter::{FilteredJob, filter_job},
    index::to_u32,
};
use crate::domain::Time;

/// All that decides whether a job matches, apart from the job itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Criteria {
    filter: Filter,
    search: Search,
}

impl Criteria {
    pub(super) fn new(filter: &Filter, names: &Names, zone: &Zone, now: Time) -> Self {
        Self { filter: filter.clone(), search: Search::new(&filter.text, names, zone, now) }
    }
}

/// What becomes of a job.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Fate {
    /// It matches.
    Shown(FilteredJob),
    /// It does not match.
    Hidden,
    /// It is a job for an added event, which the filter leaves out.
    EventJob,
}

impl Fate {
    /// The same, of a job that is at another place now.
    fn of_job_at(&self, index: usize) -> Self {
        match self {
            Self::Shown(job) => Self::Shown(FilteredJob { index: to_u32(index), ..job.clone() }),
            Self::Hidden => Self::Hidden,
            Self::EventJob => Self::EventJob,
        }
    }
}

/// What becomes of each job of a snapshot.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Matches {
    criteria: Criteria,
    /// One for each job. Fewer while the matching is under way.
    fates: Vec<Fate>,
}

impl Matches {
    /// Matches all jobs of a snapshot. `was` and `before` are an earlier snapshot and its matches.
    pub(super) fn of(snapshot: &Snapshot, criteria: Criteria, (was, before): (&Snapshot, &Self)) -> Self {
        let is_same = criteria == before.criteria;
        let known = |index: usize| {
            let place = was.place_of(snapshot.jobs().get(index).filter(|_| is_same)?, index)?;
            Some(before.fates.get(place)?.of_job_at(index))
        };
        let mut matches = Self { criteria, fates: Vec::with_capacity(snapshot.jobs().len()) };
        for index in 0..snapshot.jobs().len() {
            let fate = known(index).unwrap_or_else(|| matches.fate(snapshot, index));
            matches.fates.push(fate);
        }
        matches
    }

    /// What becomes of one of the snapshot's jobs.
    pub(super) fn get(&self, index: usize) -> Option<&Fate> {
        self.fates.get(index)
    }

    fn fate(&self, snapshot: &Snapshot, index: usize) -> Fate {
        let Criteria { filter, search } = &self.criteria;
        let Some(node) = snapshot.jobs().get(index) else { return Fate::Hidden };
        if !filter.event_jobs && node.job.is_added_event() {
            return Fate::EventJob;
        }
        filter_job(node, to_u32(index), filter, search).map_or(Fate::Hidden, Fate::Shown)
    }
}

/// The matching of many jobs in parts, before the filter is set: so no part takes long.
#[derive(Debug, Clone)]
pub struct Matching {
    pub(super) snapshot: Arc<Snapshot>,
    pub(super) matches: Matches,
}

impl Matching {
    /// The matching of these jobs begins.
    pub fn new(snapshot: Arc<Snapshot>, filter: &Filter, names: &Names, zone: &Zone, now: Time) -> Self {
        let criteria = Criteria::new(filter, names, zone, now);
        Self { snapshot, matches: Matches { criteria, fates: Vec::new() } }
    }

    /// Matches the next jobs, at most so many. Returns whether there are more.
    pub fn advance(&mut self, most: usize) -> bool {
        let Self { snapshot, matches } = self;
        let (from, count) = (matches.fates.len(), snapshot.jobs().len());
        for index in from..count.min(from + most) {
            matches.fates.push(matches.fate(snapshot, index));
        }
        matches.fates.len() < count
    }
}
