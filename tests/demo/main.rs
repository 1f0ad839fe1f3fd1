//! The demo's engine in a real browser: its world, what it keeps, two tabs at once, and each fault.
//! `cargo test --target wasm32-unknown-unknown --no-default-features --features demo --test demo`
#![cfg(all(target_arch = "wasm32", feature = "demo"))]
// Clippy knows the tests of `#[test]` only.
#![allow(clippy::unwrap_used, clippy::panic)]

mod browser;
mod faults;
mod kept;
mod tab;
mod tabs;
mod world;

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);
