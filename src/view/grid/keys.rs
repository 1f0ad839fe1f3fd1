//! The keyboard of the tree grid: the table of `accessibility.md` section 3.1, single selection.

use super::{Cell, Focus, Grid};
use crate::domain::outline::NodeId;

/// A key, with its modifiers.
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

/// What the page must do after a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pressed {
    /// Nothing: the browser handles the key.
    Ignored,
    /// Nothing: the grid has handled the key.
    Done,
    /// Select the node. The focus stays.
    Select(NodeId),
    /// Open the node's details. The focus moves there.
    Open(NodeId),
    /// Use the control in the cell.
    Use(NodeId, Cell),
}

impl Grid {
    /// Handles a key. If nothing has the focus, the first row gets it.
    pub fn press(&mut self, key: Key) -> Pressed {
        if self.cursor.focus.is_none() {
            self.move_to(0, None);
        }
        let Some(focus) = self.cursor.focus else { return Pressed::Ignored };
        let last = self.outline.row_count().saturating_sub(1);
        let page = self.viewport.page().saturating_sub(1).max(1);
        let cells = self.viewport.cells;
        match (key, focus.cell) {
            (Key::Down, cell) => self.move_to((focus.index + 1).min(last), cell),
            (Key::Up, cell) => self.move_to(focus.index.saturating_sub(1), cell),
            (Key::PageDown, cell) => self.move_to((focus.index + page).min(last), cell),
            (Key::PageUp, cell) => self.move_to(focus.index.saturating_sub(page), cell),
            (Key::CtrlHome, cell) | (Key::Home, cell @ None) => self.move_to(0, cell),
            (Key::CtrlEnd, cell) | (Key::End, cell @ None) => self.move_to(last, cell),
            (Key::Home, Some(_)) => self.move_to(focus.index, cells.iter().next()),
            (Key::End, Some(_)) => self.move_to(focus.index, cells.iter().next_back()),
            (Key::Right, cell) => self.right(focus, cell),
            (Key::Left, cell) => self.left(focus, cell),
            (Key::Star, _) => self.open_siblings(focus.index),
            (Key::Space, _) => return Pressed::Select(focus.node),
            (Key::Enter, Some(Cell::Actions)) => return Pressed::Use(focus.node, Cell::Actions),
            (Key::Enter, Some(Cell::Description)) if self.can_open(focus) => self.toggle(focus.node),
            (Key::Enter, _) => return Pressed::Open(focus.node),
        }
        Pressed::Done
    }

    /// Moves to the next row whose text starts with what was typed. After the last row, the search continues at the first.
    pub fn type_ahead(&mut self, typed: &str) -> Pressed {
        let typed = typed.to_lowercase();
        let Self { jobs, outline, cursor, .. } = &*self;
        let from = cursor.focus.map_or(0, |focus| focus.index);
        // A single letter moves to another row. More letters of the same word may stay on this row.
        let skip = usize::from(cursor.focus.is_some() && typed.chars().count() == 1);
        let mut order = (from + skip..outline.row_count()).chain(0..from);
        let text = |index: usize| match outline.look_up(jobs, index)? {
            (job, None) => Some(job.folded()),
            (job, Some(step)) => job.steps.tree().map(|tree| tree.folded_of(step)),
        };
        match order.find(|index| text(*index).is_some_and(|text| text.starts_with(&typed))) {
            Some(index) => {
                self.move_to(index, None);
                Pressed::Done
            }
            None => Pressed::Ignored,
        }
    }

    fn move_to(&mut self, index: usize, cell: Option<Cell>) {
        if let Some(node) = self.outline.node_at(&self.jobs, index) {
            self.cursor.focus = Some(Focus { node, cell, index });
            self.viewport.scroll_to(index);
        }
    }

    fn right(&mut self, focus: Focus, cell: Option<Cell>) {
        let cells = self.viewport.cells;
        match cell {
            None if self.can_open(focus) && !self.is_open(focus) => self.set_open(focus.node, true),
            None => self.move_to(focus.index, cells.iter().next()),
            Some(cell) => {
                let next = cells.iter().find(|other| *other > cell).unwrap_or(cell);
                self.move_to(focus.index, Some(next));
            }
        }
    }

    fn left(&mut self, focus: Focus, cell: Option<Cell>) {
        match cell {
            None if self.can_open(focus) && self.is_open(focus) => self.set_open(focus.node, false),
            None => {
                if let Some(parent) = self.outline.parent_row(&self.jobs, focus.index) {
                    self.move_to(parent, None);
                }
            }
            Some(cell) => {
                let previous = self.viewport.cells.iter().rev().find(|other| *other < cell);
                self.move_to(focus.index, previous);
            }
        }
    }

    fn can_open(&self, focus: Focus) -> bool {
        self.outline.can_open(&self.jobs, focus.index)
    }

    fn is_open(&self, focus: Focus) -> bool {
        self.outline.is_open(&self.jobs, focus.node)
    }

    /// Expands all siblings of a row. On a job that is all jobs.
    fn open_siblings(&mut self, index: usize) {
        let siblings = match self.outline.level(&self.jobs, index) {
            0 => self.outline.jobs_that_open(&self.jobs),
            level => self.siblings_that_open(index, level),
        };
        let anchors = self.anchors();
        self.outline.expansion.open_all(&siblings);
        self.replace_rows(&anchors);
        if let Some(focus) = self.cursor.focus {
            self.viewport.scroll_to(focus.index);
        }
    }

    /// The siblings of a step that have rows below them, and whether the search found something there.
    fn siblings_that_open(&self, index: usize, level: u32) -> Vec<(NodeId, bool)> {
        let Self { jobs, outline, .. } = self;
        let first = outline.parent_row(jobs, index).map_or(0, |parent| parent + 1);
        // A row of a smaller level has another parent.
        let descendants = (first..outline.row_count()).take_while(|index| outline.level(jobs, *index) >= level);
        let siblings =
            descendants.filter(|index| outline.level(jobs, *index) == level && outline.can_open(jobs, *index));
        siblings
            .filter_map(|index| outline.node_at(jobs, index))
            .map(|node| (node, outline.has_match_below(jobs, node)))
            .collect()
    }
}
