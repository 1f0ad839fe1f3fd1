//! Why jobs failed: what the page finds in the events of a real engine, and the rules by which it does.
#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod asking;
mod found;
mod rules;
mod signatures;
#[path = "../support/mod.rs"]
mod support;
mod table;
