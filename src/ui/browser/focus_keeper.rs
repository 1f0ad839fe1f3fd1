//! The focus always has somewhere to go. When the element that has it leaves the document, a browser gives it to nothing: then no key works,
//! and a screen reader begins at the top of the page. Here it goes to the part of the page in which it was, or else to the tree.

use std::cell::RefCell;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::{
    detail_pane::{HEADING, covers_tree},
    focus::{find, focus_first, focused},
};

/// Parts that may stay while an element in them leaves, and what in them then gets the focus: the first of these that is there.
const PARTS: [(&str, [&str; 2]); 2] = [("dialog", ["[autofocus]", "button"]), ("aside", ["#detail-title", "button"])];

/// What else gets it: the first of these that is there. A dialog makes everything behind it inert.
const HOMES: [&str; 5] = [
    "dialog:modal [autofocus]",
    "dialog:modal button",
    "[role=treegrid] .row[tabindex='0']",
    "[role=treegrid] .row [tabindex='0']",
    "main",
];

thread_local! {
    static LAST: RefCell<Option<Last>> = const { RefCell::new(None) };
}

/// The element that had the focus last, and the parts around it, the innermost first.
struct Last {
    element: Element,
    parts: Vec<(Element, [&'static str; 2])>,
}

/// From now on notes what has the focus.
pub fn keep_focus() {
    let on_focus = window_event_listener_untyped("focusin", |event| {
        LAST.set(event.target().and_then(|target| target.dyn_into().ok()).map(Last::of));
    });
    // A press beside all controls takes the focus away on purpose.
    let on_press = window_event_listener_untyped("pointerdown", |_| LAST.set(None));
    on_cleanup(move || {
        on_focus.remove();
        on_press.remove();
    });
}

/// The element that had the focus last, also if it has left the document.
pub fn last() -> Option<HtmlElement> {
    LAST.with_borrow(|last| last.as_ref()?.element.dyn_ref().cloned())
}

/// The page has changed the document. If the element with the focus has left it, gives the focus to another, unless the page itself does
/// so in the next frame.
pub fn after_change() {
    let is_lost = LAST.with_borrow(|last| last.as_ref().is_some_and(|last| !last.element.is_connected()));
    if is_lost && focused().is_none() {
        let last = LAST.take();
        request_animation_frame(move || {
            request_animation_frame(move || {
                if focused().is_none() {
                    last.iter().for_each(Last::go_on);
                }
            });
        });
    }
}

/// Gives the focus to the tree, or to what there is instead.
pub fn focus_home() {
    if covers_tree() && find("dialog:modal").is_none() && focus_first(&format!("#{HEADING}")) {
        return;
    }
    let _ = HOMES.iter().any(|home| focus_first(home));
}

impl Last {
    fn of(element: Element) -> Self {
        let around = |(part, next): &(&'static str, [&'static str; 2])| {
            let part = element.closest(part).ok().flatten()?;
            (part != element).then_some((part, *next))
        };
        let parts = PARTS.iter().filter_map(around).collect();
        Self { element, parts }
    }

    fn go_on(&self) {
        let parts = self.parts.iter().filter(|(part, _)| part.is_connected());
        let next = parts.flat_map(|(part, next)| next.iter().map(move |next| part.query_selector(next)));
        let next = next.filter_map(|next| next.ok().flatten()?.dyn_into::<HtmlElement>().ok()).next();
        match next {
            Some(next) => _ = next.focus(),
            None => focus_home(),
        }
    }
}
