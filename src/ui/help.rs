//! The keyboard, explained.

use leptos::{ev, prelude::*};

use super::{
    context::Context,
    part::{
        dialog::dialog,
        element::{Element, el},
        live::live,
        view::{Draw, View, part},
    },
    storage,
};

/// What each key does.
const KEYS: [(&str, &str); 14] = [
    ("↑ ↓", "Previous or next row; in a cell, the same column"),
    ("→", "Open the row; if it is open or has nothing to open, its first cell"),
    ("←", "Close the row; if it is closed, its parent; in a cell, back to the row"),
    ("Home, End", "First or last row; in a cell, first or last cell"),
    ("Ctrl+Home, Ctrl+End", "First or last row"),
    ("Page up, Page down", "One view up or down"),
    ("Enter", "Open the details and go there; on a cell, use what is in it"),
    ("Space", "Select the row"),
    ("*", "Open all rows beside this one"),
    ("Letters", "Next row that starts with them"),
    ("Tab", "To the row's menu, then out of the tree; Shift+F10 opens the menu at once"),
    ("/", "Search"),
    ("?", "This help"),
    ("Esc", "Close, and go back"),
];

/// The keyboard help, while it is asked for.
pub fn help(context: Context) -> View {
    let close = Callback::new(move |()| context.help.set(false));
    let help = move || {
        let keys = KEYS.into_iter().fold(el("dl").class("keys"), |keys, (key, meaning)| {
            keys.child(el("dt").child(el("kbd").child(key))).child(el("dd").child(meaning))
        });
        dialog("Keyboard".to_owned(), "help", Some(close))
            .child(el("p").child("The tree is one stop of the Tab key. Inside it:"))
            .child(keys)
            .child(shortcuts_switch(context))
            .view()
    };
    part(move || context.help.get().then(help))
}

/// Single keys that work everywhere can be turned off; the search field and this help are then reached by the Tab key.
fn shortcuts_switch(context: Context) -> Element {
    let on = live(move || context.has_shortcuts());
    let switch = move |_| {
        context.preferences.update(|preferences| preferences.plain_keys = !preferences.plain_keys);
        storage::keep_preferences(context.preferences.get_untracked());
    };
    let tick = el("input").attr("type", "checkbox").prop("checked", on).on(ev::change, switch);
    el("label").class("check").child(tick).child(el("span").child("The keys / and ? work everywhere"))
}
