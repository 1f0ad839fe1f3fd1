//! The rows in the document, and what each shows.

use super::{Cell, Cursor, Jobs, Outline, Viewport, Watch};
use crate::{
    domain::{
        Percent, Status, StepType, Time,
        outline::{JobNode, NodeId, Share, StepNode},
        stuck::Run,
    },
    view::failed_row::FailedRow,
};

/// The rows in the document.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Window {
    /// In order. The focused row is among them even when it is scrolled out of view, so that the browser keeps the focus.
    pub rows: Vec<RowView>,
    /// How many rows there are, mounted or not.
    pub count: usize,
}

/// What a row shows. If two values are equal, the document does not change.
#[derive(Debug, Clone, PartialEq)]
pub struct RowView {
    /// Its node.
    pub id: NodeId,
    /// 0-based index among all rows.
    pub index: usize,
    /// 1 for a job.
    pub level: u32,
    /// 1-based position among its shown siblings.
    pub position: u32,
    /// How many siblings are shown, itself included.
    pub siblings: u32,
    /// Whether it is expanded; none if it has no children.
    pub open: Option<bool>,
    /// The description.
    pub description: String,
    /// The status.
    pub status: Status,
    /// A step's type.
    pub step_type: Option<StepType>,
    /// Whether an external program added it. For a step, only if its job is not external.
    pub external: bool,
    /// How many of its children have ended, if it has any.
    pub share: Option<Share>,
    /// A step's own progress.
    pub progress: Option<Percent>,
    /// When it started.
    pub start: Option<Time>,
    /// When it ended.
    pub end: Option<Time>,
    /// The name of a job's owner, if it is known.
    pub owner: Option<String>,
    /// Whether it is selected.
    pub selected: bool,
    /// Whether it is the step at which the job failed.
    pub failed_here: bool,
    /// Where and when it failed, if it did.
    pub failed: Option<FailedRow>,
    /// Whether it tells of a failure that nobody has looked at yet.
    pub is_news: bool,
    /// What tells whether it is stuck, while it runs.
    pub run: Option<Run>,
    /// Whether it is shown only because something below it matches the search or the filters.
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

    /// The rows in the document.
    pub fn of(jobs: &Jobs, outline: &Outline, cursor: &Cursor, viewport: Viewport, watch: &Watch) -> Self {
        let maker = RowMaker { jobs, outline, cursor, watch };
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

/// Makes rows from the parts of the state.
struct RowMaker<'a> {
    jobs: &'a Jobs,
    outline: &'a Outline,
    cursor: &'a Cursor,
    watch: &'a Watch,
}

impl RowMaker<'_> {
    fn row(&self, index: usize, tab_stop: bool) -> Option<RowView> {
        let Self { jobs, outline, cursor, .. } = *self;
        let (snapshot, filtered) = (&jobs.snapshot, &outline.filtered);
        let row = outline.rows.get(index)?;
        let (node, step) = row.look_up(snapshot, filtered)?;
        let id = row.id(snapshot, filtered)?;
        let (position, siblings) = row.sibling_position(snapshot, filtered)?;
        let job = &node.job;
        // The values of the job. A step then replaces those that differ.
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
            failed_here: row.step().is_some() && node.failed_step() == row.step(),
            failed: FailedRow::of(node, row.step()),
            is_news: self.tells_news(node, row.step()),
            run: None,
            ancestor_only: row.ancestor_only(filtered),
            tab_stop,
            cell: cursor.focus.filter(|focus| focus.index == index).and_then(|focus| focus.cell),
        };
        let Some(StepNode { step, depth, share, .. }) = step else {
            view.description.clone_from(&job.description);
            view.owner = jobs.owner_name(node);
            view.run = job.status.is_running().then(|| self.watch.running.run_of_job(job));
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
        view.run = step.status.is_running().then(|| self.watch.running.run_of_step(job, step));
        Some(view)
    }

    fn tells_news(&self, node: &JobNode, step: Option<usize>) -> bool {
        self.watch.news.contains(node.job.id) && (step.is_none() || step == node.failed_step())
    }
}
