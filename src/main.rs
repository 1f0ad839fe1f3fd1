//! Browser entry: puts the app into the page.

#[cfg(target_arch = "wasm32")]
fn main() {
    task_monitor::ui::start();
}

/// The page runs in a browser; `jobs-engine` is the native program.
#[cfg(not(target_arch = "wasm32"))]
fn main() {}
