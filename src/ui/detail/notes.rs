//! Notes above the detail: its node is not loaded yet, hidden, or removed. They are in a live region.

use leptos::prelude::*;

use crate::{
    domain::outline::NodeId,
    ui::{
        browser::detail_pane::HEADING,
        state::{use_connection, use_grid, use_navigation},
    },
    view::connection::Connection,
};

/// The node is not loaded yet.
#[component]
pub(super) fn WaitingNote() -> impl IntoView {
    let connection = use_connection();
    let has_failed = move || connection.unread_steps.get() > 0 || connection.connection.with(Connection::is_lost);
    let text = move || if has_failed() { "Not loaded yet." } else { "Loading…" };
    view! { <p class="quiet-text">{text}</p> }
}

/// If the search or the filters hide the node: says so, and offers to clear them.
#[component]
pub(super) fn HiddenNote(
    /// The node that may be hidden.
    node: NodeId,
) -> impl IntoView {
    let (grid, navigation) = (use_grid(), use_navigation());
    let is_hidden = Memo::new(move |_| grid.hides(node));
    view! {
        <Show when=move || is_hidden.get()>
            <p class="gone">
                "Search or filters hide its row. "
                <button type="button" class="link" on:click=move |_| navigation.show(node)>"Show it"</button>
            </p>
        </Show>
    }
}

/// The engine no longer has the node.
#[component]
pub(super) fn GoneNote(
    /// The node.
    node: NodeId,
    /// Whether the node as last seen is shown below.
    is_known: bool,
) -> impl IntoView {
    view! {
        <div class="gone">
            // If there is no heading below, this gets the focus.
            <b id=(!is_known).then_some(HEADING) tabindex="-1">"The engine does not have this any more."</b>
            " It was probably removed: the engine removes ended jobs some time after their end."
            {(!is_known).then(|| view! { <code>{node.to_string()}</code> })}
        </div>
    }
}
