//! The state of the tree grid: jobs, outline, cursor and viewport, and all changes of it. Polls and keys both use this module. Its
//! tests check that focus, scroll position and expansion survive every change.
//!
//! Each part is a type of its own, because the page has a signal for each: a scroll changes only the viewport.

mod keys;
mod restore;
mod sight;
mod window;

use std::sync::Arc;

pub use keys::{Key, Pressed};
pub use sight::{Sight, here};
pub use window::{RowView, Window};

use super::{
    columns::{Cell, Cells},
    cursor::{Cursor, Focus},
    jobs::Jobs,
    outline::Outline,
    subject::Lookup,
    viewport::Viewport,
    watch::Watch,
};
use crate::domain::{
    JobId, Time,
    outline::{Filter, Matching, Names, NodeId, Snapshot, Sort, Zone},
};
use restore::Anchors;

/// The state of the tree grid.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    /// The jobs as last read.
    pub jobs: Jobs,
    /// The rows that follow from the jobs.
    pub outline: Outline,
    /// Focus and selection.
    pub cursor: Cursor,
    /// The part of the rows that is on screen.
    pub viewport: Viewport,
    /// What has happened to the jobs.
    pub watch: Watch,
}

impl Grid {
    /// An empty grid, for a user in that time zone.
    pub fn new(now: Time, zone: Zone) -> Self {
        Self { jobs: Jobs::new(now, zone), ..Self::default() }
    }

    /// The browser can show elements up to this height, in CSS pixels: the list ends with the last row that it can show.
    pub fn limit_height(&mut self, tallest: u32) {
        self.outline.most_rows = Some(Viewport::rows_within(tallest));
    }

    /// Resets the jobs, the query and the cursor. The size on screen stays.
    pub fn clear(&mut self, now: Time) {
        let Viewport { cells, height, .. } = self.viewport;
        let most_rows = self.outline.most_rows;
        *self = Self::new(now, self.jobs.zone.clone());
        self.outline.most_rows = most_rows;
        self.viewport = Viewport { cells, height, scroll_top: 0 };
    }

    /// Shows a new snapshot after a poll, or after an action on this page. Focus, scroll position and expansion stay.
    pub fn show(&mut self, snapshot: Arc<Snapshot>, now: Time) {
        let is_first = !std::mem::replace(&mut self.jobs.loaded, true);
        self.jobs.as_of = now;
        if let Some(node) = self.cursor.selected.and_then(|selected| snapshot.find(selected.job())) {
            self.cursor.last_seen = Some(Arc::clone(node));
        }
        if !Arc::ptr_eq(&self.jobs.snapshot, &snapshot) {
            let anchors = self.anchors();
            self.outline.expansion.forget_many(|job| snapshot.find(job).is_none());
            self.watch.take((!is_first).then_some(&*self.jobs.snapshot), &snapshot, now);
            self.jobs.snapshot = snapshot;
            self.jobs.stuck = Arc::clone(self.watch.stuck());
            self.refilter(&anchors);
        } else if is_first {
            self.watch.take(None, &snapshot, now);
        }
        self.show_awaited();
    }

    /// Another day has begun, or the computer is in another time zone: times are searched as they are shown.
    pub fn set_zone(&mut self, now: Time, zone: Zone) {
        let anchors = self.anchors();
        self.jobs.as_of = now;
        self.jobs.zone = zone;
        if !self.outline.filter.text.is_empty() {
            self.refilter(&anchors);
        }
    }

    /// Takes the names of users.
    pub fn name_owners(&mut self, names: Arc<Names>) {
        let anchors = self.anchors();
        self.jobs.names = names;
        self.refilter(&anchors);
    }

    /// The admin changes the search or the filters.
    pub fn set_filter(&mut self, filter: Filter) {
        self.set_filter_matched(filter, None);
    }

    /// The same as [`Self::set_filter`], if the jobs were matched in parts before ([`Jobs::matching`]).
    pub fn set_filter_matched(&mut self, filter: Filter, matching: Option<&Matching>) {
        if self.outline.filter == filter {
            return;
        }
        let anchors = self.anchors();
        // Nodes that the admin collapsed among the matches belong to the old search.
        if self.outline.filter.text != filter.text {
            self.outline.expansion.forget_closed();
        }
        self.outline.filter = filter;
        self.refilter_matched(&anchors, matching);
        // No row that was in view is left: show the result from its beginning.
        if self.outline.first_shown(&self.jobs, &anchors.topmost).is_none() {
            self.viewport.scroll_top = 0;
        }
    }

    /// The admin changes the order.
    pub fn sort_by(&mut self, sort: Sort) {
        if self.outline.sort != sort {
            let anchors = self.anchors();
            self.outline.sort = sort;
            self.refilter(&anchors);
        }
    }

    /// Expands or collapses a row.
    pub fn set_open(&mut self, node: NodeId, open: bool) {
        let (anchors, has_match_below) = (self.anchors(), self.outline.has_match_below(&self.jobs, node));
        self.outline.expansion.set(node, has_match_below, open);
        self.replace_rows(&anchors);
    }

    /// Expands the nodes that were expanded before a reload.
    pub fn restore_open(&mut self, nodes: impl IntoIterator<Item = NodeId>) {
        let anchors = self.anchors();
        self.outline.expansion.extend(nodes);
        self.replace_rows(&anchors);
    }

    /// Expands a collapsed row, collapses an expanded one.
    pub fn toggle(&mut self, node: NodeId) {
        self.set_open(node, !self.outline.is_open(&self.jobs, node));
    }

    /// Selects a node, or nothing.
    pub fn select(&mut self, node: Option<NodeId>) {
        self.cursor.select(&self.jobs, node);
    }

    /// Selects a node, expands it and its ancestors, focuses it and scrolls to it: now, or as soon as it is loaded.
    pub fn go_to(&mut self, node: NodeId) {
        self.select(Some(node));
        self.cursor.awaited = Some(node);
        self.show_awaited();
    }

    /// If the search or the filters hide the selected node, clears them and goes to the node.
    pub fn unhide_selected(&mut self) {
        if let Some(node) = self.cursor.selected
            && self.outline.hides(&self.jobs, node)
        {
            // The search and the filters are cleared. A job of an added event is hidden by default, so the filter then shows those.
            let event_jobs = self.jobs.find(node).is_some_and(|subject| subject.job.job.is_added_event());
            self.set_filter(Filter { event_jobs, ..Filter::default() });
            self.go_to(node);
        }
    }

    /// Focuses a row or one of its cells, if there is such a row.
    pub fn focus_on(&mut self, node: NodeId, cell: Option<Cell>) {
        if let Some(index) = self.outline.index_of(&self.jobs, node) {
            self.cursor.focus = Some(Focus { node, cell, index });
        }
    }

    /// The admin scrolled.
    pub fn scrolled_to(&mut self, top: u32) {
        self.viewport.scrolled_to(top, self.outline.row_count());
    }

    /// The grid got another height.
    pub fn resized(&mut self, height: u32) {
        self.viewport.resized(height, self.outline.row_count());
    }

    /// The grid got another width.
    pub fn set_cells(&mut self, cells: Cells) {
        self.viewport.cells = cells;
        if let Some(focus) = &mut self.cursor.focus {
            focus.cell = focus.cell.filter(|cell| cells.contains(*cell));
        }
    }

    /// The rows to have in the document.
    pub fn window(&self) -> Window {
        Window::of(&self.jobs, &self.outline, &self.cursor, self.viewport, &self.watch)
    }

    /// Loads all steps that the query needs, however many there are, until a query needs none.
    pub fn load_all(&mut self) {
        self.outline.loads_all = self.outline.need().is_some();
    }

    /// If the awaited node is loaded: expands it and its ancestors, focuses it and scrolls to it.
    fn show_awaited(&mut self) {
        let Some(node) = self.cursor.awaited else { return };
        match self.jobs.look_up(node, None) {
            Lookup::Waiting => return,
            Lookup::Gone(_) => {
                self.cursor.awaited = None;
                return;
            }
            Lookup::Here(subject) => {
                for above in subject.ancestors() {
                    self.set_open(above.id(), true);
                }
                // A step without children stays collapsed, even if children come later.
                if subject.step().is_none_or(|step| step.descendants > 0) {
                    self.set_open(node, true);
                }
            }
        }
        self.cursor.awaited = None;
        // The filter may hide it.
        if let Some(index) = self.outline.index_of(&self.jobs, node) {
            self.focus_on(node, None);
            self.viewport.scroll_to_middle(index, self.outline.row_count());
        }
    }

    /// Filters, sorts and flattens again after a change of the jobs or the query. `anchors` are from before the change.
    fn refilter(&mut self, anchors: &Anchors) {
        self.refilter_matched(anchors, None);
    }

    fn refilter_matched(&mut self, anchors: &Anchors, matching: Option<&Matching>) {
        self.outline.refilter(&self.jobs, matching);
        self.replace_rows(anchors);
    }
}

/// The jobs of which at least a row is in view.
pub fn jobs_in_view(jobs: &Jobs, outline: &Outline, viewport: Viewport) -> Vec<JobId> {
    let in_view = viewport.in_view(outline.row_count());
    in_view.filter_map(|index| outline.node_at(jobs, index)).map(NodeId::job).collect()
}
