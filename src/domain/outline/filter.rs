//! Which jobs and steps match a filter, and in which order.

use std::sync::Arc;

use super::{
    JobNode, Names, Search, Snapshot, Sort, StepNode, StepTree, StuckJobs, Zone,
    index::{to_u32, to_usize},
    matches::{Criteria, Fate, Matches, Matching},
    order::Order,
};
use crate::domain::{Job, Status, Time};

/// A set of statuses. Empty means any.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct StatusSet(u8);

impl StatusSet {
    /// Whether it allows every status.
    pub const fn is_any(self) -> bool {
        self.0 == 0
    }

    /// Whether it contains the status.
    pub const fn contains(self, status: Status) -> bool {
        self.0 & (1 << status as u8) != 0
    }

    /// Adds the status, or removes it.
    #[must_use]
    pub const fn toggled(self, status: Status) -> Self {
        Self(self.0 ^ (1 << status as u8))
    }

    /// Its statuses.
    pub fn iter(self) -> impl Iterator<Item = Status> {
        Status::ALL.into_iter().filter(move |status| self.contains(*status))
    }
}

impl FromIterator<Status> for StatusSet {
    fn from_iter<I: IntoIterator<Item = Status>>(statuses: I) -> Self {
        Self(statuses.into_iter().fold(0, |bits, status| bits | (1 << status as u8)))
    }
}

/// What to show.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// The text in the search field.
    pub text: String,
    /// Jobs of these statuses.
    pub statuses: StatusSet,
    /// Jobs of external programs (`true`) or of the engine (`false`).
    pub external: Option<bool>,
    /// Only jobs and steps that failed or run, and the parents of these.
    pub attention: bool,
    /// Only stuck jobs.
    pub stuck: bool,
    /// Also the jobs for [`Job::is_added_event`].
    pub event_jobs: bool,
}

impl Filter {
    /// Whether it shows all jobs, those for added events aside.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
            && self.statuses.is_any()
            && self.external.is_none()
            && !self.attention
            && !self.stuck
    }

    /// Whether a job may match, as far as its own fields tell, its text aside.
    pub(super) fn admits(&self, job: &Job) -> bool {
        (self.statuses.is_any() || self.statuses.contains(job.status))
            && self.external.is_none_or(|external| external == job.external)
            && (self.event_jobs || !job.is_added_event())
    }
}

/// The jobs that match, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filtered {
    /// The jobs.
    pub jobs: Vec<FilteredJob>,
    /// How many jobs for added events are left out.
    pub event_jobs_left_out: usize,
    /// For each of the snapshot's jobs, its index in `jobs`; [`LEFT_OUT`] for none.
    indexes: Vec<u32>,
    /// What became of each of the snapshot's jobs.
    matches: Matches,
    /// All of the snapshot's jobs, in order.
    order: Order,
}

const LEFT_OUT: u32 = u32::MAX;

impl Filtered {
    /// The index in `jobs` of one of the snapshot's jobs.
    pub fn index_of(&self, index: usize) -> Option<usize> {
        self.indexes.get(index).filter(|index| **index != LEFT_OUT).map(|index| to_usize(*index))
    }
}

/// A job that matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilteredJob {
    /// Index into the snapshot's jobs.
    pub index: u32,
    /// Whether the search found one of its steps.
    pub has_match_below: bool,
    /// Whether it is shown only because one of its steps matches.
    pub ancestor_only: bool,
    /// Which of its steps are shown.
    pub kept: KeptSteps,
}

impl FilteredJob {
    /// Whether anything is shown below the job, or below one of its steps. While the steps are not loaded, there may be some.
    pub fn has_below(&self, node: &JobNode, step: Option<usize>) -> bool {
        match (&self.kept, step) {
            (KeptSteps::All, None) => node.steps.may_have_any(),
            (KeptSteps::All, Some(step)) => {
                node.steps.tree().and_then(|tree| tree.nodes().get(step)).is_some_and(|step| step.descendants > 0)
            }
            (KeptSteps::Some(steps), None) => steps.iter().any(|step| step.kept),
            (KeptSteps::Some(steps), Some(step)) => steps.get(step).is_some_and(|step| step.children > 0),
        }
    }
}

/// Which steps of a job are shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeptSteps {
    /// All, as nested.
    All,
    /// Some: one entry for each node of the job's tree.
    Some(Arc<[KeptStep]>),
}

/// How one step matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KeptStep {
    /// Whether it is shown.
    pub kept: bool,
    /// Whether the search found a step below it.
    pub has_match_below: bool,
    /// Whether it is shown only because a step below it matches.
    pub ancestor_only: bool,
    /// 1-based position among the shown siblings.
    pub position: u32,
    /// How many siblings are shown.
    pub siblings: u32,
    /// How many children are shown.
    pub children: u32,
}

/// A filter and an order, and what they depend on.
#[derive(Debug, Clone, Copy)]
pub struct Query<'a> {
    /// What to show.
    pub filter: &'a Filter,
    /// In which order.
    pub sort: Sort,
    /// The names of users.
    pub names: &'a Names,
    /// The user's time zone, for times in the search.
    pub zone: &'a Zone,
    /// The time. It matters only when jobs are sorted by duration, or when a day without a year is searched for.
    pub now: Time,
    /// The jobs that are stuck at that time. It matters for the filter and the order of stuck jobs.
    pub stuck: &'a StuckJobs,
}

/// Filters and sorts the jobs, none of which is stuck.
pub fn filter(snapshot: &Snapshot, filter: &Filter, sort: Sort, names: &Names, zone: Zone, now: Time) -> Filtered {
    let query = Query { filter, sort, names, zone: &zone, now, stuck: &StuckJobs::default() };
    Filtered::default().again(&Snapshot::default(), snapshot, query, None)
}

impl Filtered {
    /// Filters and sorts the jobs of the next snapshot. `was` is the snapshot of `self`: what is known of a job that did not change
    /// is used again. `matching` has matched these jobs before, or most of them.
    #[must_use]
    pub fn again(&self, was: &Snapshot, snapshot: &Snapshot, query: Query<'_>, matching: Option<&Matching>) -> Self {
        let Query { filter, names, zone, now, stuck, .. } = query;
        let known = matching.map_or((was, &self.matches), |matching| (&*matching.snapshot, &matching.matches));
        let matches = Matches::of(snapshot, Criteria::new(filter, names, zone, now), known);
        let order = Order::of(snapshot, query, (was, &self.order));
        let is_stuck = |index: usize| snapshot.jobs().get(index).is_some_and(|node| stuck.contains(&node.job.id));
        let mut next = Self { indexes: vec![LEFT_OUT; snapshot.jobs().len()], ..Self::default() };
        for index in order.jobs() {
            match matches.get(index) {
                // Whether a job is stuck depends on more than the job.
                Some(Fate::Shown(job)) if !filter.stuck || is_stuck(index) => {
                    next.indexes[index] = to_u32(next.jobs.len());
                    next.jobs.push(job.clone());
                }
                Some(Fate::EventJob) => next.event_jobs_left_out += 1,
                Some(Fate::Shown(_) | Fate::Hidden) | None => (),
            }
        }
        Self { matches, order, ..next }
    }
}

pub(super) fn filter_job(node: &JobNode, index: u32, question: &Filter, search: &Search) -> Option<FilteredJob> {
    let job = &node.job;
    if !question.admits(job) {
        return None;
    }
    if search.is_empty() && !question.attention {
        return Some(FilteredJob { index, has_match_below: false, ancestor_only: false, kept: KeptSteps::All });
    }
    let found = search.finds_job(node) && (!question.attention || needs_attention(job.status));
    let Some(tree) = node.steps.tree() else {
        return found.then_some(FilteredJob {
            index,
            has_match_below: false,
            ancestor_only: false,
            kept: KeptSteps::All,
        });
    };
    let mut hits = search.find_steps(tree);
    if question.attention {
        hits.iter_mut().zip(tree.nodes()).for_each(|(hit, node)| *hit &= needs_attention(node.step.status));
    }
    let any = hits.contains(&true);
    if !found && !any {
        return None;
    }
    // All steps are shown and none has to be opened for a match below it. So it is with most jobs after the first letter.
    let is_below_a_step = |(hit, node): (&bool, &StepNode)| *hit && node.parent.is_some();
    if found && !question.attention && !hits.iter().zip(tree.nodes()).any(is_below_a_step) {
        return Some(FilteredJob { index, has_match_below: any, ancestor_only: false, kept: KeptSteps::All });
    }
    let searching = !search.is_empty();
    let mut kept = keep(tree, hits, found, question.attention, searching);
    count_siblings(tree, &mut kept);
    Some(FilteredJob {
        index,
        has_match_below: any && searching,
        ancestor_only: !found,
        kept: KeptSteps::Some(kept.into()),
    })
}

const fn needs_attention(status: Status) -> bool {
    matches!(status, Status::Started | Status::Failed)
}

/// Keeps the hits and their parents. Steps below a hit are kept too, except with `attention`.
fn keep(tree: &StepTree, mut hits: Vec<bool>, job_found: bool, attention: bool, searching: bool) -> Vec<KeptStep> {
    let mut steps: Vec<KeptStep> = hits.iter().map(|hit| KeptStep { kept: *hit, ..KeptStep::default() }).collect();
    for (index, node) in tree.nodes().iter().enumerate().rev() {
        if let Some(parent) = node.parent.map(to_usize).filter(|_| steps[index].kept) {
            steps[parent].kept = true;
            steps[parent].has_match_below = searching;
        }
    }
    if !attention {
        for (index, node) in tree.nodes().iter().enumerate() {
            hits[index] |= node.parent.map_or(job_found, |parent| hits[to_usize(parent)]);
            steps[index].kept |= hits[index];
        }
    }
    steps.iter_mut().zip(hits).for_each(|(step, hit)| step.ancestor_only = step.kept && !hit);
    steps
}

/// Counts positions among the shown siblings.
fn count_siblings(tree: &StepTree, steps: &mut [KeptStep]) {
    let mut top = 0;
    for (index, node) in tree.nodes().iter().enumerate() {
        let kept = u32::from(steps[index].kept);
        let children = node.parent.map_or(&mut top, |parent| &mut steps[to_usize(parent)].children);
        *children += kept;
        steps[index].position = *children;
    }
    for (index, node) in tree.nodes().iter().enumerate() {
        steps[index].siblings = node.parent.map_or(top, |parent| steps[to_usize(parent)].children);
    }
}
