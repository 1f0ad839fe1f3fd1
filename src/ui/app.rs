//! The app: its state, its tasks, and the page that they are for.

use std::time::Duration;

use leptos::prelude::*;
use web_sys::VisibilityState;

use super::{
    browser::{
        address,
        focus::{focus_main, is_main_focused},
        storage,
    },
    demo,
    grid::focus_grid,
    pages::{LogInPage, MonitorPage, Toaster},
    state::{AppState, Session, use_announcer},
    sync::Sync,
};
use crate::{
    domain::Status,
    host::PageHost,
    view::{jobs::Jobs, outline::Outline},
};

/// The whole page.
#[component]
pub fn App(
    /// Where it runs.
    host: PageHost,
) -> impl IntoView {
    let state = AppState::new(host);
    state.provide();
    address::keep_in_step(state);
    let sync = Sync::start(state);
    provide_context(sync);
    demo::provide(state.session, sync);
    tick(state);
    store_expansion(state);
    name_the_tab(state);
    enter_panel(state);
    let has_session = Memo::new(move |_| state.session.session.with(|session| *session != Session::LoggedOut));
    let page = move || {
        if has_session.get() { view! { <MonitorPage/> }.into_any() } else { view! { <LogInPage/> }.into_any() }
    };
    view! {
        {page}
        <Toaster/>
        <Announcements/>
    }
}

/// What a screen reader is told about polls.
#[component]
fn Announcements() -> impl IntoView {
    let text = use_announcer().text();
    view! { <div class="unseen" role="status" aria-live="polite">{text}</div> }
}

/// Moves the clock on once a second, while anybody can see it.
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

/// Stores what is expanded, for when the page is reloaded.
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

/// In web admin: names the panel's frame. Whoever chose the menu entry by keyboard goes on in the tree; otherwise the rest of web
/// admin's menu would stand between.
fn enter_panel(state: AppState) {
    let Some(web_admin) = state.session.web_admin() else { return };
    web_admin.name_frame("Task Monitor");
    if !web_admin.has_focus_by_keyboard() {
        return;
    }
    request_animation_frame(focus_main);
    let is_loaded = Memo::new(move |_| state.grid.is_loaded());
    Effect::new(move || {
        if is_loaded.get() {
            request_animation_frame(move || {
                if is_main_focused() {
                    focus_grid(state.grid);
                }
            });
        }
    });
}

/// The tab's title tells how many jobs run, for whoever has the tab in the background.
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
