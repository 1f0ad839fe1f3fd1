//! Which cells a row has at which width.

/// A cell of a row, in the order of the grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cell {
    /// Expander, status icon, text, share and tags.
    Description,
    /// Status in words.
    Status,
    /// A step's own progress, or the share of ended steps.
    Progress,
    /// The bar on the time axis.
    Timeline,
    /// When it started.
    Started,
    /// How long it took, or has taken.
    Duration,
    /// The owner.
    Owner,
    /// The row's menu.
    Actions,
}

impl Cell {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::Description,
        Self::Status,
        Self::Progress,
        Self::Timeline,
        Self::Started,
        Self::Duration,
        Self::Owner,
        Self::Actions,
    ];

    /// 1-based position among all cells, shown or not (`aria-colindex`).
    pub const fn position(self) -> usize {
        self as usize + 1
    }
}

/// The cells that are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cells(u8);

/// The cells that a narrow grid leaves out, the first one first. Each has the smallest width in CSS pixels at which it is still shown.
/// In a narrower grid the description would have less than 280 pixels.
const LEFT_OUT: [(Cell, u32); 4] =
    [(Cell::Owner, 1_008), (Cell::Timeline, 874), (Cell::Progress, 728), (Cell::Started, 616)];

/// Every cell.
impl Default for Cells {
    fn default() -> Self {
        Self::all()
    }
}

impl Cells {
    /// Every cell.
    pub const fn all() -> Self {
        Self(u8::MAX)
    }

    /// The cells for a grid of that width, in CSS pixels.
    pub fn for_width(width: u32) -> Self {
        LEFT_OUT
            .iter()
            .filter(|(_, narrowest)| width < *narrowest)
            .fold(Self::all(), |cells, (cell, _)| cells.without(*cell))
    }

    /// Whether a cell is shown.
    pub const fn contains(self, cell: Cell) -> bool {
        self.0 & (1 << cell as u8) != 0
    }

    /// The shown cells, in order.
    pub fn iter(self) -> impl DoubleEndedIterator<Item = Cell> {
        Cell::ALL.into_iter().filter(move |cell| self.contains(*cell))
    }

    const fn without(self, cell: Cell) -> Self {
        Self(self.0 & !(1 << cell as u8))
    }
}
