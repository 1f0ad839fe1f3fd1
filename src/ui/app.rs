//! The app: begins the state and the tasks, and shows the log-in or the monitor.

use std::time::Duration;

use leptos::prelude::*;
use web_sys::VisibilityState;

use super::{
    address,
    browser::{detail_pane::covers_tree, focus_keeper, storage, tab_icon},
    demo,
    pages::{LogInPage, MonitorPage, Toaster},
    state::{AppState, Session, use_announcer, use_session},
    sync::Sync,
};
use crate::{
    domain::Status,
    host::PageHost,
    view::{grid::Sight, jobs::Jobs, outline::Outline, watch::Watch, words},
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
    pass_time(state);
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

/// Time passes for jobs that become stuck, and for failures that the user sees.
fn pass_time(state: AppState) {
    Effect::new(move || {
        let now = state.clock.now();
        state.grid.pass_time(now, || {
            if document().visibility_state() != VisibilityState::Visible {
                Sight::Nothing
            } else if covers_tree() {
                Sight::Detail
            } else {
                Sight::List
            }
        });
    });
}

/// Shows the number of new failures in the title of the tab, or else that of running jobs. The tab's icon shows the first one, too. In web
/// admin both belong to web admin.
fn name_the_tab(state: AppState) {
    let running =
        Memo::new(move |_| state.grid.jobs().with(|jobs: &Jobs| jobs.snapshot().counts().of(Status::Started)));
    let failures = Memo::new(move |_| state.grid.watch().with(|watch: &Watch| watch.news.count()));
    Effect::new(move || document().set_title(&words::tab_title(failures.get(), running.get())));
    if state.session.web_admin().is_none() {
        Effect::new(move || tab_icon::show(failures.get()));
    }
}
