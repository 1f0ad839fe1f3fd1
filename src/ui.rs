//! The page: what is drawn, live by Leptos' signals, over the state machines of [`crate::view`].

mod app;
mod banner;
mod clock;
mod context;
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

pub use app::app;
pub use context::{Context, Session};
pub use part::view::View;

use leptos::{mount::UnmountHandle, prelude::*};
use web_sys::HtmlElement;

use crate::host::Host;

/// Draws something at the end of an element, and keeps it live for as long as the handle is kept.
pub fn mount(parent: HtmlElement, draw: impl FnOnce() -> View + 'static) -> UnmountHandle<<() as Render>::State> {
    // What Leptos has to draw is nothing: it keeps the signals.
    leptos::mount::mount_to(parent.clone(), move || draw().append_to(&parent))
}

/// Puts the app in the place of the static shell.
pub fn start() {
    crash::report_panics();
    let host = Host::detect();
    if let Some(web_admin) = host.web_admin() {
        clock::write_in(web_admin.language());
        storage::keep_for_panel_of(&web_admin.user_id().unwrap_or_default());
    }
    if let Some(shell) = document().get_element_by_id("shell") {
        shell.remove();
    }
    if let Some(body) = document().body() {
        mount(body, move || app(host)).forget();
    }
}
