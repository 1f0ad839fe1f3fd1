//! The part of the rows that is on screen, and the columns that fit. Lengths are CSS pixels.

use std::ops::Range;

use super::columns::Cells;

/// Height of a row.
pub const ROW_HEIGHT: u32 = 32;

/// Rows that are mounted before and after those in view, so that a fast scroll shows no gap.
const SPARE_ROWS: usize = 3;

/// The greatest height of the banner below the tree.
const BANNER: u32 = 128;

/// How far the grid is scrolled, how high it is, and which columns it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Viewport {
    pub(super) cells: Cells,
    pub(super) scroll_top: u32,
    pub(super) height: u32,
}

impl Viewport {
    /// How far it is scrolled.
    pub const fn scroll_top(self) -> u32 {
        self.scroll_top
    }

    /// Which columns it shows.
    pub const fn cells(self) -> Cells {
        self.cells
    }

    /// How many rows an element of this height can show, with some room for the header and below the last row.
    pub(super) fn rows_within(height: u32) -> usize {
        to_index((height / ROW_HEIGHT).saturating_sub(8).max(1))
    }

    /// The height of all rows, and of the empty room below them that is in view.
    pub fn whole_height(self, rows: usize) -> u32 {
        to_pixels(rows).max(self.scroll_top.saturating_add(self.height))
    }

    /// The rows of which at least a part is in view. `rows` is the number of all rows.
    pub fn in_view(self, rows: usize) -> Range<usize> {
        let first = to_index(self.scroll_top / ROW_HEIGHT);
        let last = to_index((self.scroll_top + self.height).div_ceil(ROW_HEIGHT));
        first.min(rows)..last.min(rows)
    }

    /// The rows in the document: those in view and a few more.
    pub(super) fn mounted(self, rows: usize) -> Range<usize> {
        let view = self.in_view(rows);
        view.start.saturating_sub(SPARE_ROWS)..(view.end + SPARE_ROWS).min(rows)
    }

    /// The number of whole rows in view.
    pub(super) fn page(self) -> usize {
        to_index(self.height / ROW_HEIGHT)
    }

    /// The admin scrolled. Empty room below the last row stays until it is scrolled out of view.
    pub(super) fn scrolled_to(&mut self, top: u32, rows: usize) {
        self.scroll_top = top.min(self.lowest_top(rows).max(self.scroll_top));
    }

    /// The height of the grid changed. If the banner below the grid disappears, the last rows stay where they are: then there is empty
    /// room below the last row.
    pub(super) fn resized(&mut self, height: u32, rows: usize) {
        self.height = height;
        if self.scroll_top > self.lowest_top(rows) + BANNER {
            self.scroll_top = self.lowest_top(rows);
        }
    }

    /// Scrolls as little as possible to bring a whole row into view.
    pub(super) fn scroll_to(&mut self, index: usize) {
        let top = to_pixels(index);
        let lowest = (top + ROW_HEIGHT).saturating_sub(self.height);
        self.scroll_top = self.scroll_top.clamp(lowest.min(top), top);
    }

    /// Scrolls a row to the middle, unless it is in view already.
    pub(super) fn scroll_to_middle(&mut self, index: usize, rows: usize) {
        let top = to_pixels(index);
        if top < self.scroll_top || top + ROW_HEIGHT > self.scroll_top + self.height {
            self.scroll_top = top.saturating_sub(self.height / 2).min(self.lowest_top(rows));
        }
    }

    /// The greatest scroll position that leaves no room below the last row.
    pub(super) fn lowest_top(self, rows: usize) -> u32 {
        to_pixels(rows).saturating_sub(self.height)
    }
}

pub(super) const fn to_index(rows: u32) -> usize {
    rows as usize
}

/// Rows that are too far down for 32 bits share a position.
pub(super) fn to_pixels(rows: usize) -> u32 {
    u32::try_from(rows).unwrap_or(u32::MAX).saturating_mul(ROW_HEIGHT)
}
