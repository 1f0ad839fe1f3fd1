//! Watches the document for changes by others. A node of others does no harm: Leptos keeps its own nodes in order. But a node of the page
//! that was taken out of the document, even if it is in it again elsewhere, no longer shows what it should.

use std::cell::RefCell;

use leptos::prelude::document;
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{
    MutationObserver, MutationObserverInit, MutationRecord, Node, NodeList,
    js_sys::{Array, WeakSet},
};

use crate::ui::browser::focus_keeper;

thread_local! {
    static WATCH: RefCell<Option<Watch>> = const { RefCell::new(None) };
}

/// The watch over the document. A change of an attribute or of a text is not watched: the page writes both again when they change.
struct Watch {
    observer: MutationObserver,
    /// The element around the view.
    root: Option<Node>,
    /// Nodes that others have added.
    foreign: WeakSet,
    is_damaged: bool,
    /// Nodes of the page that others have taken out of the view.
    taken: Vec<Node>,
    on_damage: fn(),
}

/// From now on calls this function when the view was damaged, once until [`forget`].
pub(super) fn watch(on_damage: fn()) {
    let on_changes = Closure::<dyn FnMut(Array)>::new(|changes: Array| see(&changes)).into_js_value().unchecked_into();
    if let Ok(observer) = MutationObserver::new(&on_changes) {
        let watch =
            Watch { observer, root: None, foreign: WeakSet::new(), is_damaged: false, taken: Vec::new(), on_damage };
        WATCH.set(Some(watch));
    }
}

/// Watches a view that was just mounted, in place of the one before.
pub(super) fn observe(root: &Node) {
    WATCH.with_borrow_mut(|watch| {
        let (Some(watch), Some(body)) = (watch, document().body()) else { return };
        watch.observer.disconnect();
        let options = MutationObserverInit::new();
        options.set_child_list(true);
        // In the body only the view itself matters.
        let _ = watch.observer.observe_with_options(&body, &options);
        options.set_subtree(true);
        let _ = watch.observer.observe_with_options(root, &options);
        watch.root = Some(root.clone());
    });
}

/// The view was mounted anew.
pub(super) fn forget() {
    WATCH.with_borrow_mut(|watch| {
        if let Some(watch) = watch {
            watch.is_damaged = false;
            watch.taken.clear();
        }
    });
}

/// The nodes that others have taken out of the view.
pub(super) fn taken() -> Vec<Node> {
    WATCH.with_borrow(|watch| watch.as_ref().map_or_else(Vec::new, |watch| watch.taken.clone()))
}

/// A task of the page begins: what has changed until now was changed by others.
pub(super) fn before_own_changes() {
    see(&take_changes());
}

/// A task of the page has ended: what has changed meanwhile was changed by it.
pub(super) fn after_own_changes() {
    if take_changes().length() > 0 {
        focus_keeper::after_change();
    }
}

fn take_changes() -> Array {
    WATCH.with_borrow(|watch| watch.as_ref().map_or_else(Array::new, |watch| watch.observer.take_records()))
}

/// Looks at changes by others, in their order.
fn see(changes: &Array) {
    if changes.length() == 0 {
        return;
    }
    let on_damage = WATCH.with_borrow_mut(|watch| {
        let watch = watch.as_mut()?;
        let was_damaged = watch.is_damaged;
        for change in changes.iter() {
            watch.is_damaged |= watch.is_damage(change.unchecked_ref());
        }
        (watch.is_damaged && !was_damaged).then_some(watch.on_damage)
    });
    if let Some(on_damage) = on_damage {
        on_damage();
    }
}

impl Watch {
    fn is_damage(&mut self, change: &MutationRecord) -> bool {
        let Some(target) = change.target() else { return false };
        let (added, removed) = (nodes(&change.added_nodes()), nodes(&change.removed_nodes()));
        if target.node_name() == "BODY" {
            return removed.iter().any(|node| self.root.as_ref() == Some(node));
        }
        if self.is_foreign(&target) {
            return false;
        }
        // A text of others in an element of the page was a part of a text of the page, which was split.
        let is_split = added.iter().any(is_text);
        // In the order of the changes: a node of the page is removed before it is added elsewhere.
        let taken_before = self.taken.len();
        self.taken.extend(removed.into_iter().filter(|node| !self.foreign.has(node)));
        for node in &added {
            self.foreign.add(node);
        }
        is_split || self.taken.len() > taken_before
    }

    /// Whether others have added a node, or an element around it.
    fn is_foreign(&self, node: &Node) -> bool {
        let mut next = Some(node.clone());
        while let Some(node) = next {
            if self.foreign.has(&node) {
                return true;
            }
            next = node.parent_node();
        }
        false
    }
}

fn nodes(list: &NodeList) -> Vec<Node> {
    (0..list.length()).filter_map(|index| list.item(index)).collect()
}

fn is_text(node: &Node) -> bool {
    node.node_type() == Node::TEXT_NODE && node.node_value().is_some_and(|text| !text.trim().is_empty())
}
