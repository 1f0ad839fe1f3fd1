//! A modal dialog: the browser's `<dialog>`. It keeps the focus inside, and everything behind it is inert.

use std::cell::Cell;

use leptos::{ev, html, prelude::*};

use super::{Glyph, Icon};
use crate::{
    ui::browser::{focus::focused, focus_keeper::focus_home, keyboard},
    view::keyboard::Meaning,
};

thread_local! {
    /// Counts dialogs. Their headings need different ids, because two may be open: a log-in over a form.
    static DIALOGS: Cell<u32> = const { Cell::new(0) };
}

/// A modal dialog that is open while it is mounted. When it closes, the focus moves back.
#[component]
pub fn Dialog(
    /// The heading.
    #[prop(into)]
    title: String,
    /// Its class.
    #[prop(optional)]
    class: &'static str,
    /// Called by Escape and the close button. Without it the user cannot close the dialog.
    #[prop(optional)]
    on_close: Option<Callback<()>>,
    /// The content.
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    let heading_id = format!("dialog-title-{}", DIALOGS.replace(DIALOGS.get() + 1));
    let heading = view! { <h2 id=heading_id.clone()><bdi>{title}</bdi></h2> };
    keep_focus(node);
    let close = move || {
        if let Some(on_close) = on_close {
            on_close.run(());
        }
    };
    let on_cancel = move |event: ev::Event| {
        event.prevent_default();
        close();
    };
    // Escape closes only this dialog, not also the part around it. The browser must not handle it: it closes a dialog at a
    // second Escape in a row even if the page does not allow it.
    let on_key = move |event: ev::KeyboardEvent| {
        if keyboard::press(&event).meaning() == Meaning::Escape {
            event.stop_propagation();
            event.prevent_default();
            close();
        }
    };
    let cross = on_close.map(|on_close| {
        view! {
            <button
                type="button"
                class="quiet icon-only dialog-close"
                aria-label="Close"
                on:click=move |_| on_close.run(())
            >
                <Icon glyph=Glyph::Close/>
            </button>
        }
    });
    view! {
        <dialog
            node_ref=node
            class=class
            aria-labelledby=heading_id
            on:cancel=on_cancel
            on:keydown=on_key
        >
            <div class="dialog-head">
                {heading}
                {cross}
            </div>
            {children()}
        </dialog>
    }
}

/// Opens the dialog once it is in the document, and restores the focus when it closes.
fn keep_focus(node: NodeRef<html::Dialog>) {
    let before = StoredValue::new_local(focused());
    node.on_load(|dialog| _ = dialog.show_modal());
    on_cleanup(move || {
        // While it is open, nothing behind it can have the focus.
        if let Some(dialog) = node.get_untracked() {
            dialog.close();
        }
        match before.get_value().filter(|element| element.is_connected()) {
            Some(element) => _ = element.focus(),
            None => focus_home(),
        }
    });
}
