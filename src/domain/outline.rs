//! The outline that the page shows: steps nested under jobs, filtered, sorted, and flattened to rows.
//!
//! [`StepTree::nest`] runs when steps arrive, [`filter`] when the data or the question changes, [`flatten`] when somebody
//! opens or closes a row. None of them does work per row that only a visible row needs.

mod expansion;
mod filter;
mod flatten;
mod index;
mod node;
mod search;
mod snapshot;
mod sort;
mod tree;
mod zone;

pub use expansion::Expansion;
pub use filter::{Filter, Filtered, FilteredJob, Kept, KeptStep, StatusSet, filter};
pub use flatten::{Row, find_row, flatten};
pub use node::NodeId;
pub use search::Search;
pub use snapshot::{Counts, JobNode, Names, Snapshot, Steps};
pub use sort::{Column, Direction, Sort};
pub use tree::{Share, StepNode, StepTree};
pub use zone::Zone;
