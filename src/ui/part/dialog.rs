//! A modal dialog: the browser's own, which keeps the focus inside and everything behind it still.

use std::cell::Cell;

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{HtmlDialogElement, HtmlElement};

use super::{
    element::{Element, Handle, button, el, focus_main},
    icon::Icon,
};

thread_local! {
    /// How many dialogs there have been. Two may be open at once: a log-in over a form.
    static DIALOGS: Cell<u32> = const { Cell::new(0) };
}

/// A modal dialog that is open while it is mounted. The focus goes back to where it was when it goes.
///
/// `on_close` is for Escape and the cross: without it the dialog stays until what it asks for is done.
pub fn dialog(title: String, class: &'static str, on_close: Option<Callback<()>>) -> Element {
    let node = Handle::default();
    let heading = format!("dialog-title-{}", DIALOGS.replace(DIALOGS.get() + 1));
    let before = document().active_element().and_then(|element| element.dyn_into::<HtmlElement>().ok());
    node.when_built(|dialog| {
        let _ = dialog.unchecked_into::<HtmlDialogElement>().show_modal();
    });
    on_cleanup(move || {
        // While it is open, nothing behind it takes the focus.
        if let Some(dialog) = node.get() {
            dialog.unchecked_into::<HtmlDialogElement>().close();
        }
        match before.filter(|element| element.is_connected()) {
            Some(element) => _ = element.focus(),
            None => focus_main(),
        }
    });
    let close = move || {
        if let Some(on_close) = on_close {
            on_close.run(());
        }
    };
    let cancel = move |event: ev::Event| {
        event.prevent_default();
        close();
    };
    // Escape closes this one, not also what it stands in. Left to the browser, a second one in a row closes a dialog whether
    // or not it may be: browsers let a page keep one open only once for each thing that its user did.
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            event.prevent_default();
            close();
        }
    };
    let cross = on_close.map(|on_close| {
        button()
            .class("quiet icon-only dialog-close")
            .attr("aria-label", "Close")
            .on(ev::click, move |_| on_close.run(()))
            .child(Icon::Close.draw())
    });
    let title = el("h2").attr("id", heading.clone()).child(title);
    el("dialog")
        .node(node)
        .class(class)
        .attr("aria-labelledby", heading)
        .on(ev::Custom::<ev::Event>::new("cancel"), cancel)
        .on(ev::keydown, on_key)
        .child(el("div").class("dialog-head").child(title).children(cross))
}
