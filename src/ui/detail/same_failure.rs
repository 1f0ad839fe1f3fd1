//! How often the same failure is known, and where.

use leptos::prelude::*;

use crate::{
    domain::Time,
    ui::{
        state::{use_clock, use_grid, use_host_names, use_navigation},
        sync::use_sync,
    },
    view::{
        same_failure::{OneFailure, SameFailure},
        subject::Subject,
        words,
    },
};

/// The most failures that are listed.
const MOST_LISTED: usize = 50;

/// The same failure elsewhere, if there is any.
#[component]
pub(super) fn SameElsewhere(
    /// The job or step, while it is known.
    subject: Memo<Option<Subject>>,
) -> impl IntoView {
    let (grid, hosts, sync) = (use_grid(), use_host_names(), use_sync());
    let today = use_clock().today();
    let found = Memo::new(move |_| {
        let names = hosts.known();
        subject.with(|subject| grid.jobs().with(|jobs| SameFailure::of(subject.as_ref()?, jobs.snapshot(), &names)))
    });
    let host = Memo::new(move |_| found.with(|found| found.as_ref()?.host));
    Effect::new(move || host.get().into_iter().for_each(|host| sync.name_host(host)));
    let sentence = move |found: &SameFailure| {
        let first = found.all.first().and_then(|failure| failure.at).map(|at| today.with(|today| today.short(at)));
        let host = found.host.map(|host| hosts.get(host).unwrap_or_else(|| host.to_string()));
        words::same_failure(found.number, found.all.len(), first.as_deref(), host.as_deref())
    };
    move || {
        let found = found.get()?;
        let not_compared = words::not_compared(found.not_compared);
        let others = (found.all.len() > 1).then(|| {
            view! {
                <p>{sentence(&found)}</p>
                <Listed failures=found.all/>
            }
        });
        let not_compared = (!not_compared.is_empty()).then(|| view! { <p class="quiet-text">{not_compared}</p> });
        (others.is_some() || not_compared.is_some())
            .then(|| view! { <section class="same-failure">{others}{not_compared}</section> })
    }
}

/// The failures, latest first, with a way to each.
#[component]
fn Listed(
    /// The failures, earliest first.
    failures: Vec<OneFailure>,
) -> impl IntoView {
    let (clock, navigation) = (use_clock(), use_navigation());
    let more = failures.len().saturating_sub(MOST_LISTED);
    let when = move |at: Time| clock.today().with(|today| today.short(at));
    let item = move |OneFailure { node, job, at, .. }: OneFailure| {
        view! {
            <li>
                <button type="button" class="link" on:click=move |_| navigation.show(node)>
                    <bdi>{words::shortened(&job, 90)}</bdi>
                </button>
                {at.map(|at| view! { " · "<time>{move || when(at)}</time> })}
            </li>
        }
    };
    view! {
        <details>
            <summary>"Show them"</summary>
            <ul>
                {failures.into_iter().rev().take(MOST_LISTED).map(item).collect_view()}
                {(more > 0).then(|| view! { <li>{format!("and {} more", words::grouped(more))}</li> })}
            </ul>
        </details>
    }
}
