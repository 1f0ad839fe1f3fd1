//! Where jobs failed.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Passage;
use crate::{
    domain::{
        JobId, Status,
        outline::{JobNode, NodeId, Sort},
    },
    view::jobs::Jobs,
};

/// Which of two neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// The one after it.
    Next,
    /// The one before it.
    Previous,
}

/// The failures of all jobs: the steps that failed by themselves, or the job if none of its steps did. A job that still runs may have
/// some, too.
#[derive(Debug, Clone, Default)]
pub struct Failures {
    /// The failed steps of each job that has a failure, as indexes of its steps. Empty if the job itself failed.
    places: FxHashMap<JobId, Box<[usize]>>,
}

/// Where a failure is, or another node: the position of its job, then the index of its step.
type Place = (usize, Option<usize>);

impl Failures {
    pub(super) fn take(&mut self, Passage { id, after, .. }: Passage<'_>) {
        match after.and_then(|node| places(node)) {
            Some(places) => _ = self.places.insert(id, places),
            None => _ = self.places.remove(&id),
        }
    }

    /// All failures in the order of the list, filtered out or not.
    pub fn in_order(&self, jobs: &Jobs, sort: Sort) -> Vec<NodeId> {
        self.arranged(jobs, sort, None).into_iter().map(|(_, node)| node).collect()
    }

    /// The failure after a node, or before it. After the last one comes the first. Without a node the first one, or the last one.
    pub fn beside(&self, jobs: &Jobs, sort: Sort, from: Option<NodeId>, way: Way) -> Option<NodeId> {
        let failures = self.arranged(jobs, sort, from.map(NodeId::job));
        let from = from.and_then(|node| self.place_of(jobs, sort, node));
        let mut failures: Box<dyn Iterator<Item = (Place, NodeId)>> = match way {
            Way::Next => Box::new(failures.into_iter()),
            Way::Previous => Box::new(failures.into_iter().rev()),
        };
        let Some(from) = from else { return failures.next().map(|(_, node)| node) };
        let (place, first) = failures.next()?;
        let is_beyond = |place: Place| match way {
            Way::Next => place > from,
            Way::Previous => place < from,
        };
        if is_beyond(place) {
            return Some(first);
        }
        Some(failures.find(|(place, _)| is_beyond(*place)).map_or(first, |(_, node)| node))
    }

    /// The failures with their places, in order. The place counts only jobs with failures and this other one.
    fn arranged(&self, jobs: &Jobs, sort: Sort, other: Option<JobId>) -> Vec<(Place, NodeId)> {
        let listed = self.jobs(jobs, sort, other);
        let of_job = |(position, node): (usize, &Arc<JobNode>)| {
            let job = node.job.id;
            let steps = self.places.get(&job);
            let itself = steps.filter(|steps| steps.is_empty()).map(|_| ((position, None), NodeId::Job(job)));
            let nodes = node.steps.tree().map(|tree| tree.nodes()).unwrap_or_default();
            let of_step = |step: &usize| Some(((position, Some(*step)), NodeId::Step(job, nodes.get(*step)?.step.id)));
            let steps = steps.into_iter().flat_map(|steps| steps.iter()).filter_map(of_step);
            itself.into_iter().chain(steps).collect::<Vec<_>>()
        };
        listed.into_iter().enumerate().flat_map(of_job).collect()
    }

    fn place_of(&self, jobs: &Jobs, sort: Sort, node: NodeId) -> Option<Place> {
        let job = self.jobs(jobs, sort, Some(node.job())).iter().position(|one| one.job.id == node.job())?;
        Some((job, jobs.find(node).and_then(|subject| subject.step)))
    }

    /// The jobs with failures and this other one, in the order of the list.
    fn jobs<'a>(&self, jobs: &'a Jobs, sort: Sort, other: Option<JobId>) -> Vec<&'a Arc<JobNode>> {
        let other = other.filter(|job| !self.places.contains_key(job));
        let mut listed: Vec<_> =
            self.places.keys().copied().chain(other).filter_map(|job| jobs.snapshot.find(job)).collect();
        sort.arrange(&mut listed, &jobs.names, jobs.as_of, &jobs.stuck);
        listed
    }
}

/// The failures of a job; none if there is none.
fn places(node: &JobNode) -> Option<Box<[usize]>> {
    let has_ended = node.job.status.is_ended();
    let steps =
        node.steps.tree().map(|tree| tree.failures(node.job.end_time.filter(|_| has_ended))).unwrap_or_default();
    // Of a job that ended well, a failed step is no failure: its owner knew of it.
    match node.job.status {
        Status::Failed => Some(steps.into()),
        Status::Started if !steps.is_empty() => Some(steps.into()),
        Status::Started | Status::Finished | Status::Aborted | Status::Unknown => None,
    }
}
