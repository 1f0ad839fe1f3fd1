//! What it means that a job or step was aborted or is unknown, and what to do now.

use leptos::prelude::*;

use crate::{
    ui::state::use_clock,
    view::{
        failure::{Explanation, explanation},
        subject::Subject,
    },
};

/// The explanation, if the status needs one.
#[component]
pub(super) fn StatusExplanation(
    /// The job or step, while it is known.
    subject: Memo<Option<Subject>>,
) -> impl IntoView {
    let today = use_clock().today();
    let found = Memo::new(move |_| subject.with(|subject| subject.as_ref().and_then(explanation)));
    move || {
        found.get().map(|found| {
            let at = match found {
                Explanation::Restarted { at } => at.map(|at| today.with(|today| today.short(at))),
                Explanation::JobAborted { .. } | Explanation::StepAborted => None,
            };
            view! { <p class="quiet-text">{found.meaning(at)}" "{found.way_on()}</p> }
        })
    }
}
