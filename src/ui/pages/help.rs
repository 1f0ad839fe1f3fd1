//! The help: the keys of the page.

use leptos::prelude::*;

use crate::ui::{
    components::Dialog,
    state::{use_overlays, use_preferences},
};

/// What each key does.
const KEYS: [(&str, &str); 15] = [
    ("↑ ↓", "Previous or next row; in a cell, the same column"),
    ("→", "Expand the row; if it is expanded or has no steps, go to its first cell"),
    ("←", "Collapse the row; if it is collapsed, go to its parent; in a cell, back to the row"),
    ("Home, End", "First or last row; in a cell, first or last cell"),
    ("Ctrl+Home, Ctrl+End", "First or last row"),
    ("Page up, Page down", "One screen up or down"),
    ("Enter", "Open the details and go there; on a cell, press its button"),
    ("Space", "Select the row"),
    ("*", "Expand all siblings"),
    ("Letters", "Next row that starts with them"),
    ("Tab", "To the row's menu, then out of the tree; Shift+F10 opens the menu directly"),
    ("F8, Shift+F8", "Next or previous failure, collapsed and filtered ones too"),
    ("/", "Search"),
    ("?", "This help"),
    ("Esc", "Close, and go back"),
];

/// The help, while it is open.
#[component]
pub(super) fn HelpDialog() -> impl IntoView {
    let overlays = use_overlays();
    let close = Callback::new(move |()| overlays.help.set(false));
    let keys =
        || KEYS.map(|(key, meaning)| view! { <dt><kbd>{key}</kbd></dt><dd>{meaning}</dd> }).into_iter().collect_view();
    view! {
        <Show when=move || overlays.help.get()>
            <Dialog title="Keyboard" class="help" on_close=close>
                <p>"The tree is one stop of the Tab key. Inside it:"</p>
                <dl class="keys">{keys()}</dl>
                <ShortcutsSwitch/>
            </Dialog>
        </Show>
    }
}

/// Single-key shortcuts can be turned off (WCAG 2.1.4). The Tab key still moves to the search field and to the help button.
#[component]
fn ShortcutsSwitch() -> impl IntoView {
    let preferences = use_preferences();
    let switch = move |_| preferences.update(|preferences| preferences.plain_keys = !preferences.plain_keys);
    view! {
        <label class="check">
            <input type="checkbox" prop:checked=move || !preferences.get().plain_keys on:change=switch/>
            <span>"The keys / and ? work everywhere"</span>
        </label>
    }
}
