//! The bar above the tree: counts that filter, the search, and the button to add a job.

use std::time::Duration;

use leptos::{ev, prelude::*};

use super::{
    failure_control::{FailureControl, has_failures},
    view_options::ViewOptions,
};
use crate::{
    domain::{
        Status,
        outline::{Filter, StatusSet},
    },
    ui::{
        browser::{focus::focus_first, keyboard},
        components::{Choice, Glyph, Icon, Select, StatusIcon},
        grid::focus_grid,
        state::{GridState, use_grid, use_overlays, use_preferences},
        sync::use_sync,
    },
    view::{form::Draft, grid::Key, jobs::Jobs, keyboard::Meaning, outline::Outline, words},
};

/// The bar above the tree.
#[component]
pub(super) fn Toolbar() -> impl IntoView {
    let overlays = use_overlays();
    let has_failures = has_failures(use_grid());
    view! {
        <div class="toolbar" role="group" aria-label="Find and add">
            <StatusCounts/>
            <SearchField/>
            <OriginSelect/>
            <AttentionButton/>
            <StuckButton/>
            <ViewOptions/>
            <FailureControl/>
            <button
                type="button"
                class=move || if has_failures.get() { "add-job" } else { "add-job primary" }
                on:click=move |_| overlays.open_form(Draft::add_job())
            >
                <Icon glyph=Glyph::Plus/>
                "Add job"
            </button>
        </div>
    }
}

/// Moves the focus to the search field.
pub(super) fn focus_search() {
    focus_first("#search");
}

/// A part of the filter.
fn asked<T: PartialEq + Send + Sync + 'static>(
    grid: GridState,
    read: impl Fn(&Filter) -> T + Send + Sync + 'static,
) -> Memo<T> {
    Memo::new(move |_| grid.outline().with(|outline: &Outline| read(outline.filter())))
}

#[component]
fn StatusCounts() -> impl IntoView {
    let (grid, sync) = (use_grid(), use_sync());
    let counts = Memo::new(move |_| grid.jobs().with(|jobs: &Jobs| jobs.snapshot().counts()));
    let chosen = asked(grid, |filter| filter.statuses);
    let all = move || chosen.get().is_any();
    let of_status = move |status: Status| {
        let toggle = move |_| sync.filter(|filter| filter.statuses = filter.statuses.toggled(status));
        view! {
            <button
                type="button"
                class="count"
                aria-pressed=move || chosen.get().contains(status).to_string()
                on:click=toggle
            >
                <StatusIcon status/>
                {words::status(status)}
                <b>{move || words::compact(counts.get().of(status))}</b>
            </button>
        }
    };
    view! {
        <div class="counts" role="group" aria-label="Jobs by status">
            <button
                type="button"
                class="count"
                aria-pressed=move || all().to_string()
                on:click=move |_| sync.filter(|filter| filter.statuses = StatusSet::default())
            >
                "All"
                <b>{move || words::compact(counts.get().all())}</b>
            </button>
            {Status::ALL.map(of_status).into_iter().collect_view()}
        </div>
    }
}

/// A typed letter is drawn first, and the matches in the next frame: typing never waits for the search.
#[component]
fn SearchField() -> impl IntoView {
    let (grid, sync) = (use_grid(), use_sync());
    let shortcut = use_preferences().shortcut("/");
    let text = asked(grid, |filter| filter.text.clone());
    let typed = StoredValue::new(None::<String>);
    let take_typed = move || typed.try_update_value(Option::take).flatten();
    let find = move || {
        if let Some(text) = take_typed() {
            sync.filter(|filter| filter.text = text);
        }
    };
    let on_input = move |event| {
        let is_waiting = typed.with_value(Option::is_some);
        typed.set_value(Some(event_target_value(&event)));
        if !is_waiting {
            request_animation_frame(move || set_timeout(find, Duration::ZERO));
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let meaning = keyboard::press(&event).meaning();
        if !matches!(meaning, Meaning::Escape | Meaning::Tree(Key::Enter | Key::Down)) {
            return;
        }
        event.stop_propagation();
        // The matches must be there before the focus moves to them.
        sync.filter_at_once(|filter| filter.text = take_typed().unwrap_or_else(|| std::mem::take(&mut filter.text)));
        if meaning == Meaning::Escape && text.with_untracked(|text| !text.is_empty()) {
            sync.filter_at_once(|filter| filter.text.clear());
        } else {
            event.prevent_default();
            // The rows of the matches are not in the document yet.
            request_animation_frame(move || focus_grid(grid));
        }
    };
    view! {
        <label class="search">
            <Icon glyph=Glyph::Search/>
            <input
                id="search"
                type="search"
                placeholder="Search"
                aria-label="Search jobs and steps"
                aria-keyshortcuts=move || shortcut.get()
                autocomplete="off"
                spellcheck="false"
                prop:value=move || text.get()
                on:input=on_input
                on:keydown=on_key
            />
            <kbd aria-hidden="true">"/"</kbd>
        </label>
    }
}

#[component]
fn OriginSelect() -> impl IntoView {
    let (grid, sync) = (use_grid(), use_sync());
    let choices = vec![
        Choice::new(None, "", "Any origin"),
        Choice::new(Some(true), "true", words::origin(true)),
        Choice::new(Some(false), "false", words::origin(false)),
    ];
    let chosen = asked(grid, |filter| filter.external);
    let choose = Callback::new(move |external| sync.filter(|filter| filter.external = external));
    view! { <Select choices chosen on_choose=choose label="Origin"/> }
}

#[component]
fn AttentionButton() -> impl IntoView {
    let (grid, sync) = (use_grid(), use_sync());
    let is_on = asked(grid, |filter| filter.attention);
    view! {
        <button
            type="button"
            class="toggle"
            aria-pressed=move || is_on.get().to_string()
            title="Only failed or running jobs and steps, with their parents"
            on:click=move |_| sync.filter(|filter| filter.attention = !filter.attention)
        >
            "Failed or running"
        </button>
    }
}

/// With the number of stuck jobs. While there are none, it is not emphasized.
#[component]
fn StuckButton() -> impl IntoView {
    let (grid, sync) = (use_grid(), use_sync());
    let is_on = asked(grid, |filter| filter.stuck);
    let count = Memo::new(move |_| grid.jobs().with(|jobs: &Jobs| jobs.stuck().len()));
    view! {
        <button
            type="button"
            class="toggle stuck-button"
            aria-pressed=move || is_on.get().to_string()
            title="Only jobs that run much longer than usual, or about which nothing has changed for 30 minutes"
            on:click=move |_| sync.filter(|filter| filter.stuck = !filter.stuck)
        >
            "Stuck"
            <b class:some=move || { count.get() > 0 }>{move || words::compact(count.get())}</b>
        </button>
    }
}
