//! A text beside what it is about, for the eye only: a screen reader has the text anyway.

use leptos::prelude::*;

/// A tooltip that is shown while it is mounted.
#[component]
pub fn Tooltip(
    /// The text.
    text: String,
    /// Its upper left corner in CSS pixels of the browser's window.
    place: (i32, i32),
    /// Called when the pointer leaves it. It stays while the pointer is on it (WCAG 1.4.13).
    #[prop(into)]
    on_leave: Callback<()>,
) -> impl IntoView {
    let (left, top) = place;
    view! {
        <div
            class="tip"
            aria-hidden="true"
            style:left=format!("{left}px")
            style:top=format!("{top}px")
            on:mouseleave=move |_| on_leave.run(())
        >
            <bdi>{text}</bdi>
        </div>
    }
}
