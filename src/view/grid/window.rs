//! The rows to have in the document, and what each shows.

use super::{Cell, Cursor, Jobs, Outline, Viewport};
use crate::domain::{
    Percent, Status, StepType, Time,
    outline::{NodeId, Share, StepNode},
};

/// The rows to have in the document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Window {
    /// In order. The focused row is among them even when it is scrolled away, so that the focus is not lost.
    pub rows: Vec<RowView>,
    /// How many rows there are, mounted or not.
    pub count: usize,
}

/// What a row shows. Equal views need no work.
#[derive(Debug, Clone, PartialEq)]
pub struct RowView {
    /// Its node.
    pub id: NodeId,
    /// 0-based place among all rows.
    pub index: usize,
    /// 1 for a job.
    pub level: u32,
    /// 1-based place among its siblings on show.
    pub position: u32,
    /// How many siblings are on show.
    pub siblings: u32,
    /// Whether it is open; none if there is nothing to open.
    pub open: Option<bool>,
    /// The text.
    pub description: String,
    /// Where it stands.
    pub status: Status,
    /// A step's kind.
    pub step_type: Option<StepType>,
    /// Whether an outside program added it: for a step, where its job does not say so already.
    pub external: bool,
    /// How many of its children have ended, if it has any.
    pub share: Option<Share>,
    /// A step's own progress.
    pub progress: Option<Percent>,
    /// When it started.
    pub start: Option<Time>,
    /// When it ended.
    pub end: Option<Time>,
    /// A job's owner, by name where it is known.
    pub owner: Option<String>,
    /// Whether it is selected.
    pub selected: bool,
    /// Whether it is where the job failed.
    pub failed_here: bool,
    /// Whether it is there only as the way to what was searched or filtered for.
    pub ancestor_only: bool,
    /// Whether it is the grid's one tab stop.
    pub tab_stop: bool,
    /// The focused cell, if one of its cells has the focus.
    pub cell: Option<Cell>,
}

impl Window {
    /// The row of a node, if it is among them.
    pub fn find(&self, node: NodeId) -> Option<&RowView> {
        self.rows.iter().find(|row| row.id == node)
    }

    /// The rows to have in the document.
    pub fn of(jobs: &Jobs, outline: &Outline, cursor: &Cursor, viewport: Viewport) -> Self {
        let maker = RowMaker { jobs, outline, cursor };
        let mounted = viewport.mounted(outline.row_count());
        let stop = cursor.focus.map_or(mounted.start, |focus| focus.index);
        let mut rows = Vec::with_capacity(mounted.len() + 1);
        if stop < mounted.start {
            rows.extend(maker.row(stop, true));
        }
        rows.extend(mounted.clone().filter_map(|index| maker.row(index, index == stop)));
        if stop >= mounted.end {
            rows.extend(maker.row(stop, true));
        }
        Self { rows, count: outline.row_count() }
    }
}

/// What rows are made from.
struct RowMaker<'a> {
    jobs: &'a Jobs,
    outline: &'a Outline,
    cursor: &'a Cursor,
}

impl RowMaker<'_> {
    fn row(&self, index: usize, tab_stop: bool) -> Option<RowView> {
        let Self { jobs, outline, cursor } = *self;
        let (snapshot, filtered) = (&jobs.snapshot, &outline.filtered);
        let row = outline.rows.get(index)?;
        let (node, step) = row.look_up(snapshot, filtered)?;
        let id = row.id(snapshot, filtered)?;
        let (position, siblings) = row.sibling_position(snapshot, filtered)?;
        let job = &node.job;
        // The job's own values; a step then replaces what differs.
        let mut view = RowView {
            id,
            index,
            level: 1,
            position,
            siblings,
            open: outline.can_open(jobs, index).then(|| outline.is_open(jobs, id)),
            description: String::new(),
            status: job.status,
            step_type: None,
            external: job.external,
            share: node.steps.share(),
            progress: None,
            start: job.start_time,
            end: job.end_time,
            owner: None,
            selected: cursor.selected == Some(id),
            failed_here: false,
            ancestor_only: row.ancestor_only(filtered),
            tab_stop,
            cell: cursor.focus.filter(|focus| focus.index == index).and_then(|focus| focus.cell),
        };
        let Some(StepNode { step, depth, share, .. }) = step else {
            view.description.clone_from(&job.description);
            view.owner = jobs.owner_name(node);
            return Some(view);
        };
        view.level = depth + 1;
        view.description.clone_from(&step.description);
        view.status = step.status;
        view.step_type = Some(step.step_type);
        view.external = step.external && !job.external;
        view.share = Some(*share).filter(|share| share.all > 0);
        view.progress = step.progress;
        view.start = step.start_time;
        view.end = step.end_time;
        view.failed_here = node.failed_step() == row.step();
        Some(view)
    }
}
