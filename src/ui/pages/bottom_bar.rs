//! The bar below the tree: totals, what is not loaded, and the difference of the clocks.

use leptos::prelude::*;

use crate::{
    ui::{
        state::{use_clock, use_connection, use_grid, use_overlays, use_preferences, use_session},
        sync::use_sync,
    },
    view::{jobs::Jobs, outline::Outline, wanted::Unloaded, words},
};

/// The bar below the tree.
#[component]
pub(super) fn BottomBar() -> impl IntoView {
    let (connection, session) = (use_connection(), use_session());
    let unreadable = move || match connection.unreadable.get() {
        0 => String::new(),
        entries => format!("{} of the engine's entries could not be read.", words::grouped(entries)),
    };
    let unread_steps = move || match connection.unread_steps.get() {
        0 => String::new(),
        jobs => format!("The steps of {} could not be read.", words::count(jobs, "job")),
    };
    let product = move || session.engine.get().product.unwrap_or_default();
    view! {
        <footer class="bottom">
            <Totals/>
            <NotLoaded/>
            <LeftOut/>
            <RowLimit/>
            <span class="note">{unreadable}</span>
            <span class="note">{unread_steps}</span>
            <ClockDifference/>
            <span class="stretch"></span>
            <span class="note product">{product}</span>
            <HelpButton/>
        </footer>
    }
}

#[component]
fn Totals() -> impl IntoView {
    let grid = use_grid();
    let all = Memo::new(move |_| {
        grid.jobs().with(|jobs: &Jobs| (jobs.snapshot().counts().all(), jobs.snapshot().known_steps()))
    });
    let left = Memo::new(move |_| {
        grid.outline().with(|outline: &Outline| (!outline.filter().is_empty()).then(|| outline.job_count()))
    });
    let jobs = move || {
        let all = words::count(all.get().0, "job");
        left.get().map_or_else(|| all.clone(), |left| format!("{} of {all}", words::grouped(left)))
    };
    let steps = move || words::count(all.get().1, "step");
    view! { <span class="totals">{jobs}" · "{steps}</span> }
}

/// Whose steps are not loaded. If they are too many to be loaded unasked, and the query needs them, a button loads them.
#[component]
fn NotLoaded() -> impl IntoView {
    let unloaded = use_grid().unloaded();
    let sync = use_sync();
    let must_be_asked_for = Memo::new(move |_| unloaded.with(Unloaded::must_be_asked_for));
    view! {
        <span class="note">{move || unloaded.with(words::not_loaded)}</span>
        <Show when=move || must_be_asked_for.get()>
            <button type="button" class="link" on:click=move |_| sync.load_all_steps()>"Load them"</button>
        </Show>
    }
}

/// Jobs of added events are hidden by default.
#[component]
fn LeftOut() -> impl IntoView {
    let grid = use_grid();
    let left_out = Memo::new(move |_| grid.outline().with(Outline::event_jobs_left_out));
    let text = move || match left_out.get() {
        0 => String::new(),
        jobs => format!("{} for added events not shown.", words::count(jobs, "job")),
    };
    view! { <span class="note">{text}</span> }
}

/// A browser shows elements only up to a height.
#[component]
fn RowLimit() -> impl IntoView {
    let grid = use_grid();
    let rows = Memo::new(move |_| {
        grid.outline().with(|outline: &Outline| (outline.rows_left_out() > 0).then(|| outline.row_count()))
    });
    let text = move || match rows.get() {
        None => String::new(),
        Some(rows) => {
            format!("The list shows the first {}. Search or filter to see the others.", words::count(rows, "row"))
        }
    };
    view! { <span class="note">{text}</span> }
}

#[component]
fn ClockDifference() -> impl IntoView {
    let clock = use_clock();
    let text = move || {
        let ahead = clock.ahead();
        let sign = if ahead.num_milliseconds() < 0 { "−" } else { "+" };
        if ahead.is_zero() { String::new() } else { format!("Engine clock {sign}{}", words::duration(ahead.abs())) }
    };
    view! { <span class="note">{text}</span> }
}

#[component]
fn HelpButton() -> impl IntoView {
    let overlays = use_overlays();
    let shortcut = use_preferences().shortcut("?");
    view! {
        <button
            type="button"
            class="quiet"
            aria-keyshortcuts=move || shortcut.get()
            on:click=move |_| overlays.help.set(true)
        >
            <kbd aria-hidden="true">"?"</kbd>
            " Help"
        </button>
    }
}
