//! The browser's storage: preferences permanently, the view for this tab. Data of an engine is never stored.
//!
//! The page in a tab and the panel in web admin may have the same origin, but their data is separate. In web admin each user has
//! separate data. If storage is full or forbidden, nothing is stored and the page still works.

use std::cell::RefCell;

use leptos::prelude::window;
use web_sys::Storage;

use crate::{
    domain::outline::NodeId,
    view::{
        preferences::Preferences,
        route::{Route, Target},
    },
};

const PREFERENCES: &str = "preferences";
/// The number in these names changes with the format of the text.
const OPEN: &str = "1/open";
const VIEW: &str = "1/view";
/// More nodes than a user expands by hand. It limits the size of the entry.
pub const MOST_OPEN: usize = 500;

thread_local! {
    static PREFIX: RefCell<String> = RefCell::new("task-monitor/".to_owned());
}

/// From now on uses the data of this user's panel. `user` is an id.
pub fn use_panel_of(user: &str) {
    PREFIX.set(format!("task-monitor/panel/{user}/"));
}

/// The stored preferences.
pub fn preferences() -> Option<Preferences> {
    read(local(), PREFERENCES).map(|text| Preferences::parse(&text))
}

/// Stores the preferences.
pub fn store_preferences(preferences: Preferences) {
    write(local(), PREFERENCES, &preferences.to_text());
}

/// The nodes that were expanded before a reload.
pub fn open_nodes() -> Vec<NodeId> {
    let text = read(session(), OPEN).unwrap_or_default();
    text.lines().filter_map(|line| Route::parse(line).target.node()).collect()
}

/// Stores the expanded nodes, each as the link to it.
pub fn store_open(open: &[NodeId]) {
    let link = |node: &NodeId| Route::default().with_target(Target::Node(*node)).to_string();
    let links: Vec<String> = open.iter().map(link).collect();
    write(session(), OPEN, &links.join("\n"));
}

/// The view before a reload, and its scroll position in CSS pixels.
pub fn view() -> (Route, u32) {
    let text = read(session(), VIEW).unwrap_or_default();
    let (route, top) = text.rsplit_once('\n').unwrap_or((&text, ""));
    (Route::parse(route), top.parse().unwrap_or(0))
}

/// Stores the view.
pub fn store_view(route: &Route, scroll_top: u32) {
    write(session(), VIEW, &format!("{route}\n{scroll_top}"));
}

fn read(storage: Option<Storage>, name: &str) -> Option<String> {
    storage?.get_item(&key(name)).ok().flatten()
}

fn write(storage: Option<Storage>, name: &str, text: &str) {
    if let Some(storage) = storage {
        let _ = storage.set_item(&key(name), text);
    }
}

fn key(name: &str) -> String {
    PREFIX.with_borrow(|prefix| format!("{prefix}{name}"))
}

fn local() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn session() -> Option<Storage> {
    window().session_storage().ok().flatten()
}
