//! What can be done about a job or step: the same list for the detail's buttons and the row's menu.

use leptos::{ev, prelude::*};

use super::Shown;
use crate::{
    domain::{
        outline::NodeId,
        rules::{self, Refusal},
    },
    ui::{
        context::Context,
        detail::raw,
        part::{
            element::{button, el},
            live::{live, yes},
            menu::Item,
            state::Derived,
            view::{Draw, View, part},
        },
    },
    view::form::{Draft, Form},
};

/// Something that can be done, or why it cannot.
#[derive(Debug, Clone, PartialEq)]
struct Possibility {
    label: &'static str,
    draft: Draft,
    refusal: Option<Refusal>,
}

/// What can be done about a node, by the rules that the engine itself follows.
fn possibilities(shown: &Shown) -> Vec<Possibility> {
    let node = shown.id();
    let of_job = rules::may_change(&shown.job.job).err();
    let mut possible = match shown.step() {
        None => vec![
            Possibility { label: "Add step…", draft: Draft::add_step(node), refusal: of_job },
            Possibility { label: "End job…", draft: Draft::end(node), refusal: of_job },
            Possibility { label: "Clear…", draft: Draft::Clear { job: node.job() }, refusal: of_job },
        ],
        Some(step) => vec![
            Possibility { label: "Add sub-step…", draft: Draft::add_step(node), refusal: None },
            Possibility { label: "End step…", draft: Draft::end(node), refusal: rules::may_end(&step.step).err() },
        ],
    };
    possible.push(Possibility { label: "Add job…", draft: Draft::add_job(), refusal: None });
    possible
}

/// The buttons of the detail.
pub(super) fn action_buttons(context: Context, shown: Derived<Option<Shown>>) -> View {
    let possible = Derived::new(move |_| shown.with(|shown| shown.as_ref().map(possibilities)).unwrap_or_default());
    // A button stays, with the focus that it may have, while what it does becomes impossible or possible again.
    let refused = move |index: usize| possible.with(|possible| possible.get(index)?.refusal);
    let buttons = possible.get_untracked().into_iter().enumerate().map(|(index, Possibility { label, draft, .. })| {
        let open = move |_| {
            if untrack(|| refused(index)).is_none() {
                context.form.set(Some(Form::new(draft.clone())));
            }
        };
        button()
            .attr("aria-disabled", yes(move || refused(index).is_some()))
            .attr("aria-describedby", live(move || refused(index).map(|_| "why-not")))
            .on(ev::click, open)
            .child(label)
    });
    let buttons = el("div").class("buttons").children(buttons);
    let reason = Derived::new(move |_| possible.with(|possible| possible.iter().find_map(|one| one.refusal)));
    let why_not = part(move || {
        let words = reason.get()?.to_string();
        Some(el("p").attr("id", "why-not").class("quiet-text").child(words).view())
    });
    el("section").class("actions").child(el("h3").child("Actions")).child(buttons).child(why_not).view()
}

/// The commands of a row's menu.
pub fn row_actions(context: Context, shown: &Shown) -> Vec<Item> {
    let node = shown.id();
    let mut items = vec![Item::new("Details", move || {
        context.select(Some(node));
        super::focus_heading();
    })];
    items.extend(possibilities(shown).into_iter().map(|Possibility { label, draft, refusal }| {
        Item::new(label, move || context.form.set(Some(Form::new(draft.clone())))).unless(refusal)
    }));
    if let Some(failed) = failed_step(shown) {
        items.push(Item::new("Go to the failed step", move || {
            context.go_to(crate::view::route::Target::Node(failed));
        }));
    }
    items.push(Item::new("Copy link", move || raw::copy_link(context, node)));
    items.push(Item::new("Copy id", move || raw::copy(context, &node.to_string(), "Id copied.")));
    items
}

fn failed_step(shown: &Shown) -> Option<NodeId> {
    if shown.step.is_some() || shown.status() != crate::domain::Status::Failed {
        return None;
    }
    let tree = shown.job.steps.tree()?;
    let node = tree.nodes().get(tree.first_failed_leaf()?)?;
    Some(NodeId::Step(shown.job.job.id, node.step.id))
}
