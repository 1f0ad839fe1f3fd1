//! The page: Leptos components over the state machines of [`crate::view`].
//!
//! The parts, from the bottom to the top, as in the table of `src/lib.rs`. `tests/layers` compares all paths with this table, too.
//!
//! | part | what it is for | uses |
//! |---|---|---|
//! | `crash` | the report of a panic | nothing |
//! | `browser` | clock, storage, focus, and where the detail is | nothing |
//! | `components` | building blocks that know nothing of jobs | `browser` |
//! | [`state`] | what the page knows and what is open, each part with one owner | `browser` |
//! | `browser::address` | keeps the address and the state the same | `browser`, `state` |
//! | [`sync`] | tasks that keep the state true: polls, steps, names, submissions, log-in | `browser`, `state` |
//! | `demo` | what only the demo shows | `components`, `state`, `sync` |
//! | [`grid`] | the tree of jobs and steps | `browser`, `components`, `state`, `sync` |
//! | `detail` | the detail of a job or step | `browser`, `browser::address`, `components`, `state`, `sync`, `grid` |
//! | `forms` | the forms | `browser`, `components`, `state`, `sync` |
//! | `pages` | what stands where, before and after the log-in | `browser`, `browser::address`, `components`, `state`, `sync`, `demo`, `detail`, `grid`, `forms` |
//! | `app` | the whole page | `browser`, `browser::address`, `state`, `sync`, `demo`, `pages` |
//! | `mounting` | mounts the page, and mounts it anew after another program of the browser has damaged it | `browser`, `state`, `app` |

mod app;
mod browser;
mod components;
mod crash;
mod demo;
mod detail;
mod forms;
pub mod grid;
mod mounting;
mod pages;
pub mod state;
pub mod sync;

use leptos::prelude::*;

use crate::host::PageHost;

/// Puts the page in the place of the static shell.
pub fn start() {
    crash::report_panics();
    let host = PageHost::detect();
    if let Some(web_admin) = host.web_admin() {
        browser::clock::write_in(web_admin.language());
        browser::storage::use_panel_of(&web_admin.user_id().unwrap_or_default());
    }
    if let Some(shell) = document().get_element_by_id("shell") {
        shell.remove();
    }
    browser::keyboard::withhold_keys();
    mounting::mount(host);
}
