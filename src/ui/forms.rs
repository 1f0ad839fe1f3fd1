//! The open form: its fields, its consequences, and two buttons.

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

/// The open form, for the components in it.
#[derive(Clone, Copy)]
struct OpenDraft {
    overlays: Overlays,
    session: SessionState,
}

fn use_draft() -> OpenDraft {
    OpenDraft { overlays: use_overlays(), session: use_session() }
}

impl OpenDraft {
    /// Reads a value of the draft. Without a form, the default.
    fn read<T: Default>(self, read: impl FnOnce(&Draft) -> T) -> T {
        self.overlays.read_form(|form| read(&form.draft))
    }

    /// Changes the draft.
    fn edit(self, change: impl FnOnce(&mut Draft)) {
        self.overlays.edit_form(self.session.dialect(), change);
    }

    /// Whether a submission is in progress.
    fn is_busy(self) -> bool {
        self.overlays.read_form(Form::is_busy)
    }

    /// The problem of a field, if it has one. A form has only one field that can have a problem.
    fn problem(self) -> Option<FieldProblem> {
        self.overlays.read_form(|form| match form.phase() {
            Phase::Editing { field, .. } => *field,
            Phase::Sending | Phase::Checking { .. } | Phase::Lost { .. } | Phase::Ambiguous { .. } => None,
        })
    }
}

/// The problem, below its field. The field refers to this line as its description.
#[component]
fn ProblemLine(
    /// Its id in the document.
    id: &'static str,
) -> impl IntoView {
    let draft = use_draft();
    view! { <p id=id class="problem">{move || draft.problem().map(FieldProblem::sentence)}</p> }
}
