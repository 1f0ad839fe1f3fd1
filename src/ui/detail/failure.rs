//! Where a failed job failed, and the way there.

use leptos::prelude::*;

use crate::{
    domain::{
        Status,
        outline::{NodeId, Steps},
    },
    ui::state::use_navigation,
    view::subject::Subject,
};

/// What is known about where a job failed.
#[derive(Debug, Clone, PartialEq)]
enum FailedAt {
    /// Its steps are not loaded.
    StepsUnknown,
    /// No step failed.
    JobItself,
    /// In this step.
    Step {
        node: NodeId,
        /// The steps that it stands in, from the outside in.
        parents: Vec<String>,
        description: String,
    },
}

/// For a failed job only.
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
fn FailedStep(
    /// The step.
    node: NodeId,
    /// The steps that it stands in, from the outside in.
    parents: Vec<String>,
    /// Its description.
    description: String,
) -> impl IntoView {
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
        // Without the job, whose detail this is.
        parents: step.ancestors().iter().skip(1).map(|parent| parent.description().to_owned()).collect(),
        description: step.description().to_owned(),
    }))
}
