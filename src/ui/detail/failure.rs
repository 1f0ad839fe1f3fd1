//! The step at which a job failed, with a button to go there.

use leptos::prelude::*;

use crate::{
    domain::{
        Status,
        outline::{NodeId, Steps},
    },
    ui::state::use_navigation,
    view::subject::Subject,
};

/// Where a job failed, as far as it is known.
#[derive(Debug, Clone, PartialEq)]
enum FailedAt {
    /// Its steps are not loaded.
    StepsUnknown,
    /// No step failed.
    JobItself,
    /// This step failed.
    Step {
        node: NodeId,
        /// The steps above it, outermost first.
        parents: Vec<String>,
        description: String,
    },
}

/// For a failed job only.
#[component]
pub(super) fn Failure(subject: Memo<Option<Subject>>) -> impl IntoView {
    let found = Memo::new(move |_| subject.with(|subject| subject.as_ref().and_then(failed_at)));
    move || {
        found.get().map(|found| {
            let text = match found {
                FailedAt::StepsUnknown => {
                    view! { <p>"The steps are not loaded yet, so the failed step is not known."</p> }.into_any()
                }
                FailedAt::JobItself => view! { <p>"No step failed. The job was ended as failed."</p> }.into_any(),
                FailedAt::Step { node, parents, description } => {
                    view! { <FailedStep node parents description/> }.into_any()
                }
            };
            view! { <div class="failure">{text}</div> }
        })
    }
}

#[component]
fn FailedStep(node: NodeId, parents: Vec<String>, description: String) -> impl IntoView {
    let navigation = use_navigation();
    let parents: String = parents.iter().map(|parent| format!("{parent} › ")).collect();
    view! {
        <p>"Failed in: "{parents}<b>{description}</b></p>
        <button type="button" class="link" on:click=move |_| navigation.show(node)>"Go to the failed step"</button>
    }
}

fn failed_at(subject: &Subject) -> Option<FailedAt> {
    if subject.step.is_some() || subject.status() != Status::Failed {
        return None;
    }
    if subject.job.steps == Steps::Unfetched {
        return Some(FailedAt::StepsUnknown);
    }
    Some(subject.failed_step().map_or(FailedAt::JobItself, |step| FailedAt::Step {
        node: step.id(),
        // Without the job itself: this is its detail.
        parents: step.ancestors().iter().skip(1).map(|parent| parent.description().to_owned()).collect(),
        description: step.description().to_owned(),
    }))
}
