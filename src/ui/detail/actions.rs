//! The actions on a job or step: one list for the buttons of the detail and for the menu of the row.

use leptos::prelude::*;

use super::{copies::Clipboard, ticket::TicketWriter};
use crate::{
    domain::rules::{self, Refusal},
    ui::{
        browser::detail_pane::focus_heading,
        components::MenuItem,
        state::{Navigation, Overlays, use_overlays},
    },
    view::{form::Draft, subject::Subject},
};

/// An action, with the reason if it is not possible.
#[derive(Debug, Clone, PartialEq)]
struct Action {
    label: &'static str,
    draft: Draft,
    refusal: Option<Refusal>,
}

/// The actions on a job or step, by the rules that the engine itself follows.
fn actions(subject: &Subject) -> Vec<Action> {
    let node = subject.id();
    let of_job = rules::may_change(&subject.job.job).err();
    let mut actions = match subject.step() {
        None => vec![
            Action { label: "Add step…", draft: Draft::add_step(node), refusal: of_job },
            Action { label: "End job…", draft: Draft::end(node), refusal: of_job },
            Action { label: "Allow removal…", draft: Draft::Clear { job: node.job() }, refusal: of_job },
        ],
        Some(step) => vec![
            Action { label: "Add sub-step…", draft: Draft::add_step(node), refusal: None },
            Action { label: "End step…", draft: Draft::end(node), refusal: rules::may_end(&step.step).err() },
        ],
    };
    actions.push(Action { label: "Add job…", draft: Draft::add_job(), refusal: None });
    actions
}

/// The buttons of the detail.
#[component]
pub(super) fn ActionButtons(
    /// The job or step, while it is known.
    subject: Memo<Option<Subject>>,
) -> impl IntoView {
    let actions = Memo::new(move |_| subject.with(|subject| subject.as_ref().map(actions)).unwrap_or_default());
    // A button stays in the document when its action becomes impossible or possible, so that it keeps the focus.
    let labels = actions.with_untracked(|actions| actions.iter().map(|action| action.label).collect::<Vec<_>>());
    let buttons = labels.into_iter().enumerate().map(|(index, label)| view! { <ActionButton index label actions/> });
    let buttons = buttons.collect_view();
    let reason = Memo::new(move |_| actions.with(|actions| actions.iter().find_map(|action| action.refusal)));
    view! {
        <section class="actions">
            <h3>"Actions"</h3>
            <div class="buttons">{buttons}</div>
            {move || reason.get().map(|reason| view! { <p id="why-not" class="quiet-text">{reason.to_string()}</p> })}
        </section>
    }
}

#[component]
fn ActionButton(
    /// The index of the action.
    index: usize,
    /// The text.
    label: &'static str,
    /// All actions.
    actions: Memo<Vec<Action>>,
) -> impl IntoView {
    let overlays = use_overlays();
    let is_refused = move || actions.with(|actions| actions.get(index).is_some_and(|action| action.refusal.is_some()));
    let open = move |_| {
        let action = actions.with_untracked(|actions| actions.get(index).cloned());
        if let Some(action) = action.filter(|action| action.refusal.is_none()) {
            overlays.open_form(action.draft);
        }
    };
    view! {
        <button
            type="button"
            aria-disabled=move || is_refused().then_some("true")
            aria-describedby=move || is_refused().then_some("why-not")
            on:click=open
        >
            {label}
        </button>
    }
}

/// The commands of a row's menu.
pub fn row_actions(
    subject: &Subject,
    navigation: Navigation,
    overlays: Overlays,
    clipboard: Clipboard,
    tickets: TicketWriter,
) -> Vec<MenuItem> {
    let node = subject.id();
    let mut items = vec![MenuItem::new("Details", move || {
        navigation.select(Some(node));
        focus_heading();
    })];
    items.extend(actions(subject).into_iter().map(|Action { label, draft, refusal }| {
        MenuItem::new(label, move || overlays.open_form(draft.clone())).unless(refusal)
    }));
    if let Some(failed) = subject.failed_step() {
        let failed = failed.id();
        items.push(MenuItem::new("Go to the failed step", move || navigation.go_to(failed.into())));
    }
    let copied = subject.clone();
    items.push(MenuItem::new("Copy for a ticket", move || tickets.copy(&copied)));
    items.push(MenuItem::new("Copy link", move || clipboard.copy_link(node)));
    items.push(MenuItem::new("Copy id", move || clipboard.copy(node.to_string(), "Id copied.")));
    items
}
