//! Keeps the browser's focus and the grid's focus the same.

use leptos::{ev::FocusEvent, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Event, FocusOptions, HtmlDivElement, HtmlElement, Node};

use super::row::element_id;
use crate::{
    domain::outline::NodeId,
    ui::{
        browser::{
            detail_pane::covers_tree,
            focus::{closest, focus_main, focused, is_main_focused},
        },
        state::{GridState, Navigation, use_grid, use_navigation},
    },
    view::{columns::Cell, cursor::Cursor},
};

/// What has the focus in the grid: a row, or one of its cells.
type Focused = Option<(NodeId, Option<Cell>)>;

/// Keeps both the same. Copies are handles to the same object.
#[derive(Clone, Copy)]
pub(super) struct GridFocus {
    grid: GridState,
    navigation: Navigation,
    scroller: NodeRef<html::Div>,
    /// Whether the grid was the last part with the browser's focus. When a focused row is removed, nothing has the focus.
    had_focus: RwSignal<bool>,
}

impl GridFocus {
    pub(super) fn new(scroller: NodeRef<html::Div>) -> Self {
        Self { grid: use_grid(), navigation: use_navigation(), scroller, had_focus: RwSignal::new(false) }
    }

    /// Whether the grid was the last part with the browser's focus.
    pub(super) fn had_focus(self) -> bool {
        self.had_focus.get()
    }

    /// The focused row or cell of the state.
    pub(super) fn in_state(self) -> Focused {
        self.grid.cursor().with_untracked(focused_node)
    }

    /// Moves the browser's focus to the focused row or cell of the state, after the document has changed. Only while the
    /// focus is in the grid, or must move there: a poll must not take it from a form.
    pub(super) fn follow(self, ids: Memo<Vec<NodeId>>) {
        let focus = Memo::new(move |_| self.grid.cursor().with(focused_node));
        // The last row was removed with the focus.
        let stranded = StoredValue::new(false);
        Effect::new(move |before: Option<Focused>| {
            let now = focus.get();
            // When rows are added, removed or moved, the browser's focus may be lost.
            ids.track();
            let moved = before != Some(now);
            // A closing dialog first moves the focus back.
            request_animation_frame(move || match now {
                Some(_) => self.move_browsers_focus(now, moved),
                None => self.wait_for_rows(stranded),
            });
            now
        });
        for place in ["focusin", "pointerdown"] {
            let listener = window_event_listener_untyped(place, move |event| self.note_focus(&event));
            on_cleanup(move || listener.remove());
        }
    }

    fn move_browsers_focus(self, now: Focused, moved: bool) {
        // Meanwhile another key may have moved the focus, or the grid may be gone.
        let is_same = self.grid.cursor().try_with_untracked(focused_node) == Some(now);
        let Some((node, cell)) = now.filter(|_| is_same) else { return };
        let is_wanted = self.is_lost() || (moved && self.may_take_focus());
        if is_wanted && !covers_tree() {
            self.focus(node, cell);
        }
    }

    /// There are no rows, or the first rows have appeared: without rows the main part has the focus.
    fn wait_for_rows(self, stranded: StoredValue<bool>) {
        if self.scroller().is_none() {
            return;
        }
        let is_lost = self.is_lost();
        if is_lost || (stranded.get_value() && is_main_focused()) {
            stranded.set_value(is_lost);
            focus_grid(self.grid);
        }
    }

    /// The browser moved the focus into a row, by a click or the Tab key.
    pub(super) fn on_focus_in(self, event: &FocusEvent) {
        self.navigation.focus_wanted.set_value(false);
        let Some(row) = closest(event.target(), ".row") else { return };
        let is_row = closest(event.target(), ".cell").is_none();
        // It is the cell itself, not a control in it.
        let is_cell = closest(event.target(), "button, [role=gridcell], [role=rowheader]")
            .is_some_and(|element| element.has_attribute("aria-colindex"));
        let id = row.id();
        let rows = untrack(|| self.grid.window()).rows;
        let Some(node) = rows.into_iter().map(|row| row.id).find(|node| element_id(*node) == id) else { return };
        let present = self.in_state();
        let is_same = present.is_some_and(|(focused, _)| focused == node);
        if !is_same || is_row {
            let cell = present.filter(|_| is_same && is_cell).and_then(|(_, cell)| cell);
            self.grid.update(|grid| grid.focus_on(node, cell));
        }
    }

    /// The element of the grid; none after the grid was removed.
    fn scroller(self) -> Option<HtmlDivElement> {
        self.scroller.try_get_untracked().flatten()
    }

    /// Whether the browser's focus was in the grid and is lost.
    fn is_lost(self) -> bool {
        focused().is_none() && self.had_focus.try_get_untracked() == Some(true)
    }

    /// Whether the browser's focus may move to the grid's: it is in the grid, or must move there. It never leaves a field
    /// or a dialog, not even a field of the header.
    fn may_take_focus(self) -> bool {
        let active = focused();
        let is_busy = active
            .as_ref()
            .is_some_and(|element| element.closest("dialog, input, textarea, select").ok().flatten().is_some());
        let is_inside = self.scroller().is_some_and(|grid| grid.contains(active.as_deref().map(AsRef::as_ref)));
        self.is_lost() || (!is_busy && (is_inside || self.navigation.focus_wanted.get_value()))
    }

    /// The browser's focus or the pointer moved, into the grid or out of it.
    fn note_focus(self, event: &Event) {
        let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
        let inside = self.scroller.get_untracked().is_some_and(|grid| grid.contains(target.as_ref()));
        if self.had_focus.get_untracked() != inside {
            self.had_focus.set(inside);
        }
    }

    /// Moves the browser's focus. The grid has scrolled already.
    fn focus(self, node: NodeId, cell: Option<Cell>) {
        self.navigation.focus_wanted.set_value(false);
        let Some(row) = row_element(node) else { return };
        let target = match cell {
            None => Some(row.clone()),
            Some(cell) => {
                let selector = format!("[aria-colindex='{}']", cell.position());
                row.query_selector(&selector).ok().flatten().and_then(|cell| cell.dyn_into().ok())
            }
        };
        // If the Tab key was faster, a button in that row has the focus already.
        let is_in_button = row.query_selector("button:focus").ok().flatten().is_some();
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        if let Some(target) = target.filter(|_| !is_in_button) {
            let _ = target.focus_with_options(&options);
        }
    }
}

fn focused_node(cursor: &Cursor) -> Focused {
    cursor.focus().map(|focus| (focus.node, focus.cell))
}

/// The row of a node, if it is in the document.
pub fn row_element(node: NodeId) -> Option<HtmlElement> {
    document().get_element_by_id(&element_id(node))?.dyn_into().ok()
}

/// Focuses the grid: its focused row, or its first row. Without rows, focuses the main part.
pub fn focus_grid(grid: GridState) {
    let focused = grid.cursor().with_untracked(focused_node).map(|(node, _)| node);
    let node = focused.or_else(|| untrack(|| grid.window()).rows.first().map(|row| row.id));
    match node.and_then(row_element) {
        Some(row) => _ = row.focus(),
        None => focus_main(),
    }
}
