//! What only the document has, and the state has not: focus and caret, what was typed into fields without a state, scroll positions, an
//! open popover. It is carried from one view to the next.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventInit, HtmlElement, HtmlInputElement, HtmlTextAreaElement, NodeList};

use crate::ui::browser::focus::focused;

/// What can have the focus.
const FOCUSABLE: &str = "a[href], button, input, select, textarea, [tabindex]";
/// What scrolls, except the tree, whose position is in the state.
const SCROLLING: &str = ".detail, .detail h2, dialog, .raw, textarea";
/// What a user types in.
const TYPED: &str = "input:not([type=checkbox]):not([type=radio]), textarea";
const OPEN_POPOVER: &str = ":popover-open";

/// What is carried. Elements of the next view are found by their place among their like.
pub(super) struct Carried {
    focus: Option<Focus>,
    typed: Vec<String>,
    /// In CSS pixels.
    scrolled: Vec<i32>,
    popover: Option<String>,
}

#[derive(Clone)]
struct Focus {
    place: usize,
    tag: String,
    /// Where the selection in a field begins and ends, in UTF-16 units.
    selection: Option<(u32, u32)>,
}

impl Carried {
    /// From a view that will be removed.
    pub(super) fn of(root: &HtmlElement) -> Self {
        let focus = focused().and_then(|element| {
            let place = all(root, FOCUSABLE).iter().position(|other| *other == element)?;
            Some(Focus { place, tag: element.tag_name(), selection: selection(&element) })
        });
        Self {
            focus,
            typed: all(root, TYPED).iter().map(value).collect(),
            scrolled: all(root, SCROLLING).iter().map(|element| element.scroll_top()).collect(),
            popover: root.query_selector(OPEN_POPOVER).ok().flatten().map(|element| element.id()),
        }
    }

    /// To a view that was just mounted: at once, and again after its dialogs have opened and have taken the focus.
    pub(super) fn give_to(self, root: &HtmlElement) {
        give_focus(self.focus.as_ref(), root);
        let root = root.clone();
        request_animation_frame(move || request_animation_frame(move || self.give_all(&root)));
    }

    fn give_all(&self, root: &HtmlElement) {
        for (field, text) in all(root, TYPED).iter().zip(&self.typed) {
            // A key may have been faster.
            if value(field).is_empty() && !text.is_empty() {
                type_into(field, text);
            }
        }
        for (element, top) in all(root, SCROLLING).iter().zip(&self.scrolled) {
            element.set_scroll_top(*top);
        }
        if let Some(id) = &self.popover
            && let Some(popover) = document().get_element_by_id(id)
        {
            let _ = popover.unchecked_into::<HtmlElement>().show_popover();
        }
        give_focus(self.focus.as_ref(), root);
    }
}

fn give_focus(focus: Option<&Focus>, root: &HtmlElement) {
    let Some(Focus { place, tag, selection }) = focus else { return };
    let elements = all(root, FOCUSABLE);
    let Some(element) = elements.get(*place).filter(|element| element.tag_name() == *tag) else { return };
    let _ = element.focus();
    if let Some((start, end)) = selection {
        select(element, *start, *end);
    }
}

fn all(root: &Element, selector: &str) -> Vec<HtmlElement> {
    let list: Option<NodeList> = root.query_selector_all(selector).ok();
    let list = list.iter().flat_map(|list| (0..list.length()).filter_map(|index| list.item(index)));
    list.filter_map(|node| node.dyn_into().ok()).collect()
}

fn value(field: &HtmlElement) -> String {
    match (field.dyn_ref::<HtmlInputElement>(), field.dyn_ref::<HtmlTextAreaElement>()) {
        (Some(input), _) => input.value(),
        (None, Some(area)) => area.value(),
        (None, None) => String::new(),
    }
}

/// The page learns of it as if it was typed.
fn type_into(field: &HtmlElement, text: &str) {
    match (field.dyn_ref::<HtmlInputElement>(), field.dyn_ref::<HtmlTextAreaElement>()) {
        (Some(input), _) => input.set_value(text),
        (None, Some(area)) => area.set_value(text),
        (None, None) => return,
    }
    let bubbling = EventInit::new();
    bubbling.set_bubbles(true);
    if let Ok(event) = Event::new_with_event_init_dict("input", &bubbling) {
        let _ = field.dispatch_event(&event);
    }
}

fn selection(field: &HtmlElement) -> Option<(u32, u32)> {
    let (start, end) = match (field.dyn_ref::<HtmlInputElement>(), field.dyn_ref::<HtmlTextAreaElement>()) {
        (Some(input), _) => (input.selection_start(), input.selection_end()),
        (None, Some(area)) => (area.selection_start(), area.selection_end()),
        (None, None) => return None,
    };
    // A field of another kind, such as a checkbox, has no selection.
    start.ok().flatten().zip(end.ok().flatten())
}

fn select(field: &HtmlElement, start: u32, end: u32) {
    let _ = match (field.dyn_ref::<HtmlInputElement>(), field.dyn_ref::<HtmlTextAreaElement>()) {
        (Some(input), _) => input.set_selection_range(start, end),
        (None, Some(area)) => area.set_selection_range(start, end),
        (None, None) => Ok(()),
    };
}
