//! The banner between the tree and the bottom bar: a problem of the connection, and what to do about it.

use leptos::{either::Either, prelude::*};

use crate::{
    api::ApiError,
    ui::{
        browser::focus::{find, focus_first},
        grid::focus_grid,
        state::{use_clock, use_connection, use_grid, use_session},
        sync::use_sync,
    },
    view::{connection::Connection, poll::Poller, words},
};

/// The problem.
#[derive(Debug, Clone, PartialEq)]
enum Trouble {
    /// The session has ended in web admin, which has its own log-in.
    SessionEnded,
    /// The connection is lost, with the text of the error.
    Lost(String),
}

/// Shows why the data on screen may be out of date.
#[component]
pub(super) fn Banner() -> impl IntoView {
    let (session, grid, connection) = (use_session(), use_grid(), use_connection());
    let is_panel = session.web_admin().is_some();
    let error = Memo::new(move |_| match connection.connection.get() {
        Connection::Lost { error, .. } => Some(error),
        Connection::Loading | Connection::Live { .. } => None,
    });
    let trouble = Memo::new(move |_| {
        let error = error.get()?;
        match (session.has_ended(), is_panel) {
            (true, true) => Some(Trouble::SessionEnded),
            // The log-in dialog shows it.
            (true, false) => None,
            // The empty list shows it.
            (false, _) if matches!(error, ApiError::Forbidden(_)) && !grid.is_loaded() => None,
            (false, _) => Some(Trouble::Lost(sentence(&error))),
        }
    });
    move || {
        let trouble = trouble.get();
        // If the banner's button has the focus, the focus must move before the button is removed.
        if find(".banner:focus-within").is_some() {
            request_animation_frame(move || {
                if !focus_first(".banner button") {
                    focus_grid(grid);
                }
            });
        }
        trouble.map(|trouble| match trouble {
            Trouble::SessionEnded => Either::Left(view! { <SessionEndedBanner/> }),
            Trouble::Lost(text) => Either::Right(view! { <LostBanner text/> }),
        })
    }
}

/// An engine's message may end without a full stop.
fn sentence(error: &ApiError) -> String {
    let mut text = error.to_string();
    if !text.ends_with(['.', '!', '?']) {
        text.push('.');
    }
    text
}

#[component]
fn SessionEndedBanner() -> impl IntoView {
    let session = use_session();
    let reload = move |_| session.web_admin().into_iter().for_each(|web_admin| web_admin.reload());
    view! {
        <div class="banner">
            <p><b role="alert">"The session has ended."</b><DataAge/></p>
            <button type="button" class="primary" on:click=reload>"Sign in again"</button>
        </div>
    }
}

/// Only the first sentence is an alert: the countdown must not be read out every second.
#[component]
fn LostBanner(
    /// The problem.
    text: String,
) -> impl IntoView {
    let (connection, clock, sync) = (use_connection(), use_clock(), use_sync());
    let next_try = move || {
        let wait = match connection.connection.get() {
            Connection::Lost { next: Some(next), .. } => Some(next - clock.now()),
            Connection::Lost { next: None, .. } | Connection::Loading | Connection::Live { .. } => None,
        };
        match wait {
            _ if connection.poller.with(Poller::is_under_way) => " Trying now.".to_owned(),
            Some(wait) if wait.num_seconds() < 1 => " Trying now.".to_owned(),
            Some(wait) => format!(" Next try in {}.", words::duration(wait)),
            None => " Refresh is paused or off, so there is no next try.".to_owned(),
        }
    };
    view! {
        <div class="banner">
            <p><b role="alert"><bdi>{text}</bdi></b><DataAge/>{next_try}</p>
            <button type="button" on:click=move |_| sync.refresh()>"Try now"</button>
        </div>
    }
}

/// The age of the data on screen.
#[component]
fn DataAge() -> impl IntoView {
    let (connection, clock) = (use_connection(), use_clock());
    move || {
        let last = connection.connection.with(Connection::last);
        last.map(|last| format!(" The data shown is {} old.", words::duration(clock.now() - last)))
    }
}
