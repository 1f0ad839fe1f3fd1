//! A status as an icon and a word. Screen readers ignore the icon and read the word.

use leptos::prelude::*;

use crate::{domain::Status, view::words};

/// The shape of the icon: ring, tick in a disc, exclamation mark in a disc or in a triangle, question mark in a ring.
const fn path(status: Status) -> &'static str {
    match status {
        Status::Started => "M8 1.75A6.25 6.25 0 0 1 14.25 8",
        Status::Finished => {
            "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm3.7 5.45-4.5 4.5a.75.75 0 0 1-1.06 0l-2-2 1.06-1.06 1.47 1.47 3.97-3.97z"
        }
        Status::Failed => {
            "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm-.9 3.25h1.8l-.25 5h-1.3zM8 12.1a.95.95 0 1 1 0-1.9.95.95 0 0 1 0 1.9z"
        }
        Status::Aborted => {
            "M8.7 1.65a.8.8 0 0 0-1.4 0L.85 13.3A.8.8 0 0 0 1.55 14.5h12.9a.8.8 0 0 0 .7-1.2zM7.15 5.5h1.7L8.6 10H7.4zM8 12.7a.9.9 0 1 1 0-1.8.9.9 0 0 1 0 1.8z"
        }
        Status::Unknown => {
            "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 1.5a5.5 5.5 0 1 1 0 11 5.5 5.5 0 0 1 0-11zm-2.4 4c0-1.4 1-2.3 2.45-2.3 1.4 0 2.4.85 2.4 2.05 0 .9-.45 1.4-1.2 1.9-.5.35-.6.5-.6.95h-1.3c0-1 .3-1.45 1.05-1.95.5-.35.7-.55.7-.95 0-.5-.4-.85-1.05-.85-.7 0-1.15.45-1.15 1.15zM8 11.9a.85.85 0 1 1 0-1.7.85.85 0 0 1 0 1.7z"
        }
    }
}

/// The icon of a status.
#[component]
pub fn StatusIcon(
    /// The status.
    #[prop(into)]
    status: Signal<Status>,
) -> impl IntoView {
    view! {
        <svg class="status-icon" viewBox="0 0 16 16" aria-hidden="true" data-status=move || status.get().as_str()>
            <path d=move || path(status.get())></path>
        </svg>
    }
}

/// The icon and the word of a status.
#[component]
pub fn StatusWord(
    /// The status.
    #[prop(into)]
    status: Signal<Status>,
) -> impl IntoView {
    view! {
        <span class="status-word" data-status=move || status.get().as_str()>
            <StatusIcon status/>
            {move || words::status(status.get())}
        </span>
    }
}
