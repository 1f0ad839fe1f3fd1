//! The demo's engine in a real browser: the sample world, storage, two tabs at once, and each fault.
//! `cargo test --target wasm32-unknown-unknown --no-default-features --features demo --test demo`
#![cfg(all(target_arch = "wasm32", feature = "demo"))]
// Clippy's settings for tests cover `#[test]` only.
#![allow(clippy::unwrap_used, clippy::panic)]

mod browser;
mod events;
mod faults;
mod storage;
mod tab;
mod tabs;
mod world;

use wasm_bindgen_test::wasm_bindgen_test_configure;

wasm_bindgen_test_configure!(run_in_browser);
