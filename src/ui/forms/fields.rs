//! The fields of the forms.

use leptos::{ev, prelude::*};

use super::{ProblemLine, description::DescriptionField, use_draft};
use crate::{
    domain::{Status, StepType, rules::Outcome},
    ui::components::{Choice, Select, StatusIcon},
    view::{form::Draft, words},
};

/// The fields of a new job.
#[component]
pub(super) fn AddJobFields() -> impl IntoView {
    let draft = use_draft();
    let is_checked = move || draft.read(|draft| matches!(draft, Draft::AddJob { auto_cleared: true, .. }));
    let check = Callback::new(move |checked| {
        draft.edit(|draft| {
            if let Draft::AddJob { auto_cleared, .. } = draft {
                *auto_cleared = checked;
            }
        });
    });
    view! {
        <DescriptionField/>
        <Checkbox
            label="Allow removal after its end"
            hint="The engine removes the job some time after its end. Otherwise it is kept until removal is allowed."
            checked=Signal::derive(is_checked)
            on_check=check
        />
    }
}

#[component]
fn Checkbox(
    /// The text.
    label: &'static str,
    /// An explanation.
    hint: &'static str,
    /// Whether it is checked.
    checked: Signal<bool>,
    /// Called with the new state.
    on_check: Callback<bool>,
) -> impl IntoView {
    view! {
        <label class="check">
            <input
                type="checkbox"
                prop:checked=move || checked.get()
                on:change=move |event| on_check.run(event_target_checked(&event))
            />
            <span>{label}<small>{hint}</small></span>
        </label>
    }
}

/// The fields of a new step.
#[component]
pub(super) fn AddStepFields() -> impl IntoView {
    let draft = use_draft();
    let chosen = Signal::derive(move || {
        draft.read(|draft| match draft {
            Draft::AddStep { step_type, .. } => Some(*step_type),
            Draft::AddJob { .. } | Draft::End { .. } | Draft::Clear { .. } => None,
        })
    });
    let choose = Callback::new(move |chosen: Option<StepType>| {
        draft.edit(|draft| {
            if let (Draft::AddStep { step_type, .. }, Some(chosen)) = (draft, chosen) {
                *step_type = chosen;
            }
        });
    });
    let choice = |step_type| {
        Choice::new(Some(step_type), StepType::as_str(step_type), words::step_type(step_type).unwrap_or("other"))
    };
    let choices = StepType::ALL.map(choice).to_vec();
    view! {
        <label for="form-type">"Type"</label>
        <Select id="form-type" choices chosen on_choose=choose disabled=Signal::derive(move || draft.is_busy())/>
        <DescriptionField/>
    }
}

/// The fields of an end.
#[component]
pub(super) fn EndFields(
    /// Whether a job is ended, and not a step.
    is_job: bool,
) -> impl IntoView {
    let draft = use_draft();
    let is_forced = move || draft.read(|draft| matches!(draft, Draft::End { force: true, .. }));
    let force = Callback::new(move |checked| {
        draft.edit(|draft| {
            if let Draft::End { force, .. } = draft {
                *force = checked;
            }
        });
    });
    let is_failed = move || draft.read(|draft| matches!(draft, Draft::End { outcome: Some(Outcome::Failed), .. }));
    let force_field = is_job.then(|| {
        view! {
            <Checkbox
                label="Force"
                hint="Also allows the removal of the job. See below what happens to running steps."
                checked=Signal::derive(is_forced)
                on_check=force
            />
        }
    });
    view! {
        <fieldset class="outcomes" aria-describedby="form-outcome-problem">
            <legend>"How did it end?"</legend>
            <OutcomeField outcome=Outcome::Succeeded status=Status::Finished label="Succeeded"/>
            <OutcomeField outcome=Outcome::Failed status=Status::Failed label="Failed"/>
        </fieldset>
        <ProblemLine id="form-outcome-problem"/>
        <Show when=is_failed><ReasonField/></Show>
        {force_field}
    }
}

/// Why it failed, in the admin's own words.
#[component]
fn ReasonField() -> impl IntoView {
    let draft = use_draft();
    let text = move || {
        draft.read(|draft| match draft {
            Draft::End { reason, .. } => reason.clone(),
            Draft::AddJob { .. } | Draft::AddStep { .. } | Draft::Clear { .. } => String::new(),
        })
    };
    let on_input = move |event| {
        draft.edit(|draft| {
            if let Draft::End { reason, .. } = draft {
                *reason = event_target_value(&event);
            }
        });
    };
    view! {
        <label for="form-reason">"Reason"</label>
        <textarea
            id="form-reason"
            rows="2"
            readonly=move || draft.is_busy()
            prop:value=text
            aria-describedby="form-reason-hint"
            on:input=on_input
        ></textarea>
        <small id="form-reason-hint" class="quiet-text">
            "It is kept here, and logged as an event of the job if the engine allows it."
        </small>
    }
}

#[component]
fn OutcomeField(
    /// The outcome to choose.
    outcome: Outcome,
    /// The status that results from it.
    status: Status,
    /// The text.
    label: &'static str,
) -> impl IntoView {
    let draft = use_draft();
    let is_chosen =
        move || draft.read(|draft| matches!(draft, Draft::End { outcome: Some(chosen), .. } if *chosen == outcome));
    let choose = move |_: ev::Event| {
        draft.edit(|draft| {
            if let Draft::End { outcome: chosen, .. } = draft {
                *chosen = Some(outcome);
            }
        });
    };
    view! {
        <label class="outcome">
            <input
                type="radio"
                name="outcome"
                autofocus
                prop:checked=is_chosen
                aria-invalid=move || draft.problem().map(|_| "true")
                on:change=choose
            />
            <StatusIcon status/>
            {label}
        </label>
    }
}
