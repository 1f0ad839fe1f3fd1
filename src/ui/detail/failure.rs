//! Where a job failed, as far as its steps show it.

use leptos::{either::EitherOf3, prelude::*};

use crate::{
    domain::{Time, outline::NodeId},
    ui::state::{use_clock, use_navigation},
    view::{
        failure::{FailedAt, Sentence, failed_at},
        subject::Subject,
        words,
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
                FailedAt::Step { node, sentence, at, others } => EitherOf3::C(view! {
                    <FailedStep node sentence at/>
                    <OtherFailures others/>
                }),
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
    /// When it ended.
    at: Option<Time>,
) -> impl IntoView {
    let (clock, navigation) = (use_clock(), use_navigation());
    let (before, name) = sentence.parts();
    let when = at.map(|at| {
        let relative = move || words::relative(at, clock.now());
        let full = move || clock.today().with(|today| today.short(at));
        view! { <p class="quiet-text">{relative}" · "<time>{full}</time></p> }
    });
    view! {
        <p>{before}<b><bdi>{name}</bdi></b></p>
        {when}
        <button type="button" class="link" on:click=move |_| navigation.show(node)>"Go to the failed step"</button>
    }
}

/// The other failed steps, with a way to each.
#[component]
fn OtherFailures(
    /// The steps with their names.
    others: Vec<(NodeId, String)>,
) -> impl IntoView {
    let navigation = use_navigation();
    let link = move |(node, name): (NodeId, String)| {
        view! {
            <li>
                <button type="button" class="link" on:click=move |_| navigation.show(node)>
                    <bdi>{words::shortened(&name, 120)}</bdi>
                </button>
            </li>
        }
    };
    let (all, more) = (others.len(), others.len().saturating_sub(MOST_OTHERS));
    (all > 0).then(|| {
        view! {
            <details>
                <summary>{format!("and {} failed", words::count(all, "more step"))}</summary>
                <ul>
                    {others.into_iter().take(MOST_OTHERS).map(link).collect_view()}
                    {(more > 0).then(|| view! { <li>{format!("and {} more", words::grouped(more))}</li> })}
                </ul>
            </details>
        }
    })
}

/// The most failed steps that are listed. The tree has all of them.
const MOST_OTHERS: usize = 50;
