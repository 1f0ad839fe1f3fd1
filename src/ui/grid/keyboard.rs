//! Handles keys that are pressed in the grid.

use leptos::{ev::KeyboardEvent, prelude::*};

use super::focus::{GridFocus, row_element};
use crate::{
    domain::outline::NodeId,
    ui::{
        browser::{detail_pane::focus_heading, focus::is_within, keyboard},
        components::whole_pixels,
        state::{GridState, Navigation, Overlays, RowMenu, use_grid, use_navigation, use_overlays},
    },
    view::{
        grid::{Key, Pressed},
        keyboard::{KeyPress, Meaning},
    },
};

/// Letters that are typed within this time, in milliseconds, belong to one word.
const SAME_WORD: f64 = 500.0;

/// The key handler of the grid.
#[derive(Clone, Copy)]
pub(super) struct Keyboard {
    grid: GridState,
    navigation: Navigation,
    overlays: Overlays,
    focus: GridFocus,
    /// The letters typed so far, and when the last one was.
    typed: StoredValue<(String, f64)>,
}

impl Keyboard {
    pub(super) fn new(focus: GridFocus) -> Self {
        Self {
            grid: use_grid(),
            navigation: use_navigation(),
            overlays: use_overlays(),
            focus,
            typed: StoredValue::new((String::new(), 0.0)),
        }
    }

    /// Handles a key, unless it is for a control in a row or for the browser.
    pub(super) fn on_key(self, event: &KeyboardEvent) {
        match self.press(event) {
            Pressed::Ignored => return,
            Pressed::Done => (),
            Pressed::Select(node) => self.navigation.select(Some(node)),
            Pressed::Open(node) => {
                self.navigation.select(Some(node));
                focus_heading();
            }
            Pressed::Use(node, _) => open_row_menu(self.overlays, node),
        }
        event.prevent_default();
    }

    fn press(self, event: &KeyboardEvent) -> Pressed {
        if event.default_prevented() {
            return Pressed::Ignored;
        }
        let press = keyboard::press(event);
        let meaning = press.meaning();
        let is_in = |selector| is_within(event.target(), selector);
        // A list of choices needs all keys.
        if is_in("select") || (is_in("button") && matches!(meaning, Meaning::Tree(Key::Enter | Key::Space))) {
            return Pressed::Ignored;
        }
        let before = self.focus.in_state();
        if meaning == Meaning::Menu {
            if let Some((node, _)) = before {
                open_row_menu(self.overlays, node);
            }
            return Pressed::Done;
        }
        // The row with the focus may be removed before the next row has the focus.
        self.navigation.focus_wanted.set_value(true);
        let pressed = match (meaning, self.letter(event, &press)) {
            (_, Some(letter)) => self.type_ahead(event, letter),
            (Meaning::Tree(key), None) => self.grid.update(|grid| grid.press(key)),
            _ => Pressed::Ignored,
        };
        // If the key has moved nothing, the focus must not move later, when the admin is in another part of the page.
        if self.focus.in_state() == before {
            self.navigation.focus_wanted.set_value(false);
        }
        pressed
    }

    fn is_typing(self, event: &KeyboardEvent) -> bool {
        self.typed.with_value(|(typed, at)| !typed.is_empty() && event.time_stamp() - at <= SAME_WORD)
    }

    /// The letter that is typed. While the user types a word, a space is a part of it, and so is a letter in the place of `/`.
    fn letter(self, event: &KeyboardEvent, press: &KeyPress) -> Option<char> {
        match press.meaning() {
            Meaning::Character(letter) => Some(letter),
            Meaning::Tree(Key::Space) | Meaning::Search | Meaning::Help if self.is_typing(event) => {
                press.character().filter(|letter| *letter == ' ' || letter.is_alphabetic())
            }
            _ => None,
        }
    }

    fn type_ahead(self, event: &KeyboardEvent, letter: char) -> Pressed {
        let now = event.time_stamp();
        let (mut typed, at) = self.typed.get_value();
        if now - at > SAME_WORD {
            typed.clear();
        }
        typed.push(letter);
        self.typed.set_value((typed.clone(), now));
        self.grid.update(|grid| grid.type_ahead(&typed))
    }
}

/// Opens a row's menu at its button, or at the row if that is not in the document.
pub(super) fn open_row_menu(overlays: Overlays, node: NodeId) {
    let Some(row) = row_element(node) else { return };
    let button = row.query_selector(".row-menu").ok().flatten();
    let place = button.unwrap_or_else(|| row.into()).get_bounding_client_rect();
    overlays.row_menu.set(Some(RowMenu { node, place: whole_pixels(place.left(), place.bottom()) }));
}
