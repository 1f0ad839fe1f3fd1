//! The smaller state machines of the view: poll schedule, steps schedule, lost replies, preferences, time axis and words.
#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

#[path = "../support/mod.rs"]
mod support;

mod advice;
mod gone;
mod limits;
mod poller;
mod preferences;
mod reconcile;
mod recorded;
mod steps;
mod timeline;
mod times;
mod unsettled;
mod words;
