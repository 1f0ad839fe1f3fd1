//! The whole text of a row whose text ends in an ellipsis, while the row has the pointer or the focus. A screen reader has the
//! whole text already. It stays while the pointer is on it, and Escape takes it away (WCAG 1.4.13).

use leptos::{ev, prelude::document};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventTarget, HtmlElement};

use super::whole_pixels;
use crate::ui::part::{
    element::el,
    state::State,
    view::{Draw, View, part},
};

/// What is shown, and where: the place in the view of the lower left corner of the row's text.
#[derive(Debug, Clone, PartialEq)]
struct Shown {
    text: String,
    x: i32,
    y: i32,
}

/// The tip of a grid.
#[derive(Clone, Copy)]
pub(super) struct Tip(State<Option<Shown>>);

impl Default for Tip {
    fn default() -> Self {
        Self(State::new(None))
    }
}

impl Tip {
    /// The pointer or the focus came to something in the grid.
    pub(super) fn come(self, event: &Event) {
        let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        self.show(element.and_then(|element| of_row(&element)));
    }

    /// The pointer or the focus went, to `next`.
    pub(super) fn go(self, next: Option<EventTarget>) {
        let next = next.and_then(|target| target.dyn_into::<Element>().ok());
        if next.is_none_or(|element| element.closest(".tip, .row").ok().flatten().is_none()) {
            self.hide();
        }
    }

    /// Takes it away.
    pub(super) fn hide(self) {
        self.show(None);
    }

    /// Takes it away; whether there was one to be seen.
    pub(super) fn dismiss(self) -> bool {
        let tip = document().query_selector(".tip").ok().flatten();
        let seen = tip.is_some_and(|tip| tip.unchecked_into::<HtmlElement>().offset_height() > 0);
        self.hide();
        seen
    }

    /// The tip, while there is one.
    pub(super) fn draw(self) -> View {
        part(move || {
            let Shown { text, x, y } = self.0.get()?;
            let tip = el("div")
                .class("tip")
                .attr("aria-hidden", "true")
                .style("left", format!("{x}px"))
                .style("top", format!("{y}px"))
                .on(ev::mouseleave, move |_| self.show(None))
                .child(text);
            Some(tip.view())
        })
    }

    fn show(self, shown: Option<Shown>) {
        if self.0.with_untracked(|now| *now != shown) {
            self.0.set(shown);
        }
    }
}

/// Nothing, if the row shows its whole text.
fn of_row(element: &Element) -> Option<Shown> {
    let text = element.closest(".row").ok()??.query_selector(".text").ok()??.dyn_into::<HtmlElement>().ok()?;
    if text.scroll_width() <= text.client_width() {
        return None;
    }
    let place = text.get_bounding_client_rect();
    let (x, y) = whole_pixels(place.left(), place.bottom());
    Some(Shown { text: text.text_content()?, x, y })
}
