//! The form on screen, whichever it is: fields, what will happen, and the two buttons.

mod description;
mod fields;
mod forecast;
mod form;
mod phase;

pub use form::OpenForm;

use leptos::prelude::*;

use crate::{
    ui::state::{Overlays, SessionState, use_overlays, use_session},
    view::form::{Draft, FieldProblem, Form, Phase},
};

/// The open form, as its parts read and change it.
#[derive(Clone, Copy)]
struct OpenDraft {
    overlays: Overlays,
    session: SessionState,
}

fn use_draft() -> OpenDraft {
    OpenDraft { overlays: use_overlays(), session: use_session() }
}

impl OpenDraft {
    /// Reads a value of the draft; the default while there is none.
    fn read<T: Default>(self, read: impl FnOnce(&Draft) -> T) -> T {
        self.overlays.read_form(|form| read(&form.draft))
    }

    /// Takes what was typed or chosen.
    fn edit(self, change: impl FnOnce(&mut Draft)) {
        self.overlays.edit_form(self.session.dialect(), change);
    }

    /// Whether something is under way.
    fn is_busy(self) -> bool {
        self.overlays.read_form(Form::is_busy)
    }

    /// What is wrong with a field, while something is. A form has one field that can be wrong.
    fn problem(self) -> Option<FieldProblem> {
        self.overlays.read_form(|form| match form.phase() {
            Phase::Editing { field, .. } => *field,
            Phase::Sending | Phase::Looking { .. } | Phase::Lost { .. } | Phase::Ambiguous { .. } => None,
        })
    }
}

/// Says what is wrong, below the field that names this line as its description.
#[component]
fn ProblemLine(
    /// Its id in the document.
    id: &'static str,
) -> impl IntoView {
    let draft = use_draft();
    view! { <p id=id class="problem">{move || draft.problem().map(FieldProblem::sentence)}</p> }
}
