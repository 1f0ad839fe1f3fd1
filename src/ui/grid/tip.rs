//! Shows the whole text of a row whose text is cut off, while the row has the pointer or the focus, and the times of a row while its
//! timeline has it. Screen readers read both anyway. The tip stays while the pointer is on it, and Escape hides it (WCAG 1.4.13).

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, EventTarget, HtmlElement};

use super::row::element_id;
use crate::{
    ui::{
        browser::focus::{closest, find},
        components::{Tooltip, whole_pixels},
        state::{ClockState, use_clock},
    },
    view::grid::Window,
};

/// The text, and its upper left corner in CSS pixels of the browser's window.
#[derive(Debug, Clone, PartialEq)]
struct TipText {
    text: String,
    place: (i32, i32),
}

/// The tip of a grid.
#[derive(Clone, Copy)]
pub(super) struct Tip {
    text: RwSignal<Option<TipText>>,
    window: Memo<Window>,
    clock: ClockState,
}

impl Tip {
    /// The tip of a grid with these rows.
    pub(super) fn new(window: Memo<Window>) -> Self {
        Self { text: RwSignal::new(None), window, clock: use_clock() }
    }

    /// The pointer or the focus moved to an element of the grid.
    pub(super) fn come(self, event: &Event) {
        let tip = match closest(event.target(), ".row .cell-timeline") {
            Some(timeline) => self.times(&timeline),
            None => closest(event.target(), ".row").and_then(|row| cut_text(&row)),
        };
        self.show(tip);
    }

    /// The times of the row of a timeline.
    fn times(self, timeline: &Element) -> Option<TipText> {
        let id = timeline.parent_element()?.id();
        let text = self.window.with_untracked(|window| {
            let row = window.rows.iter().find(|row| element_id(row.id) == id)?;
            let runs_until = row.status.is_running().then(|| self.clock.now_untracked());
            Some(self.clock.today().with_untracked(|today| today.span(row.start, row.end, runs_until)))
        });
        let edge = timeline.get_bounding_client_rect();
        Some(TipText { text: text?, place: whole_pixels(edge.left(), edge.bottom()) })
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
        move || self.text.get().map(|TipText { text, place }| view! { <Tooltip text place on_leave=hide/> })
    }

    fn show(self, tip: Option<TipText>) {
        if self.text.with_untracked(|present| *present != tip) {
            self.text.set(tip);
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
