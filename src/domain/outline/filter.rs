//! Which jobs and steps a question leaves, in which order.

use std::sync::Arc;

use super::{
    JobNode, Names, Search, Snapshot, Sort, StepNode, StepTree, Zone,
    index::{arrange, sort, to_u32, to_usize},
    sort::Key,
};
use crate::domain::{Status, Time};

/// A set of statuses. Empty means any.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct StatusSet(u8);

impl StatusSet {
    /// Whether it leaves everything.
    pub const fn is_any(self) -> bool {
        self.0 == 0
    }

    /// Whether a status is in it.
    pub const fn contains(self, status: Status) -> bool {
        self.0 & (1 << status as u8) != 0
    }

    /// Puts a status in, or takes it out.
    #[must_use]
    pub const fn toggled(self, status: Status) -> Self {
        Self(self.0 ^ (1 << status as u8))
    }

    /// Those in it.
    pub fn iter(self) -> impl Iterator<Item = Status> {
        Status::ALL.into_iter().filter(move |status| self.contains(*status))
    }
}

impl FromIterator<Status> for StatusSet {
    fn from_iter<I: IntoIterator<Item = Status>>(statuses: I) -> Self {
        Self(statuses.into_iter().fold(0, |bits, status| bits | (1 << status as u8)))
    }
}

/// A question: what to leave.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    /// What was typed into the search field.
    pub text: String,
    /// Jobs of these statuses.
    pub statuses: StatusSet,
    /// Jobs of outside programs (`true`) or of the engine (`false`).
    pub external: Option<bool>,
    /// Only what failed or runs, among jobs and steps, and the way there.
    pub attention: bool,
}

impl Filter {
    /// Whether it leaves everything.
    pub fn is_empty(&self) -> bool {
        self.text.trim().is_empty() && self.statuses.is_any() && self.external.is_none() && !self.attention
    }
}

/// What a question left, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filtered {
    /// The jobs.
    pub jobs: Vec<FilteredJob>,
    /// For each of the snapshot's jobs, its index in `jobs`; [`LEFT_OUT`] for none.
    places: Vec<u32>,
}

const LEFT_OUT: u32 = u32::MAX;

impl Filtered {
    /// Where one of the snapshot's jobs stands among those that were left.
    pub fn place_of(&self, index: usize) -> Option<usize> {
        self.places.get(index).filter(|place| **place != LEFT_OUT).map(|place| to_usize(*place))
    }
}

/// A job that was left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilteredJob {
    /// Index into the snapshot's jobs.
    pub index: u32,
    /// Whether the search found something among its steps.
    pub revealing: bool,
    /// Whether it was left for its steps' sake alone.
    pub leads: bool,
    /// Which of its steps.
    pub kept: Kept,
}

impl FilteredJob {
    /// Whether anything is left below the job or one of its steps; or may be, while nobody knows the steps.
    pub fn has_below(&self, node: &JobNode, step: Option<usize>) -> bool {
        match (&self.kept, step) {
            (Kept::All, None) => node.steps.may_have_any(),
            (Kept::All, Some(step)) => {
                node.steps.tree().and_then(|tree| tree.nodes().get(step)).is_some_and(|step| step.descendants > 0)
            }
            (Kept::Some(steps), None) => steps.iter().any(|step| step.kept),
            (Kept::Some(steps), Some(step)) => steps.get(step).is_some_and(|step| step.children > 0),
        }
    }
}

/// Which steps of a job were left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// All, as nested.
    All,
    /// Some: one entry for each node of the job's tree.
    Some(Vec<KeptStep>),
}

/// What became of one step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct KeptStep {
    /// Whether it was left.
    pub kept: bool,
    /// Whether the search found something below it.
    pub revealing: bool,
    /// Whether it was left for the sake of a step below it alone.
    pub leads: bool,
    /// 1-based place among the siblings that were left.
    pub position: u32,
    /// How many siblings were left.
    pub siblings: u32,
    /// How many children were left.
    pub children: u32,
}

/// Asks the question, and puts the jobs that are left in order. `zone` is where the question's times are meant; `now` is only
/// looked at when durations decide, or a day without a year is searched for.
pub fn filter(snapshot: &Snapshot, question: &Filter, order: Sort, names: &Names, zone: Zone, now: Time) -> Filtered {
    let search = Search::new(&question.text, names, zone, now);
    let jobs = snapshot.jobs();
    let kept = |(index, node): (usize, &Arc<JobNode>)| filter_job(node, to_u32(index), question, &search);
    let left: Vec<FilteredJob> = jobs.iter().enumerate().filter_map(kept).collect();
    let keys: Vec<Key<'_>> = left.iter().map(|job| order.key(&jobs[to_usize(job.index)], names, now)).collect();
    let mut sorted: Vec<u32> = (0..to_u32(left.len())).collect();
    sort(&mut sorted, &|a, b| order.compare(&keys[a], &keys[b]));
    let left: Vec<FilteredJob> = arrange(left, sorted.into_iter()).collect();
    let mut places = vec![LEFT_OUT; jobs.len()];
    for (place, job) in left.iter().enumerate() {
        places[to_usize(job.index)] = to_u32(place);
    }
    Filtered { jobs: left, places }
}

fn filter_job(node: &JobNode, index: u32, question: &Filter, search: &Search) -> Option<FilteredJob> {
    let job = &node.job;
    if !question.statuses.is_any() && !question.statuses.contains(job.status) {
        return None;
    }
    if question.external.is_some_and(|external| external != job.external) {
        return None;
    }
    if search.is_empty() && !question.attention {
        return Some(FilteredJob { index, revealing: false, leads: false, kept: Kept::All });
    }
    let found = search.finds_job(node) && (!question.attention || needs_attention(job.status));
    let Some(tree) = node.steps.tree() else {
        return found.then_some(FilteredJob { index, revealing: false, leads: false, kept: Kept::All });
    };
    let mut hits = search.find_steps(tree);
    if question.attention {
        hits.iter_mut().zip(tree.nodes()).for_each(|(hit, node)| *hit &= needs_attention(node.step.status));
    }
    let any = hits.contains(&true);
    if !found && !any {
        return None;
    }
    // All of it is left and no step has to be opened for one below it, as with most jobs after a first letter.
    let is_below_a_step = |(hit, node): (&bool, &StepNode)| *hit && node.parent.is_some();
    if found && !question.attention && !hits.iter().zip(tree.nodes()).any(is_below_a_step) {
        return Some(FilteredJob { index, revealing: any, leads: false, kept: Kept::All });
    }
    let searching = !search.is_empty();
    let mut kept = keep(tree, hits, found, question.attention, searching);
    place(tree, &mut kept);
    Some(FilteredJob { index, revealing: any && searching, leads: !found, kept: Kept::Some(kept) })
}

const fn needs_attention(status: Status) -> bool {
    matches!(status, Status::Started | Status::Failed)
}

/// Keeps the hits and the way there. What stands under a found row stays reachable, unless attention is all that was asked for.
fn keep(tree: &StepTree, mut hits: Vec<bool>, job_found: bool, attention: bool, searching: bool) -> Vec<KeptStep> {
    let mut steps: Vec<KeptStep> = hits.iter().map(|hit| KeptStep { kept: *hit, ..KeptStep::default() }).collect();
    for (index, node) in tree.nodes().iter().enumerate().rev() {
        if let Some(parent) = node.parent.map(to_usize).filter(|_| steps[index].kept) {
            steps[parent].kept = true;
            steps[parent].revealing = searching;
        }
    }
    if !attention {
        for (index, node) in tree.nodes().iter().enumerate() {
            hits[index] |= node.parent.map_or(job_found, |parent| hits[to_usize(parent)]);
            steps[index].kept |= hits[index];
        }
    }
    steps.iter_mut().zip(hits).for_each(|(step, hit)| step.leads = step.kept && !hit);
    steps
}

/// Counts places among those that were left.
fn place(tree: &StepTree, steps: &mut [KeptStep]) {
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
