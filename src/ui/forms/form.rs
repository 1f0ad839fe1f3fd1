//! The dialog around a form, and its buttons.

use leptos::{
    either::EitherOf4,
    ev::{self, SubmitEvent},
    prelude::*,
};
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use super::{
    fields::{AddJobFields, AddStepFields, EndFields},
    forecast::ForecastSection,
    phase::PhaseNote,
    use_draft,
};
use crate::{
    domain::{outline::NodeId, rules::Outcome},
    ui::{
        browser::focus::focus_first,
        components::Dialog,
        state::{GridState, ToastKind, use_grid, use_overlays, use_toasts},
        sync::use_sync,
    },
    view::{
        form::{Draft, Form, Phase},
        words,
    },
};

/// Identifies a form. Another form is mounted again; a change of the draft is not another form.
#[derive(Debug, Clone, Copy, PartialEq)]
enum FormKind {
    AddJob,
    AddStep(NodeId),
    End(NodeId),
    Clear(NodeId),
}

impl FormKind {
    fn of(draft: &Draft) -> Self {
        match draft {
            Draft::AddJob { .. } => Self::AddJob,
            Draft::AddStep { job, parent: None, .. } => Self::AddStep(NodeId::Job(*job)),
            Draft::AddStep { job, parent: Some(parent), .. } => Self::AddStep(NodeId::Step(*job, *parent)),
            Draft::End { target, .. } => Self::End(*target),
            Draft::Clear { job } => Self::Clear(NodeId::Job(*job)),
        }
    }

    fn title(self, grid: GridState) -> String {
        match self {
            Self::AddJob => "Add a job".to_owned(),
            Self::AddStep(NodeId::Job(_)) => "Add a step".to_owned(),
            Self::AddStep(NodeId::Step(..)) => "Add a sub-step".to_owned(),
            Self::End(node) => format!("End “{}”", name_of(grid, node)),
            Self::Clear(node) => format!("Allow the removal of “{}”", name_of(grid, node)),
        }
    }

    /// The text of the button.
    const fn button(self, outcome: Option<Outcome>) -> &'static str {
        match (self, outcome) {
            (Self::AddJob, _) => "Add job",
            (Self::AddStep(NodeId::Job(_)), _) => "Add step",
            (Self::AddStep(NodeId::Step(..)), _) => "Add sub-step",
            (Self::End(_), Some(Outcome::Succeeded)) => "End as succeeded",
            (Self::End(_), Some(Outcome::Failed)) => "End as failed",
            (Self::End(_), Some(Outcome::Aborted)) => "End as aborted",
            (Self::End(_), None) => "End",
            (Self::Clear(_), _) => "Allow removal",
        }
    }
}

/// The form, while one is open.
#[component]
pub fn OpenForm() -> impl IntoView {
    let overlays = use_overlays();
    let kind = Memo::new(move |_| overlays.form.with(|form| form.as_ref().map(|form| FormKind::of(&form.draft))));
    move || kind.get().map(|kind| view! { <FormDialog kind/> })
}

#[component]
fn FormDialog(
    /// The form.
    kind: FormKind,
) -> impl IntoView {
    let (grid, overlays, toasts, sync) = (use_grid(), use_overlays(), use_toasts(), use_sync());
    let draft = use_draft();
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        sync.submit();
        focus_problem();
    };
    // While the form is sent, its fields are read-only. They are not disabled, because a disabled field loses the focus.
    let keep_ticks = move |event: ev::MouseEvent| {
        let is_tick = event.target().is_some_and(|target| target.is_instance_of::<HtmlInputElement>());
        if is_tick && untrack(|| draft.is_busy()) {
            event.prevent_default();
        }
    };
    let close = Callback::new(move |()| {
        let unsent = untrack(|| overlays.read_form(|form| form.unsent().cloned()));
        overlays.form.set(None);
        if let Some(unsent) = unsent {
            toasts.offer_draft(ToastKind::Info, "The form was closed. What you typed is kept.", unsent);
        }
    });
    view! {
        <Dialog title=untrack(|| kind.title(grid)) on_close=close>
            <form class="form" novalidate on:submit=on_submit on:click=keep_ticks>
                <Fields kind/>
                <ForecastSection/>
                <PhaseNote/>
                <Buttons kind close/>
            </form>
        </Dialog>
    }
}

#[component]
fn Fields(
    /// The form.
    kind: FormKind,
) -> impl IntoView {
    let grid = use_grid();
    match kind {
        FormKind::AddJob => EitherOf4::A(view! { <AddJobFields/> }),
        FormKind::AddStep(under) => EitherOf4::B(view! {
            <p class="quiet-text">{format!("Under “{}”", untrack(|| name_of(grid, under)))}</p>
            <AddStepFields/>
        }),
        FormKind::End(target) => EitherOf4::C(view! { <EndFields is_job=target.step().is_none()/> }),
        FormKind::Clear(_) => EitherOf4::D(()),
    }
}

#[component]
fn Buttons(
    /// The form.
    kind: FormKind,
    /// Closes the form.
    close: Callback<()>,
) -> impl IntoView {
    let overlays = use_overlays();
    let draft = use_draft();
    let outcome = move || {
        draft.read(|draft| match draft {
            Draft::End { outcome, .. } => *outcome,
            Draft::AddJob { .. } | Draft::AddStep { .. } | Draft::Clear { .. } => None,
        })
    };
    let label = move || {
        overlays.read_form(|form: &Form| match form.phase() {
            Phase::Sending => "Sending…",
            Phase::Checking { .. } => "Checking…",
            Phase::Lost { .. } | Phase::Ambiguous { .. } => "Send again",
            Phase::Editing { .. } => kind.button(outcome()),
        })
    };
    view! {
        <div class="dialog-foot">
            <button type="button" autofocus on:click=move |_| close.run(())>
                {move || if draft.is_busy() { "Close" } else { "Cancel" }}
            </button>
            <button
                type="submit"
                class="primary"
                class:danger=move || outcome() == Some(Outcome::Failed)
                aria-disabled=move || draft.is_busy().then_some("true")
            >
                {label}
            </button>
        </div>
    }
}

fn name_of(grid: GridState, node: NodeId) -> String {
    match grid.find(node) {
        Some(subject) => words::named(&subject.name(), 120),
        None => node.to_string(),
    }
}

/// The first field with a problem gets the focus: a screen reader reads it, and the user can correct it.
fn focus_problem() {
    request_animation_frame(|| _ = focus_first("dialog [aria-invalid=true]"));
}
