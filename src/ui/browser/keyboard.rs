//! Keys of the browser, as [`KeyPress`]es; and keys that no part of the page gets.

use leptos::prelude::window;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{KeyboardEvent, js_sys::Reflect};

use crate::view::keyboard::{KeyPress, Modifiers};

/// The press of an event. Texts are read with care: an event named `keydown` may come from a script and have no key. To read the key of
/// such an event as a text would end the program.
pub fn press(event: &KeyboardEvent) -> KeyPress {
    let text = |name: &str| member(event, name).as_string();
    let key = text("key");
    let origin = KeyPress::origin_of(key.as_deref(), event.is_composing(), event.key_code(), event.repeat());
    let is_real = event.is_instance_of::<KeyboardEvent>();
    let with = Modifiers {
        ctrl: event.ctrl_key(),
        alt: event.alt_key(),
        shift: event.shift_key(),
        meta: event.meta_key(),
        alt_graph: is_real && event.get_modifier_state("AltGraph"),
    };
    KeyPress { key: key.unwrap_or_default(), code: text("code").unwrap_or_default(), with, origin }
}

/// From now on no part of the page gets keys that are not for it, or that are held down and would do again what was done. The window
/// gets each event before any element.
pub fn withhold_keys() {
    let on_key = Closure::<dyn Fn(KeyboardEvent)>::new(|event: KeyboardEvent| {
        let press = press(&event);
        if press.is_withheld() {
            event.stop_propagation();
        }
        if press.is_stopped() {
            event.prevent_default();
        }
    });
    let listener = on_key.as_ref().unchecked_ref();
    if window().add_event_listener_with_callback_and_bool("keydown", listener, true).is_ok() {
        // It stays as long as the page.
        on_key.forget();
    }
}

fn member(event: &KeyboardEvent, name: &str) -> JsValue {
    Reflect::get(event, &name.into()).unwrap_or_default()
}
