//! Browser entry: puts the app into the page.
#![cfg_attr(target_arch = "wasm32", no_main)]

/// `wasm-bindgen` calls this when the program has loaded.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen(start)]
fn start() {
    task_monitor::ui::start();
}

/// The page runs in a browser; `jobs-engine` is the native program.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
