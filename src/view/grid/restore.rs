//! Restores the focus and the scroll position after rows were added, removed or moved.

use super::{Focus, Grid};
use crate::{
    domain::outline::NodeId,
    view::viewport::{to_index, to_pixels},
};

/// When a row is gone, this many rows before it and after it are tried.
const NEIGHBOURS: usize = 50;

/// The focus and the scroll position before the rows change, as nodes. The nearest node comes first.
pub(super) struct Anchors {
    focused: Vec<NodeId>,
    pub(super) topmost: Vec<NodeId>,
    /// The distance from the upper edge of the view to the topmost whole row.
    offset: u32,
    /// The height of the empty room below the last row, if the list is longer than the view.
    room_below: u32,
}

impl Grid {
    /// The anchors of the rows as they are now.
    pub(super) fn anchors(&self) -> Anchors {
        let scroll_top = self.viewport.scroll_top;
        let top = to_index(scroll_top.div_ceil(crate::view::viewport::ROW_HEIGHT));
        Anchors {
            focused: self.cursor.focus.map_or_else(Vec::new, |focus| self.around(focus.index)),
            // At the very top, new rows must become visible.
            topmost: if scroll_top == 0 { Vec::new() } else { self.around(top) },
            offset: to_pixels(top) - scroll_top,
            room_below: scroll_top.saturating_sub(self.viewport.lowest_top(self.outline.row_count())),
        }
    }

    /// Makes the rows again after a change, and restores focus and scroll position.
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

    /// The focus stays on its node. If a collapsed ancestor hides the node, the ancestor gets the focus. If the node is gone, the
    /// nearest row gets it.
    fn follow_focus(&self, anchors: &Anchors, focus: Focus) -> Option<Focus> {
        let Self { jobs, outline, .. } = self;
        if let Some(index) = outline.index_of(jobs, focus.node) {
            return Some(Focus { index, ..focus });
        }
        let successor =
            outline.shown_ancestor(jobs, focus.node).or_else(|| outline.first_shown(jobs, &anchors.focused));
        // If all rows around it are gone too, the row at the same index gets the focus.
        let index = successor.unwrap_or(focus.index).min(outline.row_count().checked_sub(1)?);
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
