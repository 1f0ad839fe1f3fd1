//! Random and almost valid input: every request gets a proper answer.
#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod bodies;
mod follow;
mod handler;
mod input;
mod search;
mod server;
#[path = "../support/mod.rs"]
mod support;
#[path = "../conformance/xml.rs"]
#[allow(dead_code, reason = "only its reader is of use here")]
mod xml;

use proptest::test_runner::Config;

/// That many cases. A failure is not written into the source tree; its message contains the input.
fn cases(cases: u32) -> Config {
    Config { cases, failure_persistence: None, ..Config::default() }
}
