//! Shows the whole text of a row whose text is cut off, while the row has the pointer or the focus. Screen readers read the whole text
//! anyway. The tip stays while the pointer is on it, and Escape hides it (WCAG 1.4.13).

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventTarget, HtmlElement};

use crate::ui::{
    browser::focus::{closest, find},
    components::{Tooltip, whole_pixels},
};

/// The text, and its upper left corner in CSS pixels of the browser's window.
#[derive(Debug, Clone, PartialEq)]
struct TipText {
    text: String,
    place: (i32, i32),
}

/// The tip of a grid.
#[derive(Clone, Copy)]
pub(super) struct Tip(RwSignal<Option<TipText>>);

impl Tip {
    pub(super) fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// The pointer or the focus moved to an element of the grid.
    pub(super) fn come(self, event: &Event) {
        self.show(closest(event.target(), ".row").and_then(|row| cut_text(&row)));
    }

    /// The pointer or the focus left, and moved to `next`.
    pub(super) fn go(self, next: Option<EventTarget>) {
        if closest(next, ".tip, .row").is_none() {
            self.hide();
        }
    }

    /// Hides it.
    pub(super) fn hide(self) {
        self.show(None);
    }

    /// Hides it. Returns whether it was visible.
    pub(super) fn dismiss(self) -> bool {
        let was_seen = find(".tip").is_some_and(|tip| tip.offset_height() > 0);
        self.hide();
        was_seen
    }

    /// The tip, while there is one.
    pub(super) fn view(self) -> impl IntoView {
        let hide = Callback::new(move |()| self.hide());
        move || self.0.get().map(|TipText { text, place }| view! { <Tooltip text place on_leave=hide/> })
    }

    fn show(self, tip: Option<TipText>) {
        if self.0.with_untracked(|present| *present != tip) {
            self.0.set(tip);
        }
    }
}

/// The text of a row with its remark, if one of them is cut off.
fn cut_text(row: &Element) -> Option<TipText> {
    let part = |selector| row.query_selector(selector).ok()??.dyn_into::<HtmlElement>().ok();
    let (text, remark) = (part(".text")?, part(".remark")?);
    let is_cut = |part: &HtmlElement| part.scroll_width() > part.client_width();
    if !is_cut(&text) && !is_cut(&remark) {
        return None;
    }
    let edge = text.get_bounding_client_rect();
    let whole = format!("{} {}", text.text_content()?, remark.text_content()?);
    Some(TipText { text: whole.trim_end().to_owned(), place: whole_pixels(edge.left(), edge.bottom()) })
}
