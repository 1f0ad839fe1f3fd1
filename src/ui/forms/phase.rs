//! The state of the submission, in words.

use leptos::{either::EitherOf3, prelude::*};

use crate::{
    domain::outline::NodeId,
    ui::state::{use_clock, use_grid, use_navigation, use_overlays},
    view::form::{Form, Phase},
};

#[component]
pub(super) fn PhaseNote() -> impl IntoView {
    let overlays = use_overlays();
    let phase = Memo::new(move |_| overlays.read_form(|form: &Form| Some(form.phase().clone())));
    let note = move || match phase.get()? {
        Phase::Editing { refusal: None, .. } | Phase::Sending => None,
        Phase::Editing { refusal: Some(text), .. } => Some(EitherOf3::A(view! { <Alert text/> })),
        Phase::Checking { check, instead } => {
            let text = format!("{instead} Checking whether it was done ({check} of 3)…");
            Some(EitherOf3::B(view! { <p role="status">{text}</p> }))
        }
        Phase::Lost { answered, instead } => {
            let text = format!("{instead} {} You can send it again.", Phase::as_far_as_known(answered));
            Some(EitherOf3::A(view! { <Alert text/> }))
        }
        Phase::Ambiguous { nodes, instead } => Some(EitherOf3::C(view! { <Candidates nodes instead/> })),
    };
    view! { <div class="phase">{note}</div> }
}

#[component]
fn Alert(
    /// The text.
    text: String,
) -> impl IntoView {
    view! { <p class="problem" role="alert"><bdi>{text}</bdi></p> }
}

/// The possible results of the submission.
#[component]
fn Candidates(
    /// The possible results.
    nodes: Vec<NodeId>,
    /// What happened in place of a reply.
    instead: String,
) -> impl IntoView {
    let candidates = nodes.into_iter().map(|node| view! { <li><Candidate node/></li> }).collect_view();
    view! {
        <Alert text=format!("{instead} If it was done, it may be any of these:")/>
        <ul>{candidates}</ul>
    }
}

/// The candidates have the same description. They differ in start time and id.
#[component]
fn Candidate(
    /// The job or step.
    node: NodeId,
) -> impl IntoView {
    let (grid, clock, navigation, overlays) = (use_grid(), use_clock(), use_navigation(), use_overlays());
    let go = move |_| {
        overlays.form.set(None);
        navigation.show(node);
    };
    let text = move || {
        let started = grid.find(node).and_then(|subject| subject.start_time());
        let started = started.map(|started| clock.today().with(|today| today.short(started)));
        format!("started {}, id {node}", started.as_deref().unwrap_or("recently"))
    };
    view! { <button type="button" class="link" on:click=go>{text}</button> }
}
