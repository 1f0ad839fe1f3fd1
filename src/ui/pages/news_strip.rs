//! New failures: a strip over the lower edge of the list. It lies over the rows, so that nothing moves when it comes or goes.

use leptos::prelude::*;

use crate::{
    ui::{
        browser::focus::find,
        grid::focus_grid,
        state::{use_grid, use_navigation},
    },
    view::{watch::Watch, words},
};

/// `2 new failures: Show`. Seeing a failure takes it off the number.
#[component]
pub(super) fn NewsStrip() -> impl IntoView {
    let (grid, navigation) = (use_grid(), use_navigation());
    let count = Memo::new(move |_| grid.watch().with(|watch: &Watch| watch.news.count()));
    let show = move |_| {
        let is_new = grid.watch().with_untracked(|watch| watch.news.clone());
        let failures = grid.failures().get_untracked();
        if let Some(node) = failures.into_iter().find(|node| is_new.contains(node.job())) {
            navigation.show(node);
        }
    };
    let is_there = Memo::new(move |_| count.get() > 0);
    move || {
        let is_there = is_there.get();
        // If its button has the focus, the focus must move before the button is removed.
        if !is_there && find(".news:focus-within").is_some() {
            focus_grid(grid);
        }
        is_there.then(|| {
            view! {
                <p class="news">
                    {move || words::count(count.get(), "new failure")}": "
                    <button type="button" class="link" on:click=show>"Show"</button>
                </p>
            }
        })
    }
}
