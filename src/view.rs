//! What the admin is doing, as pure state machines: no browser, no clock, no framework.
//!
//! The page feeds them events and shows what they say; the tests feed them thousands of random ones.

pub mod doubt;
pub mod form;
pub mod grid;
pub mod link;
pub mod panel;
pub mod poll;
pub mod preferences;
pub mod route;
pub mod steps;
pub mod timeline;
pub mod words;
