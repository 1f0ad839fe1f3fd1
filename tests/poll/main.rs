//! When to ask the engine, what for, and how what came is told: the small state machines beside the grid.
#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

#[path = "../support/mod.rs"]
mod support;

mod poller;
mod preferences;
mod reconcile;
mod recorded;
mod steps;
mod timeline;
mod words;
