//! The page: Leptos components over the state machines of [`crate::view`].

mod app;
mod banner;
mod clock;
mod context;
#[cfg(debug_assertions)]
mod crash;
#[cfg(feature = "demo")]
mod demo;
/// What stands in its places in every other page.
#[cfg(not(feature = "demo"))]
#[path = "ui/no_demo.rs"]
mod demo;
mod detail;
mod footer;
mod form;
pub mod grid;
mod head;
mod help;
mod log_in;
mod monitor;
mod part;
mod route;
mod storage;
mod toolbar;

pub use app::App;
pub use context::{Context, Session};

use leptos::prelude::*;

use crate::host::Host;

/// Puts the app in the place of the static shell.
pub fn start() {
    #[cfg(debug_assertions)]
    crash::report_panics();
    let host = Host::detect();
    if let Some(web_admin) = host.web_admin() {
        clock::write_in(web_admin.language());
        storage::keep_for_panel_of(&web_admin.user_id().unwrap_or_default());
    }
    if let Some(shell) = document().get_element_by_id("shell") {
        shell.remove();
    }
    mount_to_body(move || view! { <App host=host.clone() /> });
}
