//! What the page keeps in the browser: preferences for good, what is open for the tab. Nothing that an engine said.
//!
//! Storage may be full or forbidden; then nothing is kept, and nothing else happens.

use leptos::prelude::window;
use web_sys::Storage;

use crate::{
    domain::outline::{Expansion, NodeId},
    view::{
        preferences::Preferences,
        route::{Route, Target},
    },
};

const PREFERENCES: &str = "task-monitor/preferences";
const OPEN: &str = "task-monitor/open";
/// More than anybody opens by hand; keeps the entry small.
const MOST_OPEN: usize = 500;

/// How the admin likes the page.
pub fn preferences() -> Preferences {
    let text = local().and_then(|storage| storage.get_item(PREFERENCES).ok().flatten());
    text.map(|text| Preferences::parse(&text)).unwrap_or_default()
}

/// Keeps how the admin likes the page.
pub fn keep_preferences(preferences: Preferences) {
    keep(local(), PREFERENCES, &preferences.to_text());
}

/// What was open before the tab was reloaded.
pub fn open_nodes() -> Vec<NodeId> {
    let text = session().and_then(|storage| storage.get_item(OPEN).ok().flatten()).unwrap_or_default();
    text.lines().filter_map(|line| Route::parse(line).target.node()).collect()
}

/// Keeps what is open, each as the link to it.
pub fn keep_open(expansion: &Expansion) {
    let link = |node| Route::default().with_target(Target::Node(node)).to_string();
    let links: Vec<String> = expansion.opened().take(MOST_OPEN).map(link).collect();
    keep(session(), OPEN, &links.join("\n"));
}

fn keep(storage: Option<Storage>, name: &str, text: &str) {
    if let Some(storage) = storage {
        let _ = storage.set_item(name, text);
    }
}

fn local() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn session() -> Option<Storage> {
    window().session_storage().ok().flatten()
}
