//! Keeping the admin's place while rows come and go: the focus, and the rows in view.

use super::{Focus, Grid};
use crate::{
    domain::outline::NodeId,
    view::viewport::{to_index, to_pixels},
};

/// How far from a lost row a row that is still there is looked for, on either side.
const NEIGHBOURS: usize = 50;

/// The nodes that tell the place, nearest first: taken before the rows change.
pub(super) struct Anchors {
    focused: Vec<NodeId>,
    pub(super) topmost: Vec<NodeId>,
    /// How far below the upper edge of the view the topmost whole row begins.
    offset: u32,
    /// How much of the view is below the last row of a list that is longer than the view.
    room_below: u32,
}

impl Grid {
    /// The anchors of the rows as they are now.
    pub(super) fn anchors(&self) -> Anchors {
        let scroll_top = self.viewport.scroll_top;
        let top = to_index(scroll_top.div_ceil(crate::view::viewport::ROW_HEIGHT));
        Anchors {
            focused: self.cursor.focus.map_or_else(Vec::new, |focus| self.around(focus.index)),
            // At the very top, new rows are to be seen, not to be scrolled past.
            topmost: if scroll_top == 0 { Vec::new() } else { self.around(top) },
            offset: to_pixels(top) - scroll_top,
            room_below: scroll_top.saturating_sub(self.viewport.lowest_top(self.outline.row_count())),
        }
    }

    /// Makes the rows anew after a change of what they are made of, and then finds the admin's place again.
    pub(super) fn replace_rows(&mut self, anchors: &Anchors) {
        self.outline.flatten(&self.jobs);
        self.cursor.focus = self.cursor.focus.and_then(|focus| self.follow_focus(anchors, focus));
        let lowest = match self.viewport.lowest_top(self.outline.row_count()) {
            0 => 0,
            lowest => lowest + anchors.room_below,
        };
        self.viewport.scroll_top = self.follow_scroll(anchors).min(lowest);
    }

    /// The nodes of a row, of those after it, and of those before it, nearest first.
    fn around(&self, index: usize) -> Vec<NodeId> {
        let node_at = |index| self.outline.node_at(&self.jobs, index);
        let mut nodes: Vec<NodeId> = (index..index + NEIGHBOURS).map_while(node_at).collect();
        nodes.extend((index.saturating_sub(NEIGHBOURS)..index).rev().filter_map(node_at));
        nodes
    }

    /// The focus stays on its node. If a collapsed parent hides that, the parent takes it; if it is gone, the nearest row.
    fn follow_focus(&self, anchors: &Anchors, focus: Focus) -> Option<Focus> {
        let Self { jobs, outline, .. } = self;
        if let Some(index) = outline.index_of(jobs, focus.node) {
            return Some(Focus { index, ..focus });
        }
        let heir = outline.shown_ancestor(jobs, focus.node).or_else(|| outline.first_shown(jobs, &anchors.focused));
        // If all around it is gone too, what stands nearest to where it was.
        let index = heir.unwrap_or(focus.index).min(outline.row_count().checked_sub(1)?);
        Some(Focus { node: outline.node_at(jobs, index)?, cell: None, index })
    }

    /// The topmost whole row stays where it is on screen.
    fn follow_scroll(&self, anchors: &Anchors) -> u32 {
        match self.outline.first_shown(&self.jobs, &anchors.topmost) {
            Some(index) => to_pixels(index).saturating_sub(anchors.offset),
            None => self.viewport.scroll_top,
        }
    }
}
