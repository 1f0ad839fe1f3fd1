//! The message in place of the tree when there are no rows.

use leptos::{either::Either, prelude::*};

use crate::{
    api::ApiError,
    domain::outline::Filter,
    ui::{
        grid::focus_grid,
        state::{use_connection, use_grid},
        sync::use_sync,
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

impl Empty {
    const fn title(&self) -> &'static str {
        match self {
            Self::Loading => "Loading…",
            Self::NotAllowed(_) => "Not allowed",
            Self::NothingYet => "Nothing to show yet",
            Self::NoJobs => "No jobs",
            Self::NoMatch => "Nothing matches",
        }
    }

    fn text(&self) -> Option<String> {
        match self {
            Self::Loading | Self::NothingYet => None,
            Self::NotAllowed(why) => Some(why.clone()),
            Self::NoJobs => Some("Jobs appear here when the engine or an external program starts them.".to_owned()),
            Self::NoMatch => Some("No job and no loaded step matches the search and the filters.".to_owned()),
        }
    }
}

/// Shows why there are no rows.
#[component]
pub(super) fn EmptyList() -> impl IntoView {
    let (grid, connection, sync) = (use_grid(), use_connection(), use_sync());
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
    let is_no_match = Memo::new(move |_| empty.get() == Some(Empty::NoMatch));
    let clear = move |_| {
        sync.filter_at_once(|filter| *filter = Filter::default());
        // The button was removed, so the focus must move.
        request_animation_frame(move || focus_grid(grid));
    };
    move || {
        empty.get().map(|empty| match empty {
            Empty::Loading => Either::Left(view! { <div class="empty skeleton" aria-hidden="true"></div> }),
            empty => Either::Right(view! {
                <div class="empty" role="status">
                    <h2>{empty.title()}</h2>
                    {empty.text().map(|text| view! { <p>{text}</p> })}
                    <Show when=move || is_no_match.get()>
                        <button type="button" on:click=clear>"Clear search and filters"</button>
                    </Show>
                </div>
            }),
        })
    }
}
