//! A menu of commands: arrows move, Enter or Space chooses, Escape and Tab close it (WAI-ARIA menu pattern).

use super::view::{Draw, View};
use leptos::{
    ev::{self, KeyboardEvent},
    prelude::*,
};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::element::{Handle, button, el};

/// One command of a menu.
#[derive(Clone)]
pub struct Item {
    /// What it says.
    pub label: String,
    /// Why it cannot be chosen, if it cannot.
    pub refusal: Option<String>,
    /// What else there is to say about it.
    pub hint: Option<String>,
    /// For one choice of several: whether it is the present one.
    pub checked: Option<bool>,
    /// What it does.
    pub action: Callback<()>,
}

impl Item {
    /// A command that can be chosen.
    pub fn new(label: impl Into<String>, action: impl Fn() + Send + Sync + 'static) -> Self {
        let action = Callback::new(move |()| action());
        Self { label: label.into(), refusal: None, hint: None, checked: None, action }
    }

    /// The same command, unless there is a reason against it.
    #[must_use]
    pub fn unless(self, refusal: Option<impl ToString>) -> Self {
        Self { refusal: refusal.map(|reason| reason.to_string()), ..self }
    }
}

/// A menu that is open while it is mounted. The place is that of its upper left corner, in CSS pixels of the view; it is moved
/// so that the menu stays in the view. `on_close` is told when something was chosen, or nothing will be.
pub fn menu(label: String, (x, y): (i32, i32), items: Vec<Item>, on_close: Callback<()>) -> View {
    let node = Handle::default();
    let before = document().active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    node.when_built(move |menu| {
        keep_in_view(&menu, x, y);
        focus_item(&menu, Move::To(0));
    });
    let give_back = StoredValue::new_local(before);
    let close = move || {
        if let Some(element) = give_back.get_value().filter(|element| element.is_connected()) {
            let _ = element.focus();
        }
        on_close.run(());
    };
    let outside = window_event_listener(ev::pointerdown, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        // The button that opened the menu closes it by its own click.
        let opener =
            target.as_ref().and_then(|target| target.closest("[aria-haspopup][aria-expanded=true]").ok().flatten());
        if opener.is_none() && node.get().is_some_and(|menu| !menu.contains(target.as_deref())) {
            on_close.run(());
        }
    });
    on_cleanup(move || outside.remove());
    let on_key = move |event: KeyboardEvent| {
        let Some(menu) = node.get() else { return };
        match event.key().as_str() {
            "ArrowDown" => focus_item(&menu, Move::By(1)),
            "ArrowUp" => focus_item(&menu, Move::By(-1)),
            "Home" => focus_item(&menu, Move::To(0)),
            "End" => focus_item(&menu, Move::To(-1)),
            "Escape" | "Tab" => close(),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let entries = items.into_iter().map(|item| {
        let choose = {
            let refused = item.refusal.is_some();
            let action = item.action;
            move |_| {
                if !refused {
                    close();
                    action.run(());
                }
            }
        };
        let disabled = item.refusal.is_some().then_some("true");
        let role = if item.checked.is_some() { "menuitemradio" } else { "menuitem" };
        let checked = item.checked.map(|checked| if checked { "true" } else { "false" });
        button()
            .attr("role", role)
            .attr("tabindex", "-1")
            .attr("aria-disabled", disabled)
            .attr("aria-checked", checked)
            .on(ev::click, choose)
            .child(item.label)
            .children(item.refusal.or(item.hint).map(|more| el("small").child(more)))
    });
    el("div")
        .node(node)
        .class("menu")
        .attr("role", "menu")
        .attr("aria-label", label)
        .on(ev::keydown, on_key)
        .children(entries)
        .view()
}

#[derive(Clone, Copy)]
enum Move {
    By(i32),
    To(i32),
}

fn focus_item(menu: &HtmlElement, how: Move) {
    let Ok(items) = menu.query_selector_all("[role^=menuitem]") else { return };
    let count = i32::try_from(items.length()).unwrap_or(0);
    if count == 0 {
        return;
    }
    let focused = document().active_element();
    let is_focused = |index: &i32| {
        let item = u32::try_from(*index).ok().and_then(|index| items.item(index));
        item.is_some_and(|item| focused.as_ref().is_some_and(|focused| item.is_same_node(Some(focused))))
    };
    let now = (0..count).find(is_focused).unwrap_or(-1);
    let next = match how {
        Move::By(by) => now + by,
        Move::To(to) => to,
    };
    let item = u32::try_from(next.rem_euclid(count)).ok().and_then(|index| items.item(index));
    if let Some(item) = item.and_then(|item| item.dyn_into::<HtmlElement>().ok()) {
        let _ = item.focus();
    }
}

fn keep_in_view(menu: &HtmlElement, x: i32, y: i32) {
    let root = document().document_element();
    let (width, height) = root.map_or((i32::MAX, i32::MAX), |root| (root.client_width(), root.client_height()));
    let left = x.min(width - menu.offset_width() - MARGIN).max(MARGIN);
    let top = y.min(height - menu.offset_height() - MARGIN).max(MARGIN);
    let style = menu.style();
    let _ = style.set_property("left", &format!("{left}px"));
    let _ = style.set_property("top", &format!("{top}px"));
}

/// Room that stays around a menu, in CSS pixels.
const MARGIN: i32 = 8;
