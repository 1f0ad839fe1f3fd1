//! A menu of commands: arrows move, Enter or Space chooses, Escape and Tab close it (WAI-ARIA menu pattern).

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, Node};

use crate::{
    ui::browser::{
        focus::{closest, focused},
        focus_keeper::focus_home,
        keyboard,
    },
    view::{grid::Key, keyboard::Meaning},
};

/// The smallest distance from a menu to the edge of the window, in CSS pixels.
const MARGIN: i32 = 8;

/// One command of a menu.
#[derive(Clone)]
pub struct MenuItem {
    /// The text.
    pub label: String,
    /// The reason why it cannot be chosen, if so.
    pub refusal: Option<String>,
    /// An explanation.
    pub hint: Option<String>,
    /// For one choice of several: whether it is the chosen one.
    pub checked: Option<bool>,
    /// What it does.
    pub action: Callback<()>,
}

impl MenuItem {
    /// A command that can be chosen.
    pub fn new(label: impl Into<String>, action: impl Fn() + Send + Sync + 'static) -> Self {
        let action = Callback::new(move |()| action());
        Self { label: label.into(), refusal: None, hint: None, checked: None, action }
    }

    /// The same command. If there is a reason against it, it cannot be chosen.
    #[must_use]
    pub fn unless(self, refusal: Option<impl ToString>) -> Self {
        Self { refusal: refusal.map(|reason| reason.to_string()), ..self }
    }
}

/// A menu that is open while it is mounted.
#[component]
pub fn Menu(
    /// Its name.
    #[prop(into)]
    label: String,
    /// Its upper left corner in CSS pixels of the browser's window. The menu moves if a part of it would be out of the window.
    place: (i32, i32),
    /// The commands.
    items: Vec<MenuItem>,
    /// Called when the menu closes, with or without a choice.
    on_close: Callback<()>,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let before = StoredValue::new_local(focused());
    node.on_load(move |menu| {
        keep_in_view(&menu, place);
        focus_item(&menu, Move::To(0));
    });
    let close = move || {
        match before.get_value().filter(|element| element.is_connected()) {
            Some(element) => _ = element.focus(),
            None => focus_home(),
        }
        on_close.run(());
    };
    close_when_pressed_outside(node, on_close);
    let on_key = move |event: ev::KeyboardEvent| {
        let Some(menu) = node.get_untracked() else { return };
        match keyboard::press(&event).meaning() {
            Meaning::Tree(Key::Down) => focus_item(&menu, Move::By(1)),
            Meaning::Tree(Key::Up) => focus_item(&menu, Move::By(-1)),
            Meaning::Tree(Key::Home) => focus_item(&menu, Move::To(0)),
            Meaning::Tree(Key::End) => focus_item(&menu, Move::To(-1)),
            Meaning::Escape | Meaning::Tab => close(),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let close = Callback::new(move |()| close());
    let items = items.into_iter().map(|item| view! { <Item item close/> }).collect_view();
    view! {
        <div node_ref=node class="menu" role="menu" aria-label=label on:keydown=on_key>
            {items}
        </div>
    }
}

#[component]
fn Item(
    /// The command.
    item: MenuItem,
    /// Closes the menu.
    close: Callback<()>,
) -> impl IntoView {
    let MenuItem { label, refusal, hint, checked, action } = item;
    let refused = refusal.is_some();
    let choose = move |_| {
        if !refused {
            close.run(());
            action.run(());
        }
    };
    view! {
        <button
            type="button"
            role=if checked.is_some() { "menuitemradio" } else { "menuitem" }
            tabindex="-1"
            aria-disabled=refused.then_some("true")
            aria-checked=checked.map(|checked| checked.to_string())
            on:click=choose
        >
            {label}
            {refusal.or(hint).map(|more| view! { <small>{more}</small> })}
        </button>
    }
}

/// A button that opens a menu below itself, and closes it.
#[component]
pub fn MenuButton(
    /// The menu's name.
    menu: &'static str,
    /// Makes the commands each time the menu is opened.
    #[prop(into)]
    items: Callback<(), Vec<MenuItem>>,
    /// The button's class.
    #[prop(into)]
    class: Signal<&'static str>,
    /// The button's name, if its content is not the name.
    #[prop(optional, into)]
    label: Option<Signal<String>>,
    /// Whether the menu is aligned with the right edge of the button.
    #[prop(optional)]
    at_right: bool,
    /// The content of the button.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Button>::new();
    let place = RwSignal::new(None::<(i32, i32)>);
    let toggle = move |_| {
        let Some(button) = node.get_untracked() else { return };
        let edge = button.get_bounding_client_rect();
        let below = whole_pixels(if at_right { edge.right() } else { edge.left() }, edge.bottom());
        place.update(|place| *place = if place.is_some() { None } else { Some(below) });
    };
    let close = Callback::new(move |()| place.set(None));
    let open_menu =
        move || place.get().map(|place| view! { <Menu label=menu place items=items.run(()) on_close=close/> });
    view! {
        <button
            type="button"
            node_ref=node
            class=move || class.get()
            aria-label=move || label.map(|label| label.get())
            aria-haspopup="menu"
            aria-expanded=move || place.get().is_some().to_string()
            on:click=toggle
        >
            {children()}
        </button>
        {open_menu}
    }
}

/// A position in the browser's window, in whole pixels.
#[expect(clippy::cast_possible_truncation, reason = "windows are not that large, and casts saturate")]
pub const fn whole_pixels(x: f64, y: f64) -> (i32, i32) {
    (x as i32, y as i32)
}

fn close_when_pressed_outside(node: NodeRef<html::Div>, on_close: Callback<()>) {
    let listener = window_event_listener(ev::pointerdown, move |event| {
        // The click handler of the button closes the menu.
        let is_opener = closest(event.target(), "[aria-haspopup][aria-expanded=true]").is_some();
        let target = event.target().and_then(|target| target.dyn_into::<Node>().ok());
        if !is_opener && node.get_untracked().is_some_and(|menu| !menu.contains(target.as_ref())) {
            on_close.run(());
        }
    });
    on_cleanup(move || listener.remove());
}

#[derive(Clone, Copy)]
enum Move {
    By(i32),
    To(i32),
}

fn focus_item(menu: &HtmlElement, how: Move) {
    let Ok(list) = menu.query_selector_all("[role^=menuitem]") else { return };
    let items: Vec<HtmlElement> = (0..list.length()).filter_map(|index| list.item(index)?.dyn_into().ok()).collect();
    let Ok(count) = i32::try_from(items.len()) else { return };
    if count == 0 {
        return;
    }
    let focused = focused();
    let present = items.iter().position(|item| focused.as_ref() == Some(item));
    let present = present.and_then(|index| i32::try_from(index).ok()).unwrap_or(-1);
    let next = match how {
        Move::By(by) => present + by,
        Move::To(to) => to,
    };
    let item = usize::try_from(next.rem_euclid(count)).ok().and_then(|index| items.get(index));
    if let Some(item) = item {
        let _ = item.focus();
    }
}

fn keep_in_view(menu: &HtmlElement, (x, y): (i32, i32)) {
    let root = document().document_element();
    let (width, height) = root.map_or((i32::MAX, i32::MAX), |root| (root.client_width(), root.client_height()));
    let left = x.min(width - menu.offset_width() - MARGIN).max(MARGIN);
    let top = y.min(height - menu.offset_height() - MARGIN).max(MARGIN);
    let style = menu.style();
    let _ = style.set_property("left", &format!("{left}px"));
    let _ = style.set_property("top", &format!("{top}px"));
}
