//! The message in place of the tree when there are no rows.

use leptos::prelude::*;

use crate::{
    api::ApiError,
    domain::outline::Filter,
    ui::{
        grid::focus_grid,
        state::{use_connection, use_grid},
    },
    view::{connection::Connection, jobs::Jobs, outline::Outline},
};

/// Why there are no rows.
#[derive(Debug, Clone, PartialEq)]
enum Empty {
    Loading,
    NotAllowed(String),
    /// The banner shows the reason.
    NothingYet,
    NoJobs,
    NoMatch,
}

/// Shows why there are no rows.
#[component]
pub(super) fn EmptyList() -> impl IntoView {
    let (grid, connection) = (use_grid(), use_connection());
    let empty = Memo::new(move |_| {
        let (is_loaded, all) = grid.jobs().with(|jobs: &Jobs| (jobs.is_loaded(), jobs.snapshot().counts().all()));
        let (left, is_filtered) =
            grid.outline().with(|outline: &Outline| (outline.job_count(), !outline.filter().is_empty()));
        match (is_loaded, connection.connection.get()) {
            (false, Connection::Lost { error: error @ ApiError::Forbidden(_), .. }) => {
                Some(Empty::NotAllowed(error.to_string()))
            }
            (false, Connection::Lost { .. }) => Some(Empty::NothingYet),
            (false, _) => Some(Empty::Loading),
            (true, _) if all == 0 => Some(Empty::NoJobs),
            (true, _) if left == 0 && is_filtered => Some(Empty::NoMatch),
            // There are only jobs of added events, which the bottom bar counts.
            (true, _) if left == 0 => Some(Empty::NoJobs),
            (true, _) => None,
        }
    });
    let clear = move |_| {
        grid.update(|grid| grid.set_filter(Filter::default()));
        // The button was removed, so the focus must move.
        request_animation_frame(move || focus_grid(grid));
    };
    move || {
        Some(match empty.get()? {
            Empty::Loading => view! { <div class="empty skeleton" aria-hidden="true"></div> }.into_any(),
            Empty::NotAllowed(why) => view! { <Message title="Not allowed"><p>{why}</p></Message> }.into_any(),
            Empty::NothingYet => view! { <Message title="Nothing to show yet">""</Message> }.into_any(),
            Empty::NoJobs => view! {
                <Message title="No jobs">
                    <p>"Jobs appear here when the engine or an external program starts them."</p>
                </Message>
            }
            .into_any(),
            Empty::NoMatch => view! {
                <Message title="Nothing matches">
                    <p>"No job and no loaded step matches the search and the filters."</p>
                    <button type="button" on:click=clear>"Clear search and filters"</button>
                </Message>
            }
            .into_any(),
        })
    }
}

#[component]
fn Message(
    /// The heading.
    title: &'static str,
    /// The text below it.
    children: Children,
) -> impl IntoView {
    view! { <div class="empty" role="status"><h2>{title}</h2>{children()}</div> }
}
