//! Keys that work anywhere but in a field.

use leptos::{ev, prelude::*};

use super::{failure_control::show_failure, toolbar::focus_search};
use crate::{
    ui::{
        browser::{
            focus::{find, is_within},
            keyboard,
        },
        state::{use_grid, use_navigation, use_overlays, use_preferences},
    },
    view::keyboard::Meaning,
};

/// Listens for `/`, `?`, F8 and Escape as long as the page is there.
pub(super) fn listen_for_shortcuts() {
    let (grid, navigation, overlays, preferences) = (use_grid(), use_navigation(), use_overlays(), use_preferences());
    let listener = window_event_listener(ev::keydown, move |event| {
        let is_typing = is_within(event.target(), "input, textarea, select, dialog");
        if is_typing || event.default_prevented() {
            return;
        }
        let single_keys_work = !preferences.get_untracked().plain_keys;
        let is_something_open = || {
            let is_selected = grid.cursor().with_untracked(|cursor| cursor.selected().is_some());
            navigation.invalid.with_untracked(Option::is_some) || is_selected
        };
        match keyboard::press(&event).meaning() {
            Meaning::Search if single_keys_work => focus_search(),
            Meaning::Help if single_keys_work => overlays.help.set(true),
            Meaning::Failure(way) => show_failure(grid, navigation, way),
            // The browser closes its own popovers.
            Meaning::Escape if find(":popover-open").is_some() => return,
            Meaning::Escape if is_something_open() => navigation.select(None),
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || listener.remove());
}
