//! From the browser's keys and focus to the grid's, and back.

use leptos::{ev::KeyboardEvent, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, FocusEvent, FocusOptions, HtmlElement, Node};

use super::{open_menu, row::element_id, row_element};
use crate::{
    domain::outline::NodeId,
    ui::{
        context::Context,
        part::{element::Handle, state::State},
    },
    view::grid::{Cell, Key, Pressed},
};

/// What is typed within this belongs to one word.
const SAME_WORD: f64 = 500.0;

/// The keyboard's memory.
#[derive(Clone, Copy)]
pub(super) struct Keyboard {
    typed: StoredValue<(String, f64)>,
    /// Whether the grid was the last to have the browser's focus: a row that goes takes it along, and nothing has it then.
    had_focus: State<bool>,
}

impl Default for Keyboard {
    fn default() -> Self {
        Self { typed: StoredValue::new((String::new(), 0.0)), had_focus: State::new(false) }
    }
}

impl Keyboard {
    /// Takes a key, unless it is meant for a widget in a row.
    pub(super) fn press(self, context: Context, event: &KeyboardEvent) -> Pressed {
        if event.alt_key() || event.meta_key() || event.default_prevented() {
            return Pressed::Ignored;
        }
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let within =
            |widget: &str| target.as_ref().is_some_and(|target| target.closest(widget).ok().flatten().is_some());
        // A list of choices needs all keys.
        if within("select") || (within("button") && matches!(event.key().as_str(), "Enter" | " ")) {
            return Pressed::Ignored;
        }
        if event.key() == "ContextMenu" || (event.shift_key() && event.key() == "F10") {
            if let Some(focus) = context.grid.with_untracked(|grid| grid.focus()) {
                open_menu(context, focus.node);
            }
            return Pressed::Done;
        }
        let focus = move || context.grid.with_untracked(|grid| grid.focus().map(|focus| (focus.node, focus.cell)));
        let before = focus();
        // The row that has the focus now may be gone from the document before the next one has it.
        context.focus_wanted.set_value(true);
        // Within a word a space is one of its letters.
        let key = key_of(event).filter(|key| *key != Key::Space || !self.is_typing(event));
        let pressed = match key {
            Some(key) => context.grid.try_update(|grid| grid.press(key)).unwrap_or(Pressed::Ignored),
            None => self.type_ahead(context, event),
        };
        // A key that moved nothing leaves no wish behind: a poll would fulfil it later, when the admin is elsewhere.
        if focus() == before {
            context.focus_wanted.set_value(false);
        }
        pressed
    }

    fn is_typing(self, event: &KeyboardEvent) -> bool {
        self.typed.with_value(|(typed, at)| !typed.is_empty() && event.time_stamp() - at <= SAME_WORD)
    }

    fn type_ahead(self, context: Context, event: &KeyboardEvent) -> Pressed {
        let letter = event.key();
        // `/` and `?` belong to the page.
        if letter.chars().count() != 1 || event.ctrl_key() || matches!(letter.as_str(), "/" | "?") {
            return Pressed::Ignored;
        }
        let now = event.time_stamp();
        let typed = self.typed.try_update_value(|(typed, at)| {
            if now - *at > SAME_WORD {
                typed.clear();
            }
            typed.push_str(&letter);
            *at = now;
            typed.clone()
        });
        let typed = typed.unwrap_or(letter);
        context.grid.try_update(|grid| grid.type_ahead(&typed)).unwrap_or(Pressed::Ignored)
    }

    /// The admin went somewhere, into the grid or not.
    pub(super) fn went_to(self, scroller: Handle, event: &Event) {
        let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
        let inside = scroller.get().is_some_and(|grid| grid.contains(target.as_ref()));
        if self.had_focus.get_untracked() != inside {
            self.had_focus.set(inside);
        }
    }

    /// Whether the grid was the last to have the browser's focus.
    pub(super) fn had_focus(self) -> bool {
        self.had_focus.get()
    }

    /// Whether the browser's focus was in the grid, in something that is gone.
    pub(super) fn lost_focus(self) -> bool {
        let nowhere = document().active_element().is_none_or(|element| element.tag_name() == "BODY");
        nowhere && self.had_focus.get_untracked()
    }

    /// The browser moved the focus into a row, by a click or the Tab key.
    pub(super) fn focus_came(self, context: Context, event: &FocusEvent) {
        context.focus_wanted.set_value(false);
        let Some(element) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        let Some(row) = element.closest(".row").ok().flatten() else { return };
        let index = row.get_attribute("aria-rowindex").and_then(|index| index.parse::<usize>().ok());
        let focused = context.grid.with_untracked(|grid| {
            let rows = grid.window().rows;
            rows.into_iter().find(|row| Some(row.index + 2) == index).map(|row| row.id)
        });
        let is_cell = element.get_attribute("role").is_some_and(|role| role == "gridcell" || role == "rowheader");
        if let Some(node) = focused {
            let same = context.grid.with_untracked(|grid| grid.focus().is_some_and(|focus| focus.node == node));
            if !same || (!is_cell && element.class_list().contains("row")) {
                let keep = context.grid.with_untracked(|grid| {
                    grid.focus().filter(|focus| focus.node == node && is_cell).and_then(|focus| focus.cell)
                });
                context.grid.update(|grid| grid.focus_on(node, keep));
            }
        }
    }

    /// Whether the browser's focus is to follow the grid's: it is in the grid, or on its way there. Nothing takes it out of a
    /// field or a dialog, not even of the header's.
    pub(super) fn follows(self, context: Context, scroller: Handle) -> bool {
        let active = document().active_element();
        let busy = active
            .as_ref()
            .is_some_and(|element| element.closest("dialog, input, textarea, select").ok().flatten().is_some());
        let inside = scroller.get().is_some_and(|grid| grid.contains(active.as_deref()));
        self.lost_focus() || (!busy && (inside || context.focus_wanted.get_value()))
    }

    /// Moves the browser's focus. The state has scrolled already.
    pub(super) fn focus(self, context: Context, node: NodeId, cell: Option<Cell>) {
        context.focus_wanted.set_value(false);
        let target = match cell {
            None => row_element(node),
            Some(cell) => {
                let cell = format!("#{} > [aria-colindex=\"{}\"]", element_id(node), cell.position());
                document().query_selector(&cell).ok().flatten().and_then(|cell| cell.dyn_into::<HtmlElement>().ok())
            }
        };
        // A button in that row has it already, when the Tab key was faster than this.
        let in_button = document().active_element().filter(|element| element.tag_name() == "BUTTON");
        let there = in_button.zip(row_element(node)).is_some_and(|(button, row)| row.contains(Some(&button)));
        if let Some(target) = target.filter(|_| !there) {
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = target.focus_with_options(&options);
        }
    }
}

fn key_of(event: &KeyboardEvent) -> Option<Key> {
    Some(match (event.key().as_str(), event.ctrl_key()) {
        ("ArrowRight", false) => Key::Right,
        ("ArrowLeft", false) => Key::Left,
        ("ArrowDown", false) => Key::Down,
        ("ArrowUp", false) => Key::Up,
        ("Home", false) => Key::Home,
        ("End", false) => Key::End,
        ("Home", true) => Key::CtrlHome,
        ("End", true) => Key::CtrlEnd,
        ("PageDown", false) => Key::PageDown,
        ("PageUp", false) => Key::PageUp,
        ("Enter", false) => Key::Enter,
        (" ", false) => Key::Space,
        ("*", false) => Key::Star,
        _ => return None,
    })
}
