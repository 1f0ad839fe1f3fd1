//! What the page keeps in the browser: preferences for good, the view for the tab. Nothing that an engine said.
//!
//! A page in a tab of its own and one in web admin share the origin, but not what they keep; in web admin, neither do two users
//! who use the same tab. Storage may be full or forbidden; then nothing is kept, and nothing else happens.

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
/// In these, the number goes up with what the text means.
const OPEN: &str = "1/open";
const VIEW: &str = "1/view";
/// More than anybody opens by hand; keeps the entry small.
pub const MOST_OPEN: usize = 500;

thread_local! {
    static PREFIX: RefCell<String> = RefCell::new("task-monitor/".to_owned());
}

/// Keeps everything from now on for the panel of one user, by id.
pub fn keep_for_panel_of(user: &str) {
    PREFIX.set(format!("task-monitor/panel/{user}/"));
}

/// How the admin likes the page, if that is known.
pub fn preferences() -> Option<Preferences> {
    kept(local(), PREFERENCES).map(|text| Preferences::parse(&text))
}

/// Keeps how the admin likes the page.
pub fn keep_preferences(preferences: Preferences) {
    keep(local(), PREFERENCES, &preferences.to_text());
}

/// What was open before the page was loaded again.
pub fn open_nodes() -> Vec<NodeId> {
    let text = kept(session(), OPEN).unwrap_or_default();
    text.lines().filter_map(|line| Route::parse(line).target.node()).collect()
}

/// Keeps what is open, each as the link to it.
pub fn keep_open(open: &[NodeId]) {
    let link = |node: &NodeId| Route::default().with_target(Target::Node(*node)).to_string();
    let links: Vec<String> = open.iter().map(link).collect();
    keep(session(), OPEN, &links.join("\n"));
}

/// The view before the page was loaded again, and how far it was scrolled, in CSS pixels.
pub fn view() -> (Route, u32) {
    let text = kept(session(), VIEW).unwrap_or_default();
    let (route, top) = text.rsplit_once('\n').unwrap_or((&text, ""));
    (Route::parse(route), top.parse().unwrap_or(0))
}

/// Keeps the view.
pub fn keep_view(route: &Route, scroll_top: u32) {
    keep(session(), VIEW, &format!("{route}\n{scroll_top}"));
}

fn kept(storage: Option<Storage>, name: &str) -> Option<String> {
    storage?.get_item(&key(name)).ok().flatten()
}

fn keep(storage: Option<Storage>, name: &str, text: &str) {
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
