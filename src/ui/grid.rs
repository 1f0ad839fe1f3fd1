//! The tree grid. Its state is in [`crate::view::grid`]; only rows near the view are in the document.

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
