//! Which steps of a job run now, and since when.

use leptos::prelude::*;

use crate::{
    ui::state::{use_clock, use_grid, use_navigation},
    view::{
        running::{RunningStep, RunningSteps, running_steps},
        subject::Subject,
        usually_next::usually_next,
        words,
    },
};

/// The running steps of a job, with a way to each.
#[component]
pub(super) fn RunsNow(
    /// The job or step, while it is known.
    subject: Memo<Option<Subject>>,
) -> impl IntoView {
    let (clock, grid, navigation) = (use_clock(), use_grid(), use_navigation());
    let running = Memo::new(move |_| subject.with(|subject| subject.as_ref().map(running_steps)).unwrap_or_default());
    let next = Memo::new(move |_| {
        subject.with(|subject| grid.jobs().with(|jobs| usually_next(subject.as_ref()?, jobs.snapshot())))
    });
    let item = move |RunningStep { node, path, since }| {
        let length = since.map(|since| move || format!(" for {}", words::duration(clock.now() - since)));
        view! {
            <p>
                "Now: "
                <button type="button" class="link" on:click=move |_| navigation.show(node)>
                    <bdi>{words::shortened(&path, 120)}</bdi>
                </button>
                {length}
            </p>
        }
    };
    move || {
        let RunningSteps { named, more } = running.get();
        let named = named.into_iter().map(item).collect_view();
        let more = (more > 0)
            .then(|| view! { <p class="quiet-text">{format!("and {} more at once", words::grouped(more))}</p> });
        let next = next.get().map(|next| view! { <p class="quiet-text">{words::usually_next(&next)}</p> });
        view! { {named}{more}{next} }
    }
}
