//! Lists whose entries come, go and move.

use std::sync::Arc;

use leptos::prelude::*;

/// An entry as the framework sees it: one type for all lists, for the same reason as in [`super::live`].
struct Entry {
    key: String,
    draw: Box<dyn FnOnce() -> AnyView + Send>,
}

/// Draws each item once for as long as its key is among the items. `each` is read again when a signal that it read has changed.
pub fn list<T: Send + 'static>(
    each: impl Fn() -> Vec<T> + Send + 'static,
    key: fn(&T) -> String,
    draw: impl Fn(T) -> AnyView + Send + Sync + 'static,
) -> AnyView {
    let draw = Arc::new(draw);
    let entry = move |item: T| {
        let (key, draw) = (key(&item), Arc::clone(&draw));
        Entry { key, draw: Box::new(move || draw(item)) }
    };
    entries(Box::new(move || each().into_iter().map(&entry).collect()))
}

fn entries(each: Box<dyn Fn() -> Vec<Entry> + Send>) -> AnyView {
    view! { <For each=each key=|entry| entry.key.clone() children=|entry| (entry.draw)() /> }.into_any()
}
