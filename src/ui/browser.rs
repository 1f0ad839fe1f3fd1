//! What the page needs of the browser beyond its elements: clock, storage, focus, where the detail is, and how tall an element can be.

pub mod clock;
pub mod detail_pane;
pub mod focus;
pub mod focus_keeper;
pub mod keyboard;
pub mod storage;
pub mod tab_icon;
pub mod tallest;
