//! What the page needs of the browser beyond its elements: clock, storage, address, focus.

pub mod address;
pub mod clock;
pub mod focus;
pub mod storage;
