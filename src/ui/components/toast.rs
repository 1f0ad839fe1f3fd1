//! A message in a corner: good news, or a problem.

use leptos::prelude::*;

use super::{Glyph, Icon};

/// A message.
#[component]
pub fn ToastBox(
    /// The sentence.
    text: String,
    /// Whether it tells of a problem: then a screen reader says it at once.
    is_problem: bool,
    /// Called by its cross.
    #[prop(into)]
    on_close: Callback<()>,
    /// The buttons for what can be done about it.
    children: Children,
) -> impl IntoView {
    view! {
        <div class=if is_problem { "notice bad" } else { "notice" } role=is_problem.then_some("alert")>
            <p><bdi>{text}</bdi></p>
            {children()}
            <button
                type="button"
                class="quiet icon-only"
                aria-label="Close this notice"
                on:click=move |_| on_close.run(())
            >
                <Icon glyph=Glyph::Close/>
            </button>
        </div>
    }
}
