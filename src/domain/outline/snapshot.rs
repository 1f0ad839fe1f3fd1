//! Everything that the page knows about an engine's jobs at one moment.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{
    Share, StepTree,
    index::{IndexById, to_u32, to_usize},
    tree::Shape,
};
use crate::domain::{Job, JobId, Status, UserId, description::folded};

/// The known names of users.
pub type Names = FxHashMap<UserId, String>;

/// All jobs at one moment, in the engine's order. A job that did not change is the same `Arc` as in the snapshot before.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Snapshot {
    jobs: Vec<Arc<JobNode>>,
    /// One for each job.
    heads: Vec<Head>,
    counts: Counts,
    indexes: Arc<IndexById>,
}

/// What flattening reads of every job. Stored side by side, since the nodes are scattered over the memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) id: JobId,
    /// Empty while they are not loaded.
    pub(super) steps: Arc<[Shape]>,
}

impl Head {
    fn of(node: &JobNode) -> Self {
        let steps = node.steps.tree().map(|tree| Arc::clone(tree.shapes())).unwrap_or_default();
        Self { id: node.job.id, steps }
    }
}

/// A job, and its steps if they are loaded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JobNode {
    /// The job.
    pub job: Job,
    /// Its steps.
    pub steps: Steps,
    /// The description in lower case, for searching: as it is shown, and as it is if that is something else.
    pub(super) folded: Box<str>,
    /// Where it failed, as an index of its steps.
    failed_step: Option<u32>,
}

/// The steps of a job.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Steps {
    /// Not loaded yet: there may be some.
    #[default]
    Unfetched,
    /// As in the last answer.
    Fetched(Arc<StepTree>),
}

impl Steps {
    /// The tree, if it is loaded.
    pub fn tree(&self) -> Option<&StepTree> {
        match self {
            Self::Unfetched => None,
            Self::Fetched(tree) => Some(tree),
        }
    }

    /// Whether there are steps, or may be some.
    pub fn may_have_any(&self) -> bool {
        self.tree().is_none_or(|tree| !tree.nodes().is_empty())
    }

    /// How many of the direct steps have ended. None if there are no steps, or they are not loaded.
    pub fn share(&self) -> Option<Share> {
        self.tree().map(StepTree::share).filter(|share| share.all > 0)
    }
}

impl JobNode {
    /// A job and its steps.
    pub fn new(job: Job, steps: Steps) -> Self {
        let folded = folded(&job.description).into_boxed_str();
        let failed_step = match steps.tree() {
            Some(tree) if job.status == Status::Failed => tree.failed_leaf(job.end_time).map(to_u32),
            Some(_) | None => None,
        };
        Self { job, steps, folded, failed_step }
    }

    /// A job as an answer has it: with its steps, or without them.
    pub fn listed(job: Job, steps: Option<StepTree>) -> Self {
        Self::new(job, steps.map_or(Steps::Unfetched, |tree| Steps::Fetched(Arc::new(tree))))
    }

    /// For a failed job: the step where it failed, as an index of its steps. None if no step failed, or they are not loaded.
    pub fn failed_step(&self) -> Option<usize> {
        self.failed_step.map(to_usize)
    }

    /// Its description in lower case.
    pub const fn folded(&self) -> &str {
        &self.folded
    }
}

impl Snapshot {
    /// The next snapshot, with these jobs. A job without steps keeps those that were loaded before.
    ///
    /// Of several jobs with the same id the first counts.
    #[must_use]
    pub fn advance(&self, jobs: impl IntoIterator<Item = (Job, Option<StepTree>)>) -> Self {
        self.advance_to(jobs.into_iter().map(|(job, steps)| Arc::new(JobNode::listed(job, steps))))
    }

    /// As [`Self::advance`]. A job that is the same `Arc` as before is not even compared.
    #[must_use]
    pub fn advance_to(&self, jobs: impl IntoIterator<Item = Arc<JobNode>>) -> Self {
        self.next(self.next_nodes(jobs).collect())
    }

    /// As [`Self::advance_to`], with a list of which only a part came. All other jobs stay as they are, after those.
    #[must_use]
    pub fn advance_in_part(&self, jobs: impl IntoIterator<Item = Arc<JobNode>>) -> Self {
        self.next(self.next_nodes(jobs).chain(self.jobs.iter().cloned()).collect())
    }

    fn next_nodes(&self, jobs: impl IntoIterator<Item = Arc<JobNode>>) -> impl Iterator<Item = Arc<JobNode>> {
        jobs.into_iter().enumerate().map(|(place, new)| next_node(self.find_near(new.job.id, place), new))
    }

    /// The next snapshot, with new data of one job. A new job goes to the end.
    #[must_use]
    pub fn with_job(&self, job: Job) -> Self {
        let mut jobs = self.jobs.clone();
        match jobs.iter_mut().find(|node| node.job.id == job.id) {
            Some(node) => *node = next_node(Some(node), Arc::new(JobNode::listed(job, None))),
            None => jobs.push(Arc::new(JobNode::listed(job, None))),
        }
        self.next(jobs)
    }

    /// The next snapshot, without one job.
    #[must_use]
    pub fn without_job(&self, id: JobId) -> Self {
        self.next(self.jobs.iter().filter(|node| node.job.id != id).cloned().collect())
    }

    /// The next snapshot, with new steps of some jobs. Steps of unknown jobs are dropped.
    #[must_use]
    pub fn with_steps(&self, steps: impl IntoIterator<Item = (JobId, impl Into<Arc<StepTree>>)>) -> Self {
        let mut next = self.clone();
        for (id, tree) in steps {
            if let Some(index) = self.index_of(id) {
                let node = &mut next.jobs[index];
                *node = next_node(Some(node), Arc::new(JobNode::new(node.job.clone(), Steps::Fetched(tree.into()))));
                next.heads[index] = Head::of(node);
            }
        }
        next
    }

    /// The next snapshot, of these jobs. Drops jobs with the id of an earlier one.
    ///
    /// Most polls bring the same jobs in the same order. Then nothing is looked up by id.
    fn next(&self, mut jobs: Vec<Arc<JobNode>>) -> Self {
        let has_same_jobs = jobs.len() == self.jobs.len()
            && jobs.iter().zip(&self.jobs).all(|(new, old)| Arc::ptr_eq(new, old) || new.job.id == old.job.id);
        let indexes = if has_same_jobs {
            Arc::clone(&self.indexes)
        } else {
            let mut indexes = IndexById::with_room(jobs.len());
            let mut count = 0;
            jobs.retain(|node| {
                let is_first = indexes.add(node.job.id.into(), count);
                count += usize::from(is_first);
                is_first
            });
            Arc::new(indexes)
        };
        let (mut heads, mut counts) = (Vec::with_capacity(jobs.len()), Counts::default());
        for (place, node) in jobs.iter().enumerate() {
            counts.count(node.job.status);
            let same = self.jobs.get(place).filter(|old| Arc::ptr_eq(old, node)).and_then(|_| self.heads.get(place));
            heads.push(same.cloned().unwrap_or_else(|| Head::of(node)));
        }
        Self { jobs, heads, counts, indexes }
    }

    /// All jobs, in the engine's order.
    pub fn jobs(&self) -> &[Arc<JobNode>] {
        &self.jobs
    }

    pub(super) fn heads(&self) -> &[Head] {
        &self.heads
    }

    /// The job of that id.
    pub fn find(&self, id: JobId) -> Option<&Arc<JobNode>> {
        self.jobs.get(self.index_of(id)?)
    }

    /// The same, if it is probably at this place.
    pub fn find_near(&self, id: JobId, place: usize) -> Option<&Arc<JobNode>> {
        self.jobs.get(place).filter(|node| node.job.id == id).or_else(|| self.find(id))
    }

    /// The place of this very node, which is probably here.
    pub(super) fn place_of(&self, node: &Arc<JobNode>, near: usize) -> Option<usize> {
        let is_at = |place: &usize| self.jobs.get(*place).is_some_and(|other| Arc::ptr_eq(other, node));
        Some(near).filter(is_at).or_else(|| self.index_of(node.job.id).filter(is_at))
    }

    /// Index of the job of that id.
    pub fn index_of(&self, id: JobId) -> Option<usize> {
        self.indexes.find(id.into()).map(to_usize)
    }

    /// How many jobs there are of each status.
    pub const fn counts(&self) -> Counts {
        self.counts
    }

    /// How many steps are loaded.
    pub fn known_steps(&self) -> usize {
        self.jobs.iter().filter_map(|node| node.steps.tree()).map(|tree| tree.nodes().len()).sum()
    }

    /// How many jobs have steps that are not loaded.
    pub fn unfetched(&self) -> usize {
        self.jobs.iter().filter(|node| node.steps == Steps::Unfetched).count()
    }
}

/// What a job becomes. Keeps the old node (the same `Arc`) if nothing changed, and the old steps if there are no new ones.
fn next_node(old: Option<&Arc<JobNode>>, new: Arc<JobNode>) -> Arc<JobNode> {
    let Some(old) = old.filter(|old| !Arc::ptr_eq(old, &new)) else { return new };
    let has_steps = new.steps != Steps::Unfetched;
    if new.job == old.job && (!has_steps || new.steps == old.steps) {
        Arc::clone(old)
    } else if has_steps || old.steps == Steps::Unfetched {
        new
    } else {
        Arc::new(JobNode::new(new.job.clone(), old.steps.clone()))
    }
}

/// How many jobs there are of each status.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts([usize; Status::ALL.len()]);

impl Counts {
    fn count(&mut self, status: Status) {
        self.0[status as usize] += 1;
    }

    /// How many jobs have that status.
    pub const fn of(self, status: Status) -> usize {
        self.0[status as usize]
    }

    /// How many jobs there are.
    pub fn all(self) -> usize {
        self.0.iter().sum()
    }
}
