//! The tree grid: a window of rows over the state in [`crate::view::grid`].

mod cells;
mod focus;
mod header;
mod keyboard;
mod row;
mod tip;
mod tree_grid;

pub use focus::{focus_grid, row_element};
pub use header::RangeSelect;
pub use tree_grid::TreeGrid;
