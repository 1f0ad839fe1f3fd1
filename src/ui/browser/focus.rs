//! Reads and moves the browser's focus.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, EventTarget, HtmlElement};

/// The focused element. If it is the body, nothing has the focus.
pub fn focused() -> Option<HtmlElement> {
    let element = document().active_element().filter(|element| element.tag_name() != "BODY")?;
    element.dyn_into().ok()
}

/// Focuses the first element that a selector finds. Returns whether there is one.
pub fn focus_first(selector: &str) -> bool {
    find(selector).is_some_and(|element| element.focus().is_ok())
}

/// Focuses the page's main part, which is always there.
pub fn focus_main() {
    focus_first("main");
}

/// The first element that a selector finds.
pub fn find(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok().flatten()?.dyn_into().ok()
}

/// Whether an event's target matches a selector, or is inside an element that does.
pub fn is_within(target: Option<EventTarget>, selector: &str) -> bool {
    closest(target, selector).is_some()
}

/// The nearest ancestor of an event's target, or the target itself, that matches a selector.
pub fn closest(target: Option<EventTarget>, selector: &str) -> Option<Element> {
    target?.dyn_into::<Element>().ok()?.closest(selector).ok().flatten()
}

/// Whether the user has selected a text of the page.
pub fn has_selected_text() -> bool {
    let selection = window().get_selection().ok().flatten();
    selection.is_some_and(|selection| !selection.is_collapsed())
}

/// Whether the page's main part itself has the focus.
pub fn is_main_focused() -> bool {
    focused().is_some_and(|element| element.tag_name() == "MAIN")
}
