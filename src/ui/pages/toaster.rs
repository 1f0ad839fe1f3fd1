//! The toasts, in a corner. Information closes by itself; a problem stays until the user closes it.

use std::time::Duration;

use leptos::prelude::*;

use crate::ui::{
    browser::focus::find,
    components::ToastBox,
    state::{Toast, ToastKind, Toasts, use_navigation, use_overlays, use_toasts},
};

/// Enough time to read two sentences twice. A toast that is used then stays as long again.
const STAY: Duration = Duration::from_secs(10);

/// All toasts, the latest last.
#[component]
pub fn Toaster() -> impl IntoView {
    let toasts = use_toasts();
    view! {
        <div class="notices" role="status">
            <For each=move || toasts.get() key=|toast| toast.id let:toast>
                <ToastView toast/>
            </For>
        </div>
    }
}

/// A toast that has the focus or the pointer stays: somebody is about to press its button.
fn close_unless_used(toasts: Toasts, id: u32) {
    if find(".notices:is(:focus-within, :hover)").is_none() {
        toasts.close(id);
    }
}

#[component]
fn ToastView(
    /// The message.
    toast: Toast,
) -> impl IntoView {
    let (toasts, navigation, overlays) = (use_toasts(), use_navigation(), use_overlays());
    let Toast { id, text, kind, about, draft } = toast;
    let is_problem = kind == ToastKind::Problem;
    if !is_problem && let Ok(timer) = set_interval_with_handle(move || close_unless_used(toasts, id), STAY) {
        on_cleanup(move || timer.clear());
    }
    let show = about.map(|node| {
        view! { <button type="button" class="link" on:click=move |_| navigation.show(node)>"Show"</button> }
    });
    let reopen = draft.map(|draft| {
        let reopen = move |_| {
            toasts.close(id);
            overlays.open_form(draft.clone());
        };
        view! { <button type="button" class="link" on:click=reopen>"Reopen the form"</button> }
    });
    view! {
        <ToastBox text is_problem on_close=move |()| toasts.close(id)>
            {show}
            {reopen}
        </ToastBox>
    }
}
