//! The field for the description of a new job or step.

use leptos::{ev, prelude::*};

use super::{ProblemLine, use_draft};
use crate::{
    ui::{browser::keyboard, sync::use_sync},
    view::{form::Draft, grid::Key, keyboard::Meaning},
};

#[component]
pub(super) fn DescriptionField() -> impl IntoView {
    let (draft, sync) = (use_draft(), use_sync());
    let text = move || {
        draft.read(|draft| match draft {
            Draft::AddJob { description, .. } | Draft::AddStep { description, .. } => description.clone(),
            Draft::End { .. } | Draft::Clear { .. } => String::new(),
        })
    };
    let on_input = move |event| {
        draft.edit(|draft| match draft {
            Draft::AddJob { description, .. } | Draft::AddStep { description, .. } => {
                *description = event_target_value(&event);
            }
            Draft::End { .. } | Draft::Clear { .. } => (),
        });
    };
    // Enter sends the form, as in a one-line field. Shift+Enter begins a new line.
    let on_key = move |event: ev::KeyboardEvent| {
        if !event.shift_key() && keyboard::press(&event).meaning() == Meaning::Tree(Key::Enter) {
            event.prevent_default();
            sync.submit();
        }
    };
    view! {
        <label for="form-description">"Description"</label>
        <textarea
            id="form-description"
            autofocus
            rows="2"
            required
            readonly=move || draft.is_busy()
            prop:value=text
            aria-invalid=move || draft.problem().map(|_| "true")
            aria-describedby="form-description-problem"
            on:input=on_input
            on:keydown=on_key
        ></textarea>
        <ProblemLine id="form-description-problem"/>
    }
}
