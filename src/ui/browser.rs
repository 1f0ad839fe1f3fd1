//! What the page needs of the browser beyond its elements: clock, storage, address, focus, and where the detail is.

pub mod address;
pub mod clock;
pub mod detail_pane;
pub mod focus;
pub mod focus_keeper;
pub mod keyboard;
pub mod storage;
