//! The outline: nest, filter, sort, flatten, and the difference between two snapshots.
#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

#[path = "../support/mod.rs"]
mod support;

mod again;
mod change;
mod filter;
mod flatten;
mod moments;
mod nest;
mod recorded;
mod snapshot;
mod sort;
