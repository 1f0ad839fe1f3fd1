//! Lists whose entries come, go and move.

use leptos::prelude::*;
use web_sys::Node;

use super::{
    live::follow,
    view::{Stretch, View, remove},
};

/// An entry that is wanted: one type for all lists, for the same reason as in [`super::live`].
struct Wanted {
    key: String,
    draw: Box<dyn FnOnce() -> View>,
}

/// An entry in the document.
struct Entry {
    key: String,
    nodes: Vec<Node>,
    /// Of the signals and effects that were made while it was drawn.
    owner: Owner,
}

/// Draws each item once for as long as its key is among the items. `each` is read again when a signal that it read has changed.
/// How many nodes an item is drawn as must not change.
pub fn list<T: 'static>(
    each: impl Fn() -> Vec<T> + 'static,
    key: fn(&T) -> String,
    draw: impl Fn(T) -> View + Clone + 'static,
) -> View {
    let wanted = move |item: T| {
        let (key, draw) = (key(&item), draw.clone());
        Wanted { key, draw: Box::new(move || draw(item)) }
    };
    entries(Box::new(move || each().into_iter().map(&wanted).collect()))
}

fn entries(each: Box<dyn Fn() -> Vec<Wanted>>) -> View {
    let stretch = Stretch::new();
    let fragment = stretch.begin();
    // Entries outlast the run that draws them.
    let home = Owner::new();
    let mut shown: Vec<Entry> = Vec::new();
    follow(Box::new(move || {
        let wanted = each();
        let mut before = std::mem::take(&mut shown);
        before.retain(|entry| {
            let stays = wanted.iter().any(|wanted| wanted.key == entry.key);
            if !stays {
                entry.leave();
            }
            stays
        });
        shown = wanted
            .into_iter()
            .map(|wanted| match before.iter().position(|entry| entry.key == wanted.key) {
                Some(index) => before.swap_remove(index),
                None => Entry::draw(wanted, &home),
            })
            .collect();
        stretch.arrange(shown.iter().flat_map(|entry| &entry.nodes));
    }));
    View::from(Node::from(fragment))
}

impl Entry {
    fn draw(Wanted { key, draw }: Wanted, home: &Owner) -> Self {
        let owner = home.child();
        let nodes = owner.with(|| untrack(draw)).nodes();
        Self { key, nodes, owner }
    }

    fn leave(&self) {
        self.owner.cleanup();
        self.nodes.iter().for_each(remove);
    }
}
