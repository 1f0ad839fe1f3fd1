//! What only the document has, and the state has not: focus and caret, what was typed into fields without a state, scroll positions, an
//! open popover. It is carried from one view to the next.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventInit, HtmlElement, HtmlInputElement, HtmlTextAreaElement, Node, NodeList};

use crate::ui::browser::{focus::focused, focus_keeper};

/// What can have the focus.
const FOCUSABLE: &str = "a[href], button, input, select, textarea, [tabindex]";
/// What scrolls, except the tree, whose position is in the state.
const SCROLLING: &str = ".detail, .detail h2, dialog, .raw, textarea";
/// What a user types in.
const TYPED: &str = "input:not([type=checkbox]):not([type=radio]), textarea";
const OPEN_POPOVER: &str = ":popover-open";

/// What is carried.
pub(super) struct Carried {
    focus: Option<Focus>,
    /// What was typed into fields, by their ids.
    typed: Vec<(String, String)>,
    /// Scroll positions in CSS pixels, in the order of the elements.
    scrolled: Vec<i32>,
    /// The id of an open popover.
    popover: Option<String>,
}

/// What had the focus: the element with this id, or else the one at this place among all that can have the focus.
struct Focus {
    id: String,
    place: Option<usize>,
    tag: String,
    /// Where the selection in a field begins and ends, in UTF-16 units.
    selection: Option<(u32, u32)>,
}

impl Carried {
    /// From a view that will be removed, and from nodes that were taken out of it.
    pub(super) fn of(root: &HtmlElement, taken: &[Node]) -> Self {
        let focus = focused().or_else(focus_keeper::last).map(|element| Focus {
            id: element.id(),
            place: all(root, FOCUSABLE).iter().position(|other| *other == element),
            tag: element.tag_name(),
            selection: selection(&element),
        });
        let taken = taken.iter().filter_map(|node| node.dyn_ref::<Element>());
        let fields = taken.flat_map(|element| all(element, TYPED)).chain(all(root, TYPED));
        Self {
            focus,
            typed: fields.map(|field| (field.id(), value(&field))).filter(|(id, _)| !id.is_empty()).collect(),
            scrolled: all(root, SCROLLING).iter().map(|element| element.scroll_top()).collect(),
            popover: root.query_selector(OPEN_POPOVER).ok().flatten().map(|element| element.id()),
        }
    }

    /// To a view that was just mounted: at once, and again after its dialogs have opened and have taken the focus.
    pub(super) fn give_to(self, root: &HtmlElement) {
        self.give_focus(root);
        let root = root.clone();
        request_animation_frame(move || request_animation_frame(move || self.give_all(&root)));
    }

    fn give_all(&self, root: &HtmlElement) {
        for (id, text) in &self.typed {
            // A key may have been faster.
            if let Some(field) = by_id(id).filter(|field| value(field).is_empty() && !text.is_empty()) {
                type_into(&field, text);
            }
        }
        for (element, top) in all(root, SCROLLING).iter().zip(&self.scrolled) {
            element.set_scroll_top(*top);
        }
        if let Some(popover) = self.popover.as_deref().and_then(by_id) {
            let _ = popover.show_popover();
        }
        if !self.give_focus(root) && self.focus.is_some() && focused().is_none() {
            focus_keeper::focus_home();
        }
    }

    fn give_focus(&self, root: &HtmlElement) -> bool {
        let Some(Focus { id, place, tag, selection }) = &self.focus else { return false };
        let at_place = || all(root, FOCUSABLE).into_iter().nth((*place)?);
        let Some(element) = by_id(id).or_else(at_place).filter(|element| element.tag_name() == *tag) else {
            return false;
        };
        let is_focused = element.focus().is_ok();
        if let Some((start, end)) = selection {
            select(&element, *start, *end);
        }
        is_focused
    }
}

fn by_id(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
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
