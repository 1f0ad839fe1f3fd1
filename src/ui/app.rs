//! The app: begins the state and the tasks, and shows the log-in or the monitor.

use std::time::Duration;

use leptos::prelude::*;
use web_sys::VisibilityState;

use super::{
    browser::{address, focus_keeper, storage},
    demo,
    pages::{LogInPage, MonitorPage, Toaster},
    state::{AppState, Session, use_announcer, use_session},
    sync::Sync,
};
use crate::{
    domain::Status,
    host::PageHost,
    view::{jobs::Jobs, outline::Outline},
};

/// Begins the state and the tasks, and provides them to the components. They live as long as the page, however often it is mounted.
pub fn begin(host: PageHost) -> AppState {
    let state = AppState::new(host);
    state.provide();
    address::keep_synchronized(state);
    let sync = Sync::start(state);
    provide_context(sync);
    demo::provide(state.session, sync);
    tick(state);
    store_expansion(state);
    name_the_tab(state);
    focus_keeper::keep_focus();
    state
}

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    let session = use_session().session;
    let has_session = Memo::new(move |_| session.with(|session| *session != Session::LoggedOut));
    let page = move || {
        if has_session.get() { view! { <MonitorPage/> }.into_any() } else { view! { <LogInPage/> }.into_any() }
    };
    view! {
        {page}
        <Toaster/>
        <Announcements/>
    }
}

/// The announcements of changes, for screen readers.
#[component]
fn Announcements() -> impl IntoView {
    let text = use_announcer().text();
    view! { <div class="unseen" role="status" aria-live="polite">{text}</div> }
}

/// Updates the clock once a second while the page is visible.
fn tick(state: AppState) {
    let on_tick = move || {
        if document().visibility_state() == VisibilityState::Visible {
            state.clock.tick();
        }
    };
    if let Ok(interval) = set_interval_with_handle(on_tick, Duration::from_secs(1)) {
        on_cleanup(move || interval.clear());
    }
}

/// Stores the expanded nodes, so that a reload restores them.
fn store_expansion(state: AppState) {
    let opened = Memo::new(move |_| {
        state.grid.outline().with(|outline: &Outline| outline.expansion().opened(storage::MOST_OPEN))
    });
    Effect::new(move |before: Option<()>| {
        let opened = opened.get();
        if before.is_some() {
            storage::store_open(&opened);
        }
    });
}

/// Shows the number of running jobs in the title of the tab.
fn name_the_tab(state: AppState) {
    let running =
        Memo::new(move |_| state.grid.jobs().with(|jobs: &Jobs| jobs.snapshot().counts().of(Status::Started)));
    Effect::new(move || {
        let title = match running.get() {
            0 => "Task Monitor".to_owned(),
            running => format!("({running}) Task Monitor"),
        };
        document().set_title(&title);
    });
}
