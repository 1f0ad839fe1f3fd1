//! The page: Leptos components over the state machines of [`crate::view`].
//!
//! | part | what it is for | uses |
//! |---|---|---|
//! | [`state`] | what the page knows and what is open, each part with one owner | `browser` |
//! | [`sync`] | tasks that keep the state true: polls, steps, names, submissions, log-in | `state` |
//! | `pages` | what stands where; before and after the log-in | everything below it |
//! | [`grid`], `detail`, `forms` | the tree, the detail of a job or step, the forms | `state`, `sync`, `components` |
//! | `components` | building blocks that know nothing of jobs | `browser` |
//! | `browser` | clock, storage, address, focus | the browser |

mod app;
mod browser;
mod components;
mod crash;
mod demo;
mod detail;
mod forms;
pub mod grid;
mod pages;
pub mod state;
pub mod sync;

pub use app::App;

use leptos::prelude::*;

use crate::host::Host;

/// Puts the app in the place of the static shell.
pub fn start() {
    crash::report_panics();
    let host = Host::detect();
    if let Some(web_admin) = host.web_admin() {
        browser::clock::write_in(web_admin.language());
        browser::storage::use_panel_of(&web_admin.user_id().unwrap_or_default());
    }
    if let Some(shell) = document().get_element_by_id("shell") {
        shell.remove();
    }
    leptos::mount::mount_to_body(move || view! { <App host/> });
}
