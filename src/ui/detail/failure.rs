//! Where a failed job failed, and the way there.

use leptos::ev;

use super::Shown;
use crate::{
    domain::{
        Status,
        outline::{NodeId, StepTree, Steps},
    },
    ui::{
        context::Context,
        part::{
            element::{button, el},
            state::Derived,
            view::{Draw, View, part},
        },
    },
};

/// What is known about where something failed.
#[derive(Debug, Clone, PartialEq)]
enum Where {
    /// Its steps are not here yet.
    Unknown,
    /// None of its steps failed: the job itself did.
    Itself,
    /// In this step.
    Step {
        node: NodeId,
        description: String,
        /// Its place among its siblings.
        place: (u32, u32),
    },
}

pub(super) fn failure(context: Context, shown: Derived<Option<Shown>>) -> View {
    let found = Derived::new(move |_| shown.with(|shown| shown.as_ref().and_then(find)));
    part(move || {
        let failure = el("div").class("failure");
        let said = match found.get()? {
            Where::Unknown => {
                failure.child(el("p").child("Where it failed is not known yet: its steps are not loaded."))
            }
            Where::Itself => failure.child(el("p").child("None of its steps failed: it was ended as failed.")),
            Where::Step { node, description, place: (position, siblings) } => {
                let place = format!("Failed at step {position} of {siblings}: ");
                let go = button().class("link").on(ev::click, move |_| context.show(node));
                failure
                    .child(el("p").child(place).child(el("b").child(description)))
                    .child(go.child("Go to the failed step"))
            }
        };
        Some(said.view())
    })
}

/// Only for failed jobs.
fn find(shown: &Shown) -> Option<Where> {
    let job = &shown.job.job;
    if shown.status() != Status::Failed {
        return None;
    }
    let tree = match (&shown.job.steps, shown.step) {
        (Steps::Fetched(tree), None) => tree,
        (Steps::Unfetched, None) => return Some(Where::Unknown),
        (_, Some(_)) => return None,
    };
    Some(tree.first_failed_leaf().map_or(Where::Itself, |index| step_at(tree, index, job.id)))
}

fn step_at(tree: &StepTree, index: usize, job: crate::domain::JobId) -> Where {
    let node = &tree.nodes()[index];
    Where::Step {
        node: NodeId::Step(job, node.step.id),
        description: node.step.description.clone(),
        place: (node.position, node.siblings),
    }
}
