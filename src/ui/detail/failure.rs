//! Why a job failed, as far as its steps show it, and why the status of a job or step is unknown.

use leptos::{either::EitherOf3, prelude::*};

use crate::{
    domain::outline::NodeId,
    ui::state::{use_clock, use_navigation},
    view::{
        failure::{FailedAt, Sentence, failed_at, restarted_at},
        subject::Subject,
    },
};

/// The step at which a job failed, with a button to go there.
#[component]
pub(super) fn Failure(
    /// The job or step, while it is known.
    subject: Memo<Option<Subject>>,
) -> impl IntoView {
    let found = Memo::new(move |_| subject.with(|subject| subject.as_ref().and_then(failed_at)));
    move || {
        found.get().map(|found| {
            let text = match found {
                FailedAt::StepsUnknown => {
                    EitherOf3::A(view! { <p>"The steps are not loaded yet, so the failed step is not known."</p> })
                }
                FailedAt::JobItself => EitherOf3::B(view! { <p>"No step failed. The job was ended as failed."</p> }),
                FailedAt::Step { node, sentence } => EitherOf3::C(view! { <FailedStep node sentence/> }),
            };
            view! { <div class="failure">{text}</div> }
        })
    }
}

#[component]
fn FailedStep(
    /// The step.
    node: NodeId,
    /// The sentence about it.
    sentence: Sentence,
) -> impl IntoView {
    let navigation = use_navigation();
    let (before, name) = sentence.parts();
    view! {
        <p>{before}<b><bdi>{name}</bdi></b></p>
        <button type="button" class="link" on:click=move |_| navigation.show(node)>"Go to the failed step"</button>
    }
}

/// Why the status of a job or step is unknown.
#[component]
pub(super) fn UnknownOutcome(
    /// The job or step, while it is known.
    subject: Memo<Option<Subject>>,
) -> impl IntoView {
    let today = use_clock().today();
    let restarted = Memo::new(move |_| subject.with(|subject| subject.as_ref().and_then(restarted_at)));
    move || {
        restarted.get().map(|at| {
            let at = at.map(|at| today.with(|today| format!(" at {}", today.short(at)))).unwrap_or_default();
            view! {
                <p class="quiet-text">
                    {format!("The engine restarted{at} while this ran; nobody knows how it ended.")}
                </p>
            }
        })
    }
}
