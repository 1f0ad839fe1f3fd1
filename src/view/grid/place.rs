//! Keeping the admin's place while rows come and go: the focus, and the rows in view.

use std::{ops::Range, sync::Arc};

use super::{Focus, Grid, ROW_HEIGHT, SPARE_ROWS};
use crate::domain::outline::{self, NodeId};

impl Grid {
    /// The admin scrolled. Room that is left below the last row stays until it is scrolled away.
    pub fn scrolled_to(&mut self, top: u32) {
        self.scroll_top = top.min(self.lowest_top().max(self.scroll_top));
    }

    /// The view got another height. At the end of the list too the rows stay where they are when a banner below them goes:
    /// there is room below the last row then.
    pub fn resized(&mut self, height: u32) {
        self.height = height;
        if self.scroll_top > self.lowest_top() + BANNER {
            self.scroll_top = self.lowest_top();
        }
    }

    /// The height that all rows take, in CSS pixels, and the room below them that is in view.
    pub fn whole_height(&self) -> u32 {
        to_pixels(self.rows.len()).max(self.scroll_top.saturating_add(self.height))
    }

    /// The rows of which at least a part is in view.
    pub fn in_view(&self) -> Range<usize> {
        let first = to_index(self.scroll_top / ROW_HEIGHT);
        let last = to_index((self.scroll_top + self.height).div_ceil(ROW_HEIGHT));
        first.min(self.rows.len())..last.min(self.rows.len())
    }

    /// The rows to have in the document: those in view and a few more.
    pub(super) fn mounted(&self) -> Range<usize> {
        let view = self.in_view();
        view.start.saturating_sub(SPARE_ROWS)..(view.end + SPARE_ROWS).min(self.rows.len())
    }

    /// How many rows fit, whole.
    pub(super) fn page(&self) -> usize {
        to_index(self.height / ROW_HEIGHT)
    }

    /// Scrolls as little as it takes to have the focused row wholly in view.
    pub(super) fn scroll_to_focus(&mut self) {
        let Some(Focus { index, .. }) = self.focus else { return };
        let top = to_pixels(index);
        let lowest = (top + ROW_HEIGHT).saturating_sub(self.height);
        self.scroll_top = self.scroll_top.clamp(lowest.min(top), top);
    }

    /// Scrolls the focused row to the middle, unless it is in view already.
    pub(super) fn scroll_to_focus_in_the_middle(&mut self) {
        let Some(Focus { index, .. }) = self.focus else { return };
        let top = to_pixels(index);
        if top < self.scroll_top || top + ROW_HEIGHT > self.scroll_top + self.height {
            self.scroll_top = top.saturating_sub(self.height / 2).min(self.lowest_top());
        }
    }

    /// Makes the rows anew after a change of what they are made of, and then finds the admin's place again.
    pub(super) fn replace_rows(&mut self, places: &Places) {
        self.rows = Arc::new(outline::flatten(&self.snapshot, &self.filtered, &self.expansion));
        self.focus = self.focus.and_then(|focus| places.follow_focus(self, focus));
        let lowest = match self.lowest_top() {
            0 => 0,
            lowest => lowest + places.room_below,
        };
        self.scroll_top = places.follow_scroll(self).min(lowest);
    }

    /// Remembers the nodes that matter for the place, and what stands after and before them: to be asked for before a change of
    /// what the rows are made of.
    pub(super) fn places(&self) -> Places {
        let top = to_index(self.scroll_top.div_ceil(ROW_HEIGHT));
        Places {
            focused: self.focus.map_or_else(Vec::new, |focus| self.around(focus.index)),
            // At the very top, new rows are to be seen, not to be scrolled past.
            topmost: if self.scroll_top == 0 { Vec::new() } else { self.around(top) },
            offset: to_pixels(top) - self.scroll_top,
            room_below: self.scroll_top.saturating_sub(self.lowest_top()),
        }
    }

    /// The nodes of a row, of those after it, and of those before it, nearest first.
    fn around(&self, index: usize) -> Vec<NodeId> {
        let mut nodes: Vec<NodeId> = (index..index + NEIGHBOURS).map_while(|index| self.node_at(index)).collect();
        nodes.extend((index.saturating_sub(NEIGHBOURS)..index).rev().filter_map(|index| self.node_at(index)));
        nodes
    }

    fn lowest_top(&self) -> u32 {
        to_pixels(self.rows.len()).saturating_sub(self.height)
    }
}

/// What a banner may be high at most, in CSS pixels.
const BANNER: u32 = 128;

/// How far a lost row's nearest surviving neighbour is looked for on either side.
const NEIGHBOURS: usize = 50;

/// The nodes that matter for the place, nearest first.
pub(super) struct Places {
    focused: Vec<NodeId>,
    pub(super) topmost: Vec<NodeId>,
    /// How far below the upper edge of the view the topmost whole row begins.
    offset: u32,
    /// How much of the view is below the last row of a list that is longer than the view.
    room_below: u32,
}

impl Places {
    /// The focus stays on its node. If that is hidden in a closed parent, the parent takes it; if it is gone, the nearest row.
    fn follow_focus(&self, grid: &Grid, focus: Focus) -> Option<Focus> {
        if let Some(index) = grid.index_of(focus.node) {
            return Some(Focus { index, ..focus });
        }
        let heir = grid.shown_ancestor(focus.node).or_else(|| grid.first_shown(&self.focused));
        // If all around it is gone too, what stands nearest to where it was.
        let index = heir.unwrap_or(focus.index).min(grid.rows.len().checked_sub(1)?);
        Some(Focus { node: grid.node_at(index)?, cell: None, index })
    }

    /// The topmost whole row stays where it is on screen.
    fn follow_scroll(&self, grid: &Grid) -> u32 {
        match grid.first_shown(&self.topmost) {
            Some(index) => to_pixels(index).saturating_sub(self.offset),
            None => grid.scroll_top,
        }
    }
}

impl Grid {
    pub(super) fn first_shown(&self, nodes: &[NodeId]) -> Option<usize> {
        nodes.iter().find_map(|node| self.index_of(*node))
    }

    fn shown_ancestor(&self, node: NodeId) -> Option<usize> {
        let NodeId::Step(job, step) = node else { return None };
        let tree = self.snapshot.find(job)?.steps.tree()?;
        let mut above = tree.find(step)?.1.parent;
        while let Some(node) = above.and_then(|index| tree.nodes().get(to_index(index))) {
            if let Some(index) = self.index_of(NodeId::Step(job, node.step.id)) {
                return Some(index);
            }
            above = node.parent;
        }
        self.index_of(NodeId::Job(job))
    }
}

const fn to_index(rows: u32) -> usize {
    rows as usize
}

/// Beyond what a browser can scroll, the last rows share a place.
fn to_pixels(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX).saturating_mul(ROW_HEIGHT)
}
