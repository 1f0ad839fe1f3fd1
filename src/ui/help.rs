//! The keyboard, explained.

use leptos::prelude::*;

use super::{
    context::Context,
    part::{dialog::dialog, element::el, live::part},
};

/// What each key does.
const KEYS: [(&str, &str); 13] = [
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
    ("Esc", "Close, and go back"),
];

/// The keyboard help, while it is asked for.
pub fn help(context: Context) -> AnyView {
    let close = Callback::new(move |()| context.help.set(false));
    let help = move || {
        let keys = KEYS.into_iter().fold(el("dl").class("keys"), |keys, (key, meaning)| {
            keys.child(el("dt").child(el("kbd").child(key))).child(el("dd").child(meaning))
        });
        dialog("Keyboard".to_owned(), "help", Some(close))
            .child(el("p").child("The tree is one stop of the Tab key. Inside it:"))
            .child(keys)
            .into_any()
    };
    part(move || context.help.get().then(help)).into_any()
}
