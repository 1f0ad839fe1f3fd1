//! What the admin sees, where the admin is, and what time changes: failures that were seen are no longer new, and jobs become stuck.

use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::{Cursor, Grid, Jobs, Outline, Watch};
use crate::{
    domain::{JobId, Time, outline::NodeId},
    view::watch::Way,
};

/// What the user can see of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sight {
    /// Nothing: the document is hidden.
    Nothing,
    /// The detail, which covers the list.
    Detail,
    /// The list, and the detail if there is one.
    List,
}

/// The place of the admin: the focused node, or the selected one if that has no row.
pub fn here(jobs: &Jobs, outline: &Outline, cursor: &Cursor) -> Option<NodeId> {
    let without_row = cursor.selected.filter(|selected| outline.index_of(jobs, *selected).is_none());
    without_row.or(cursor.focus.map(|focus| focus.node)).or(cursor.selected)
}

impl Grid {
    /// Time has passed. A job that is stuck by now is filtered and sorted as such, and failures in sight become seen ones.
    pub fn pass_time(&mut self, now: Time, sight: Sight) {
        if self.watch.is_due(now) {
            self.watch.settle(&self.jobs.snapshot, now);
        }
        if !Arc::ptr_eq(&self.jobs.stuck, self.watch.stuck()) {
            self.jobs.stuck = Arc::clone(self.watch.stuck());
            self.jobs.as_of = now;
            if self.outline.asks_for_stuck() {
                let anchors = self.anchors();
                self.refilter(&anchors);
            }
        }
        if self.watch.news.count() > 0 {
            let seen = self.jobs_in_sight(sight);
            self.watch.look(now, |job| seen.contains(&job));
        }
    }

    /// Whether [`Self::pass_time`] has anything to do.
    pub fn needs_time(watch: &Watch, now: Time) -> bool {
        watch.is_due(now) || watch.news.count() > 0
    }

    /// The failure after the place of the admin, or before it, in the order of the list. It may be collapsed or filtered out.
    pub fn failure_beside(&self, way: Way) -> Option<NodeId> {
        let here = here(&self.jobs, &self.outline, &self.cursor);
        self.watch.failures.beside(&self.jobs, self.outline.sort, here, way)
    }

    /// The jobs whose failure is in sight: the row of the job, or of the step at which it failed, or the detail.
    fn jobs_in_sight(&self, sight: Sight) -> FxHashSet<JobId> {
        let Self { jobs, outline, viewport, cursor, .. } = self;
        let tells_failure = |index: usize| {
            let row = outline.rows().get(index)?;
            let (node, _) = row.look_up(&jobs.snapshot, &outline.filtered)?;
            (row.step().is_none() || row.step() == node.failed_step()).then_some(node.job.id)
        };
        let rows = match sight {
            Sight::Nothing | Sight::Detail => 0..0,
            Sight::List => viewport.in_view(outline.row_count()),
        };
        let detail = cursor.selected.filter(|_| sight != Sight::Nothing).map(NodeId::job);
        rows.filter_map(tells_failure).chain(detail).collect()
    }
}
