//! What is drawn: nodes of the document, made at once, with no other tree beside it. Leptos' signals keep them live; its own
//! views are not used, for each of their types is made from those of all that is in it, and is compiled anew.

use leptos::prelude::*;
use web_sys::{DocumentFragment, Node};

use super::live::{Live, follow};

/// A node, or a fragment with several that are to stand beside each other.
pub struct View(Node);

impl View {
    /// Puts it into a parent, after what is there.
    pub fn append_to(&self, parent: &Node) {
        let _ = parent.append_child(&self.0);
    }

    /// The nodes that it will be in the document.
    pub(super) fn nodes(self) -> Vec<Node> {
        if self.0.node_type() != Node::DOCUMENT_FRAGMENT_NODE {
            return vec![self.0];
        }
        let mut nodes = Vec::new();
        let mut next = self.0.first_child();
        while let Some(node) = next {
            next = node.next_sibling();
            nodes.push(node);
        }
        nodes
    }
}

impl From<Node> for View {
    fn from(node: Node) -> Self {
        Self(node)
    }
}

/// What can be drawn.
pub trait Draw {
    /// Draws it.
    fn view(self) -> View;
}

impl Draw for View {
    fn view(self) -> View {
        self
    }
}

/// Nothing.
impl Draw for () {
    fn view(self) -> View {
        several([])
    }
}

impl<T: Draw> Draw for Option<T> {
    fn view(self) -> View {
        self.map_or_else(|| several([]), Draw::view)
    }
}

impl Draw for &'static str {
    fn view(self) -> View {
        text(self)
    }
}

impl Draw for String {
    fn view(self) -> View {
        text(&self)
    }
}

/// A text that updates by itself.
impl Draw for Live {
    fn view(self) -> View {
        let node = document().create_text_node("");
        let shown = node.clone();
        self.show(Box::new(move |now| shown.set_data(now.unwrap_or_default())));
        View(node.into())
    }
}

fn text(text: &str) -> View {
    View(document().create_text_node(text).into())
}

/// Several things beside each other, without an element around them.
pub fn several<const N: usize>(views: [View; N]) -> View {
    beside(&views)
}

fn beside(views: &[View]) -> View {
    let fragment = document().create_document_fragment();
    for view in views {
        view.append_to(&fragment);
    }
    View(fragment.into())
}

/// A part of the page that is there only at times, or not always the same. It is drawn anew whenever a signal that `read` read
/// has changed: what should outlast that, like the focus, wants `read` to read a [`super::state::Derived`] that seldom does.
pub fn part(read: impl FnMut() -> Option<View> + 'static) -> View {
    part_of(Box::new(read))
}

fn part_of(mut read: Box<dyn FnMut() -> Option<View>>) -> View {
    let stretch = Stretch::new();
    let fragment = stretch.begin();
    follow(Box::new(move || {
        let next = read();
        stretch.clear();
        if let Some(next) = next {
            stretch.put(&next.0, None);
        }
    }));
    View(fragment.into())
}

/// A stretch of a parent's children, which come and go between two marks that stay. The marks are comments: CSS and
/// assistive technologies look past them.
#[derive(Clone)]
pub(super) struct Stretch {
    start: Node,
    end: Node,
}

impl Stretch {
    pub(super) fn new() -> Self {
        let mark = || document().create_comment("").into();
        Self { start: mark(), end: mark() }
    }

    /// Where it begins its life: in a fragment, to be put somewhere.
    pub(super) fn begin(&self) -> DocumentFragment {
        let fragment = document().create_document_fragment();
        let _ = fragment.append_child(&self.start);
        let _ = fragment.append_child(&self.end);
        fragment
    }

    /// Puts a node before another of the stretch, or at its end.
    pub(super) fn put(&self, node: &Node, before: Option<&Node>) {
        if let Some(parent) = self.end.parent_node() {
            let _ = parent.insert_before(node, Some(before.unwrap_or(&self.end)));
        }
    }

    /// Brings nodes into this order. What stands right already stays where it is, for a node that moves loses the focus.
    pub(super) fn arrange<'a>(&self, nodes: impl DoubleEndedIterator<Item = &'a Node>) {
        let mut next = self.end.clone();
        for node in nodes.rev() {
            let there = next.previous_sibling();
            if there.as_ref() != Some(node) {
                // One that is out of place before this one, which is right: that is the one to move.
                match there.filter(|there| there.previous_sibling().as_ref() == Some(node)) {
                    Some(stray) => self.put(&stray, self.start.next_sibling().as_ref()),
                    None => self.put(node, Some(&next)),
                }
            }
            next = node.clone();
        }
    }

    fn clear(&self) {
        while let Some(node) = self.start.next_sibling().filter(|node| *node != self.end) {
            remove(&node);
        }
    }
}

/// Takes a node out of the document.
pub(super) fn remove(node: &Node) {
    if let Some(parent) = node.parent_node() {
        let _ = parent.remove_child(node);
    }
}
