//! The running jobs: since when nothing has changed about them, how long tasks of their kind usually take, and which are stuck.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::Passage;
use crate::domain::{
    Job, JobId, Status, Step, StepId, Time,
    outline::{JobNode, Snapshot, Steps, StuckJobs},
    stuck::Run,
    usual::{Kind, Lengths},
};

/// The running jobs, and how long tasks usually take.
#[derive(Debug, Clone, Default)]
pub struct Running {
    lengths: Lengths,
    /// When anything about a running job last changed.
    changed: FxHashMap<JobId, Time>,
    stuck: Arc<StuckJobs>,
    /// When the next job becomes stuck, if nothing changes until then.
    due: Option<Time>,
}

impl Running {
    /// What is known about a job that runs.
    pub fn run_of_job(&self, job: &Job) -> Run {
        Run {
            start: job.start_time,
            changed: self.changed.get(&job.id).copied(),
            usual: self.lengths.usual(Kind::of_job(job)),
        }
    }

    /// What is known about a step that runs.
    pub fn run_of_step(&self, job: &Job, step: &Step) -> Run {
        let kind = Kind::of_step(Kind::of_job(job), step);
        Run { start: step.start_time, changed: None, usual: self.lengths.usual(kind) }
    }

    /// The stuck jobs.
    pub const fn stuck(&self) -> &Arc<StuckJobs> {
        &self.stuck
    }

    pub(super) fn is_due(&self, now: Time) -> bool {
        self.due.is_some_and(|due| due <= now)
    }

    pub(super) fn take(&mut self, Passage { id, before, after }: Passage<'_>, now: Time) {
        let runs = after.filter(|node| node.job.status.is_running());
        match runs {
            Some(node) => _ = self.changed.insert(id, self.changed_at(before.map(|node| &**node), node, now)),
            None => _ = self.changed.remove(&id),
        }
        if let Some(node) = after {
            self.learn(before.map(|node| &**node), node);
        }
    }

    /// Looks anew which jobs are stuck.
    pub(super) fn settle(&mut self, snapshot: &Snapshot, now: Time) {
        let mut stuck = StuckJobs::default();
        self.due = None;
        for node in self.changed.keys().filter_map(|job| snapshot.find(*job)) {
            match self.run_of_job(&node.job).stuck_from() {
                Some(from) if from <= now => _ = stuck.insert(node.job.id),
                Some(from) => self.due = Some(self.due.map_or(from, |due| due.min(from))),
                None => (),
            }
        }
        if *self.stuck != stuck {
            self.stuck = Arc::new(stuck);
        }
    }

    fn changed_at(&self, before: Option<&JobNode>, after: &JobNode, now: Time) -> Time {
        let Some(before) = before.filter(|before| before.job == after.job) else {
            return if before.is_none() { first_evidence(after, now) } else { now };
        };
        match (&before.steps, &after.steps) {
            (Steps::Unfetched, Steps::Fetched(_)) => first_evidence(after, now),
            (one, other) if one == other => self.changed.get(&after.job.id).copied().unwrap_or(now),
            _ => now,
        }
    }

    /// Learns the lengths of a job and its steps, if they have ended well since.
    fn learn(&mut self, before: Option<&JobNode>, after: &JobNode) {
        let (job, kind) = (&after.job, Kind::of_job(&after.job));
        if job.status == Status::Finished && before.is_none_or(|before| before.job.status != Status::Finished) {
            self.learn_one(kind, job.start_time, job.end_time);
        }
        let Some(tree) = after.steps.tree() else { return };
        let before = before.and_then(|before| before.steps.tree());
        let known: FxHashSet<StepId> = before
            .into_iter()
            .flat_map(|tree| tree.nodes())
            .filter(|node| node.step.status == Status::Finished)
            .map(|node| node.step.id)
            .collect();
        let ended = tree.nodes().iter().map(|node| &node.step).filter(|step| step.status == Status::Finished);
        for step in ended.filter(|step| !known.contains(&step.id)) {
            self.learn_one(Kind::of_step(kind, step), step.start_time, step.end_time);
        }
    }

    fn learn_one(&mut self, kind: Kind, start: Option<Time>, end: Option<Time>) {
        if let Some((start, end)) = start.zip(end) {
            self.lengths.learn(kind, end - start);
        }
    }
}

/// When a job last changed, as far as its first list tells. `last_updated` does not tell of a step's progress, so a job whose steps
/// are not known, or of which one has a progress, counts as changed now.
fn first_evidence(node: &JobNode, now: Time) -> Time {
    let may_progress = node.steps.tree().is_none_or(|tree| {
        tree.nodes().iter().any(|node| node.step.status.is_running() && node.step.progress.is_some())
    });
    let told = node.job.last_updated.or(node.job.start_time).filter(|_| !may_progress);
    told.map_or(now, |told| told.min(now))
}
