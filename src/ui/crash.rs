//! Reports a panic, its text and location, to the browser's console and to the dialog of `page/crash.js`.

use std::panic;

use leptos::{leptos_dom::logging::console_error, prelude::*};
use wasm_bindgen::JsValue;
use web_sys::{CustomEvent, CustomEventInit};

/// Reports every panic from now on, with the version of the program. A panic ends in a trap, which `page/crash.js` shows.
pub fn report_panics() {
    if let Some(root) = document().document_element() {
        let _ = root.set_attribute("data-version", env!("CARGO_PKG_VERSION"));
    }
    panic::set_hook(Box::new(|info| {
        let report = info.to_string();
        console_error(&report);
        tell_page(&report);
    }));
}

/// Sends a report to `page/crash.js`.
fn tell_page(report: &str) {
    let init = CustomEventInit::new();
    init.set_detail(&JsValue::from(report));
    if let Ok(event) = CustomEvent::new_with_event_init_dict("panic", &init) {
        let _ = window().dispatch_event(&event);
    }
}
