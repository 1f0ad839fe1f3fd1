//! The keyboard of the tree grid: the table of `accessibility.md` section 3.1, single selection.

use super::{Cell, Cells, Focus, Grid};
use crate::domain::outline::NodeId;

/// A key, with what was held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key {
    /// →
    Right,
    /// ←
    Left,
    /// ↓
    Down,
    /// ↑
    Up,
    /// Home
    Home,
    /// End
    End,
    /// Ctrl+Home
    CtrlHome,
    /// Ctrl+End
    CtrlEnd,
    /// Page down
    PageDown,
    /// Page up
    PageUp,
    /// Enter
    Enter,
    /// Space, or Shift+Space
    Space,
    /// `*`
    Star,
}

/// What came of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pressed {
    /// Nothing: let the browser have it.
    Ignored,
    /// The grid has done what there was to do.
    Done,
    /// The node is to be selected, and the focus stays.
    Select(NodeId),
    /// The node's details are to be opened, and the focus goes there.
    Open(NodeId),
    /// The widget of the cell is to be used.
    Use(NodeId, Cell),
}

impl Grid {
    /// Takes a key. Without a focus the first row has it.
    pub fn press(&mut self, key: Key) -> Pressed {
        if self.focus.is_none() {
            self.move_to(0, None);
        }
        let Some(focus) = self.focus else { return Pressed::Ignored };
        let last = self.rows.len().saturating_sub(1);
        let page = self.page().saturating_sub(1).max(1);
        match (key, focus.cell) {
            (Key::Down, cell) => self.move_to((focus.index + 1).min(last), cell),
            (Key::Up, cell) => self.move_to(focus.index.saturating_sub(1), cell),
            (Key::PageDown, cell) => self.move_to((focus.index + page).min(last), cell),
            (Key::PageUp, cell) => self.move_to(focus.index.saturating_sub(page), cell),
            (Key::CtrlHome, cell) | (Key::Home, cell @ None) => self.move_to(0, cell),
            (Key::CtrlEnd, cell) | (Key::End, cell @ None) => self.move_to(last, cell),
            (Key::Home, Some(_)) => self.move_to(focus.index, self.cells.iter().next()),
            (Key::End, Some(_)) => self.move_to(focus.index, self.cells.iter().next_back()),
            (Key::Right, cell) => self.right(focus, cell),
            (Key::Left, cell) => self.left(focus, cell),
            (Key::Star, _) => self.open_siblings(focus.index),
            (Key::Space, _) => return Pressed::Select(focus.node),
            (Key::Enter, Some(Cell::Actions)) => return Pressed::Use(focus.node, Cell::Actions),
            (Key::Enter, Some(Cell::Description)) if self.can_open(focus.index) => self.toggle(focus.node),
            (Key::Enter, _) => return Pressed::Open(focus.node),
        }
        Pressed::Done
    }

    /// Moves to the next row, after the focused one and round the end, whose text starts with what was typed.
    pub fn type_ahead(&mut self, typed: &str) -> Pressed {
        let typed = typed.to_lowercase();
        let from = self.focus.map_or(0, |focus| focus.index);
        // A single letter goes on to the next one; more of the same word may stay.
        let skip = usize::from(self.focus.is_some() && typed.chars().count() == 1);
        let order = (from + skip..self.rows.len()).chain(0..from);
        let text = |index: usize| match self.look_up(index)? {
            (job, None) => Some(job.folded()),
            (job, Some(step)) => job.steps.tree().map(|tree| tree.folded_of(step)),
        };
        let starts = |index: &usize| text(*index).is_some_and(|text| text.starts_with(&typed));
        match order.into_iter().find(starts) {
            Some(index) => {
                self.move_to(index, None);
                Pressed::Done
            }
            None => Pressed::Ignored,
        }
    }

    /// The grid got another width.
    pub fn set_cells(&mut self, cells: Cells) {
        self.cells = cells;
        if let Some(focus) = &mut self.focus {
            focus.cell = focus.cell.filter(|cell| cells.contains(*cell));
        }
    }

    fn move_to(&mut self, index: usize, cell: Option<Cell>) {
        if let Some(node) = self.node_at(index) {
            self.focus = Some(Focus { node, cell, index });
            self.scroll_to_focus();
        }
    }

    fn right(&mut self, focus: Focus, cell: Option<Cell>) {
        match cell {
            None if self.can_open(focus.index) && !self.is_open(focus.node) => self.set_open(focus.node, true),
            None => self.move_to(focus.index, self.cells.iter().next()),
            Some(cell) => {
                let next = self.cells.iter().find(|other| *other > cell).unwrap_or(cell);
                self.move_to(focus.index, Some(next));
            }
        }
    }

    fn left(&mut self, focus: Focus, cell: Option<Cell>) {
        match cell {
            None if self.can_open(focus.index) && self.is_open(focus.node) => self.set_open(focus.node, false),
            None => {
                if let Some(parent) = self.parent_row(focus.index) {
                    self.move_to(parent, None);
                }
            }
            Some(cell) => {
                let previous = self.cells.iter().rev().find(|other| *other < cell);
                self.move_to(focus.index, previous);
            }
        }
    }

    /// Whether there is something below a row, or may be.
    pub(super) fn can_open(&self, index: usize) -> bool {
        let Some(row) = self.rows.get(index) else { return false };
        let job = self.filtered.jobs.get(row.job as usize);
        job.zip(self.look_up(index)).is_some_and(|(left, (node, _))| left.has_below(node, row.step()))
    }

    fn level(&self, index: usize) -> u32 {
        self.look_up(index).and_then(|(_, step)| step).map_or(0, |step| step.depth)
    }

    fn parent_row(&self, index: usize) -> Option<usize> {
        // Jobs have none; looking for one would take all rows.
        let above = self.level(index).checked_sub(1)?;
        (0..index).rev().find(|index| self.level(*index) == above)
    }

    /// Opens all siblings of a row. Jobs are each other's: a star on a job opens all jobs.
    fn open_siblings(&mut self, index: usize) {
        let level = self.level(index);
        let first = self.parent_row(index).map_or(0, |parent| parent + 1);
        // Where the parent's next sibling stands, its own are over.
        let family = (first..self.rows.len()).take_while(|index| self.level(*index) >= level);
        let siblings = family.filter(|index| self.level(*index) == level && self.can_open(*index));
        let siblings: Vec<NodeId> = siblings.filter_map(|index| self.node_at(index)).collect();
        let places = self.places();
        for node in siblings {
            let revealing = self.is_revealing(node);
            self.expansion.set(node, revealing, true);
        }
        self.replace_rows(&places);
        self.scroll_to_focus();
    }
}
