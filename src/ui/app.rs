//! The app: what stands where, and what the page as a whole listens to.

use std::time::Duration;

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, VisibilityState};

use super::{
    banner::banner,
    context::{Context, Session},
    demo,
    detail::{Shown, detail, row_actions},
    footer::footer,
    form::forms,
    grid::{focus_grid, tree_grid},
    head::head,
    help::help,
    log_in::{log_in_again, log_in_page},
    part::{
        element::{button, el},
        live::live,
        menu::menu,
        notices::notices,
        run::{effect, next_frame},
        state::Derived,
        view::{Draw, View, part, several},
    },
    route, storage,
    toolbar::{self, toolbar},
};
use crate::{
    api::ApiError,
    host::Host,
    view::{grid::Selected, link::Link, words},
};

/// The whole page.
pub fn app(host: Host) -> View {
    let context = Context::new(host);
    provide_context(context);
    route::keep_in_step(context);
    tick(context);
    follow_visibility(context);
    listen_for_keys(context);
    keep_what_is_open(context);
    name_the_tab(context);
    if context.session.with_untracked(|session| matches!(session, Session::In { .. })) {
        context.monitor().begin(context);
    }
    let inside = Derived::new(move |_| context.has_session());
    let announcement = live(move || context.announcement.get());
    several([
        part(move || Some(if inside.get() { page(context) } else { log_in_page(context) })),
        notices(context),
        el("div").class("unseen").attr("role", "status").attr("aria-live", "polite").child(announcement).view(),
    ])
}

fn page(context: Context) -> View {
    let in_web_admin = context.web_admin().is_some();
    let list = el("main").class("list").attr("tabindex", "-1").child(tree_grid()).child(empty_state(context));
    let page = el("div")
        .class("page")
        .class_when("panel", move || in_web_admin)
        .class_when("stale", move || matches!(context.session.get(), Session::Ended { .. }))
        .child(head(context))
        .child(toolbar(context))
        .child(el("div").class("middle").child(list).child(detail(context)))
        // Below the tree, which gets shorter when they come: above it they would move every row.
        .child(banner(context))
        .child(demo::notice())
        .child(footer(context));
    several([page.view(), open_menu(context), forms(context), help(context), log_in_again(context)])
}

/// What stands in the tree's place when there is nothing in it.
#[derive(Debug, Clone, PartialEq)]
enum Empty {
    Loading,
    NotAllowed(String),
    Unreachable,
    NoJobs,
    NoMatch,
}

fn empty_state(context: Context) -> View {
    let state = Derived::new(move |_| {
        let (loaded, left, all) =
            context.grid.with(|grid| (grid.is_loaded(), grid.job_count(), grid.snapshot().counts().all()));
        match (loaded, context.link.get()) {
            (false, Link::Lost { error: error @ ApiError::Forbidden(_), .. }) => {
                Some(Empty::NotAllowed(error.to_string()))
            }
            // The banner says why.
            (false, Link::Lost { .. }) => Some(Empty::Unreachable),
            (false, _) => Some(Empty::Loading),
            (true, _) if all == 0 => Some(Empty::NoJobs),
            (true, _) if left == 0 => Some(Empty::NoMatch),
            (true, _) => None,
        }
    });
    let clear = move |_| {
        context.grid.update(|grid| grid.ask(Default::default()));
        context.monitor().fetch_steps(context);
        // The button is gone then.
        next_frame(move || focus_grid(context));
    };
    part(move || {
        let told = |title: &'static str| el("div").class("empty").attr("role", "status").child(el("h2").child(title));
        let told = match state.get()? {
            Empty::Loading => el("div").class("empty skeleton").attr("aria-hidden", "true"),
            Empty::NotAllowed(words) => told("Not allowed")
                .child(el("p").child(words))
                .child(el("p").child("To list jobs, a user needs a role of ADMIN type, such as ReadOnlyAdmin.")),
            Empty::Unreachable => told("Nothing to show yet"),
            Empty::NoJobs => {
                told("No jobs").child(el("p").child("Jobs appear here as the engine or a program starts them."))
            }
            Empty::NoMatch => told("Nothing matches")
                .child(el("p").child("No job, and no step that is loaded, fits the search and the filters."))
                .child(button().on(ev::click, clear).child("Clear search and filters")),
        };
        Some(told.view())
    })
}

/// The row menu, while it is open.
fn open_menu(context: Context) -> View {
    part(move || {
        let open = context.menu.get()?;
        let Selected::Here(job, step) = context.grid.with_untracked(|grid| grid.look_at(open.node)) else {
            return None;
        };
        let shown = Shown { job, step };
        let label = format!("Actions for {}", words::shortened(shown.description(), 60));
        let items = row_actions(context, &shown);
        let close = Callback::new(move |()| context.menu.set(None));
        Some(menu(label, (open.x, open.y), items, close))
    })
}

/// Moves the clock on once a second, while anybody can see it.
fn tick(context: Context) {
    let on_tick = move || {
        if document().visibility_state() == VisibilityState::Visible {
            context.now.set(context.monitor().skew().engine_now());
        }
    };
    if let Ok(interval) = set_interval_with_handle(on_tick, Duration::from_secs(1)) {
        on_cleanup(move || interval.clear());
    }
}

/// Slows down while nobody looks; asks at once when somebody does again, or when the network is back.
fn follow_visibility(context: Context) {
    let monitor = context.monitor();
    let on_change = window_event_listener_untyped("visibilitychange", {
        let monitor = monitor.clone();
        move |_| {
            let hidden = document().visibility_state() == VisibilityState::Hidden;
            context.poller.update(|poller| poller.set_hidden(hidden));
            if hidden { monitor.schedule(context) } else { monitor.catch_up(context) }
        }
    });
    let on_line = window_event_listener(ev::online, {
        let monitor = monitor.clone();
        move |_| monitor.catch_up(context)
    });
    let on_leave = window_event_listener_untyped("pagehide", move |_| monitor.stop(context));
    on_cleanup(move || {
        on_change.remove();
        on_line.remove();
        on_leave.remove();
    });
}

/// Keys that work anywhere but in a field.
fn listen_for_keys(context: Context) {
    let on_key = window_event_listener(ev::keydown, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let typing = target.is_some_and(|element| {
            matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT")
                || element.closest("dialog").ok().flatten().is_some()
        });
        if typing || event.ctrl_key() || event.meta_key() || event.alt_key() || event.default_prevented() {
            return;
        }
        let shortcuts = untrack(|| context.has_shortcuts());
        match event.key().as_str() {
            "/" if shortcuts => focus_search(),
            "?" if shortcuts => context.help.set(true),
            // The browser closes what stands over the page.
            "Escape" if document().query_selector(":popover-open").is_ok_and(|open| open.is_some()) => return,
            "Escape"
                if context.nonsense.with_untracked(Option::is_some)
                    || context.grid.with_untracked(|grid| grid.selected().is_some()) =>
            {
                context.select(None);
            }
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || on_key.remove());
}

fn focus_search() {
    let field = document().get_element_by_id(toolbar::SEARCH).and_then(|field| field.dyn_into::<HtmlElement>().ok());
    if let Some(field) = field {
        let _ = field.focus();
    }
}

fn keep_what_is_open(context: Context) {
    let open = Derived::new(move |_| context.grid.with(|grid| grid.expansion().opened(storage::MOST_OPEN)));
    let mut begun = false;
    effect(move || {
        let open = open.get();
        if std::mem::replace(&mut begun, true) {
            storage::keep_open(&open);
        }
    });
}

/// What runs and what failed, for who has the tab in the background.
fn name_the_tab(context: Context) {
    let counts = Derived::new(move |_| context.grid.with(|grid| grid.snapshot().counts()));
    effect(move || {
        let counts = counts.get();
        let running = counts.of(crate::domain::Status::Started);
        let title = if running == 0 { "Task Monitor".to_owned() } else { format!("({running}) Task Monitor") };
        document().set_title(&title);
    });
}
