//! The rows: the jobs that match the filter, in the chosen order, and their steps as far as they are expanded.

use std::sync::Arc;

use super::jobs::Jobs;
use crate::domain::{
    JobId, StepId,
    outline::{
        self, Column, Expansion, Filter, Filtered, FilteredJob, JobNode, KeptSteps, Matching, Need, NodeId, Query, Row,
        Snapshot, Sort, StepNode,
    },
};

/// The query, the expanded nodes, and the rows that follow from both.
#[derive(Debug, Clone, Default)]
pub struct Outline {
    pub(super) filter: Filter,
    pub(super) sort: Sort,
    pub(super) expansion: Expansion,
    /// Derived from `seen`, the filter and the order.
    pub(super) filtered: Arc<Filtered>,
    /// The snapshot that was filtered last.
    seen: Arc<Snapshot>,
    /// Derived from `filtered` and the expansion.
    pub(super) rows: Arc<Vec<Row>>,
    /// The browser can show no more rows, if there is a limit.
    pub(super) most_rows: Option<usize>,
    /// Whether the admin has asked to load all steps that the query needs.
    pub(super) loads_all: bool,
    /// Rows above the limit. They are not among `rows`.
    rows_left_out: usize,
}

impl Outline {
    /// The search and the filters.
    pub const fn filter(&self) -> &Filter {
        &self.filter
    }

    /// The order.
    pub const fn sort(&self) -> Sort {
        self.sort
    }

    /// The expanded nodes.
    pub const fn expansion(&self) -> &Expansion {
        &self.expansion
    }

    /// The rows. Every change of the outline makes a new `Arc`.
    pub const fn rows(&self) -> &Arc<Vec<Row>> {
        &self.rows
    }

    /// What the query needs steps for, if it does.
    pub fn need(&self) -> Option<Need> {
        Need::of(&self.filter, self.sort)
    }

    /// Whether the admin has asked to load all steps that the query needs.
    pub const fn loads_all(&self) -> bool {
        self.loads_all
    }

    /// How many rows there are, on screen or not.
    pub fn row_count(&self) -> usize {
        self.rows.len()
    }

    /// How many rows more there would be if the browser could show them.
    pub const fn rows_left_out(&self) -> usize {
        self.rows_left_out
    }

    /// How many jobs match the filter.
    pub fn job_count(&self) -> usize {
        self.filtered.jobs.len()
    }

    /// The number of hidden jobs of added events.
    pub fn event_jobs_left_out(&self) -> usize {
        self.filtered.event_jobs_left_out
    }

    /// Whether the query depends on which jobs are stuck.
    pub(super) fn asks_for_stuck(&self) -> bool {
        self.filter.stuck || self.sort.column == Column::Stuck
    }

    /// The node of a row.
    pub fn node_at(&self, jobs: &Jobs, index: usize) -> Option<NodeId> {
        self.rows.get(index)?.id(&jobs.snapshot, &self.filtered)
    }

    /// The row of a node, if it has one.
    pub fn index_of(&self, jobs: &Jobs, node: NodeId) -> Option<usize> {
        let job = self.filtered.index_of(jobs.snapshot.index_of(node.job())?)?;
        let step = match node.step() {
            None => None,
            Some(step) => Some(step_index(jobs, node.job(), step)?),
        };
        outline::find_row(&self.rows, job, step)
    }

    /// Whether a node is expanded.
    pub fn is_open(&self, jobs: &Jobs, node: NodeId) -> bool {
        self.expansion.is_open(node, self.has_match_below(jobs, node))
    }

    /// Whether the search or the filters hide a node of the snapshot.
    pub fn hides(&self, jobs: &Jobs, node: NodeId) -> bool {
        let Some(subject) = jobs.find(node) else { return false };
        let job = jobs.snapshot.index_of(node.job()).and_then(|index| self.filtered.index_of(index));
        match job.and_then(|job| self.filtered.jobs.get(job)).map(|job| &job.kept) {
            None => true,
            Some(KeptSteps::All) => false,
            Some(KeptSteps::Some(steps)) => {
                subject.step.and_then(|step| steps.get(step)).is_some_and(|step| !step.kept)
            }
        }
    }

    pub(super) fn look_up<'a>(&self, jobs: &'a Jobs, index: usize) -> Option<(&'a JobNode, Option<&'a StepNode>)> {
        self.rows.get(index)?.look_up(&jobs.snapshot, &self.filtered)
    }

    /// Whether a row has, or may have, rows below it.
    pub(super) fn can_open(&self, jobs: &Jobs, index: usize) -> bool {
        let Some(row) = self.rows.get(index) else { return false };
        let job = self.filtered.jobs.get(row.job as usize);
        job.zip(self.look_up(jobs, index)).is_some_and(|(job, (node, _))| job.has_below(node, row.step()))
    }

    /// The jobs with rows below them, and whether the search found something there.
    pub(super) fn jobs_that_open(&self, jobs: &Jobs) -> Vec<(NodeId, bool)> {
        let openable = |job: &FilteredJob| {
            let node = jobs.snapshot.jobs().get(job.index as usize)?;
            job.has_below(node, None).then_some((NodeId::Job(node.job.id), job.has_match_below))
        };
        self.filtered.jobs.iter().filter_map(openable).collect()
    }

    /// 0 for a job.
    pub(super) fn level(&self, jobs: &Jobs, index: usize) -> u32 {
        self.look_up(jobs, index).and_then(|(_, step)| step).map_or(0, |step| step.depth)
    }

    pub(super) fn parent_row(&self, jobs: &Jobs, index: usize) -> Option<usize> {
        // A job has no parent. Without this, the search would go through all rows.
        let above = self.level(jobs, index).checked_sub(1)?;
        (0..index).rev().find(|index| self.level(jobs, *index) == above)
    }

    pub(super) fn first_shown(&self, jobs: &Jobs, nodes: &[NodeId]) -> Option<usize> {
        nodes.iter().find_map(|node| self.index_of(jobs, *node))
    }

    /// The row of the nearest ancestor that has one.
    pub(super) fn shown_ancestor(&self, jobs: &Jobs, node: NodeId) -> Option<usize> {
        let subject = jobs.find(node)?;
        subject.ancestors().iter().rev().find_map(|above| self.index_of(jobs, above.id()))
    }

    /// Whether a search found something below a node.
    pub(super) fn has_match_below(&self, jobs: &Jobs, node: NodeId) -> bool {
        let job = jobs.snapshot.index_of(node.job()).and_then(|index| self.filtered.index_of(index));
        let Some(job) = job.and_then(|job| self.filtered.jobs.get(job)) else { return false };
        match (node.step(), &job.kept) {
            (None, _) => job.has_match_below,
            (Some(_), KeptSteps::All) => false,
            (Some(step), KeptSteps::Some(kept)) => step_index(jobs, node.job(), step)
                .and_then(|index| kept.get(index))
                .is_some_and(|step| step.has_match_below),
        }
    }

    /// Filters and sorts again. [`Self::flatten`] must be called after it. `matching` may have matched the jobs before.
    pub(super) fn refilter(&mut self, jobs: &Jobs, matching: Option<&Matching>) {
        self.loads_all &= self.need().is_some();
        let Jobs { snapshot, names, zone, as_of, stuck, .. } = jobs;
        let query = Query { filter: &self.filter, sort: self.sort, names, zone, now: *as_of, stuck };
        self.filtered = Arc::new(self.filtered.again(&self.seen, snapshot, query, matching));
        self.seen = Arc::clone(snapshot);
    }

    /// Makes the rows again.
    pub(super) fn flatten(&mut self, jobs: &Jobs) {
        let mut rows = outline::flatten(&jobs.snapshot, &self.filtered, &self.expansion);
        let shown = self.most_rows.map_or(rows.len(), |most| most.min(rows.len()));
        self.rows_left_out = rows.len() - shown;
        rows.truncate(shown);
        self.rows = Arc::new(rows);
    }
}

fn step_index(jobs: &Jobs, job: JobId, step: StepId) -> Option<usize> {
    Some(jobs.snapshot.find(job)?.steps.tree()?.find(step)?.0)
}
