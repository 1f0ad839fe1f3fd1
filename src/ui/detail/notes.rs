//! Notes above the detail: its node is not loaded yet, hidden, or removed. They are in a live region.

use leptos::prelude::*;

use crate::{
    domain::{Time, outline::NodeId},
    ui::{
        browser::detail_pane::HEADING,
        state::{use_clock, use_connection, use_grid, use_navigation},
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
    /// When it was last seen.
    last_seen: Option<Time>,
) -> impl IntoView {
    let clock = use_clock();
    let now = clock.now_untracked();
    let since = move || {
        clock.today().with(|today| match last_seen {
            Some(seen) => format!(" It was there at {}, and is not since {}.", today.short(seen), today.short(now)),
            None => format!(" It was not there when this page first looked, at {}.", today.short(now)),
        })
    };
    view! {
        <div class="gone">
            // If there is no heading below, this gets the focus.
            <b id=(!is_known).then_some(HEADING) tabindex="-1">"The engine does not have this any more."</b>
            {since}
            " It was probably removed: engines remove ended jobs, mostly 10 minutes after a success and an hour after a failure."
            {(!is_known).then(|| view! { <code>{node.to_string()}</code> })}
        </div>
    }
}
