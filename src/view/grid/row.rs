//! What a row on screen shows.

use super::{Cell, Grid};
use crate::domain::{
    Percent, Status, StepType, Time,
    outline::{JobNode, NodeId, Share, StepNode, StepTree},
};

/// The rows to have in the document, and what the grid as a whole looks like.
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
    pub leads: bool,
    /// Whether it is the grid's one tab stop.
    pub tab_stop: bool,
    /// The focused cell, if one of its cells has the focus.
    pub cell: Option<Cell>,
}

impl Grid {
    /// The rows to have in the document.
    pub fn window(&self) -> Window {
        let mounted = self.mounted();
        let stop = self.focus.map_or(mounted.start, |focus| focus.index);
        let mut rows = Vec::with_capacity(mounted.len() + 1);
        if stop < mounted.start {
            rows.extend(self.row_view(stop, true));
        }
        rows.extend(mounted.clone().filter_map(|index| self.row_view(index, index == stop)));
        if stop >= mounted.end {
            rows.extend(self.row_view(stop, true));
        }
        Window { rows, count: self.rows.len() }
    }

    fn row_view(&self, index: usize, tab_stop: bool) -> Option<RowView> {
        let row = self.rows.get(index)?;
        let (node, step) = row.look_up(&self.snapshot, &self.filtered)?;
        let id = row.id(&self.snapshot, &self.filtered)?;
        let (position, siblings) = row.place(&self.snapshot, &self.filtered)?;
        let job = &node.job;
        // What a job has, and then what is otherwise in a step.
        let mut view = RowView {
            id,
            index,
            level: 1,
            position,
            siblings,
            open: self.can_open(index).then(|| self.is_open(id)),
            description: String::new(),
            status: job.status,
            step_type: None,
            external: job.external,
            share: node.steps.share(),
            progress: None,
            start: job.start_time,
            end: job.end_time,
            owner: None,
            selected: self.selected == Some(id),
            failed_here: false,
            leads: row.leads(&self.filtered),
            tab_stop,
            cell: self.focus.filter(|focus| focus.index == index).and_then(|focus| focus.cell),
        };
        let Some(StepNode { step, depth, share, .. }) = step else {
            view.description.clone_from(&job.description);
            view.owner = self.owner_name(node);
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
        view.failed_here = node.steps.tree().and_then(StepTree::first_failed_leaf) == row.step();
        Some(view)
    }

    /// The owner's name, once it is known; nothing for the engine itself.
    pub fn owner_name(&self, node: &JobNode) -> Option<String> {
        let owner = node.job.owner.filter(|owner| *owner != crate::domain::UserId::ENGINE)?;
        self.names.get(&owner).cloned()
    }
}
