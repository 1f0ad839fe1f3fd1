//! The way through all failures: how many there are, which of them is here, and two buttons.

use leptos::prelude::*;

use crate::{
    ui::{
        components::{Glyph, Icon},
        state::{GridState, Navigation, use_grid, use_navigation},
    },
    view::{watch::Way, words},
};

/// `3 of 20`, between two buttons. While nothing has failed, it is not visible but keeps its room, so that nothing moves.
#[component]
pub(super) fn FailureControl() -> impl IntoView {
    let (grid, navigation) = (use_grid(), use_navigation());
    let all = Memo::new(move |_| grid.failures().with(Vec::len));
    let here = Memo::new(move |_| {
        let here = grid.here()?;
        grid.failures().with(|failures| failures.iter().position(|failure| *failure == here))
    });
    let place = move || match here.get() {
        Some(here) => format!("{} of {}", words::compact(here + 1), words::compact(all.get())),
        None if all.get() == 1 => "1 failure".to_owned(),
        None => format!("{} failures", words::compact(all.get())),
    };
    view! {
        <div
            class="failures"
            role="group"
            aria-label="Failures"
            style:visibility=move || (all.get() == 0).then_some("hidden")
        >
            <button
                type="button"
                class="icon-only"
                aria-label="Previous failure"
                title="Previous failure (Shift+F8)"
                aria-keyshortcuts="Shift+F8"
                on:click=move |_| show_failure(grid, navigation, Way::Previous)
            >
                <Icon glyph=Glyph::Up/>
            </button>
            <span class="failures-place">{place}</span>
            <button
                type="button"
                class="primary icon-only"
                aria-label="Next failure"
                title="Next failure (F8)"
                aria-keyshortcuts="F8"
                on:click=move |_| show_failure(grid, navigation, Way::Next)
            >
                <Icon glyph=Glyph::Caret/>
            </button>
        </div>
    }
}

/// Whether anything has failed: then the way to the failures is the page's primary action.
pub(super) fn has_failures(grid: GridState) -> Memo<bool> {
    Memo::new(move |_| grid.failures().with(|failures| !failures.is_empty()))
}

/// Goes to the next or previous failure, as a link to a step does. If the search or the filters hide it, clears them.
pub(super) fn show_failure(grid: GridState, navigation: Navigation, way: Way) {
    if let Some(node) = grid.failure_beside(way) {
        navigation.show(node);
    }
}
