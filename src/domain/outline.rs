//! The outline that the page shows: steps nested under jobs, filtered, sorted, and flattened to rows.
//!
//! [`StepTree::nest`] runs when steps arrive, [`filter`] when the data or the filter changes, [`flatten`] when a row is opened
//! or closed. None of them does work for every row that only visible rows need.

mod day_words;
mod expansion;
mod failure;
mod filter;
mod flatten;
mod index;
mod matches;
mod need;
mod node;
mod order;
mod search;
mod snapshot;
mod sort;
mod tree;
mod zone;

pub use day_words::{DayPart, DayWords};
pub use expansion::Expansion;
pub use filter::{Filter, Filtered, FilteredJob, KeptStep, KeptSteps, Query, StatusSet, filter};
pub use flatten::{Row, find_row, flatten};
pub use matches::Matching;
pub use need::{Need, lacking};
pub use node::NodeId;
pub use search::Search;
pub use snapshot::{Counts, JobNode, Names, Snapshot, Steps};
pub use sort::{Column, Direction, Sort, StuckJobs};
pub use tree::{Share, StepNode, StepTree};
pub use zone::Zone;
