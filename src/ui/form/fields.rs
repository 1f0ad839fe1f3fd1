//! The fields of the forms.

use leptos::{ev, prelude::*};

use super::{edit, read};
use crate::{
    domain::{Status, StepType, rules::Outcome},
    ui::{
        context::Context,
        part::{
            element::{Handle, el},
            icon::fixed_status_icon,
            live::{Live, live, yes},
            run::next_frame,
            view::{Draw, View, several},
        },
    },
    view::{
        form::{Draft, FieldProblem, Phase},
        words,
    },
};

pub(super) fn add_job_fields(context: Context) -> View {
    let cleared = move || read(context, |form| matches!(form.draft, Draft::AddJob { auto_cleared: true, .. }));
    let set = move |event| {
        let checked = event_target_checked(&event);
        edit(context, |draft| {
            if let Draft::AddJob { auto_cleared, .. } = draft {
                *auto_cleared = checked;
            }
        });
    };
    let hint = "The engine removes the job some time after its end. Otherwise it stays until it is cleared.";
    several([description_field(context), check("Clear automatically", hint, live(cleared), set)])
}

fn check(label: &'static str, hint: &'static str, checked: Live, set: impl FnMut(web_sys::Event) + 'static) -> View {
    let tick = el("input").attr("type", "checkbox").prop("checked", checked).on(ev::change, set);
    let words = el("span").child(label).child(el("small").child(hint));
    el("label").class("check").child(tick).child(words).view()
}

pub(super) fn add_step_fields(context: Context) -> View {
    let chosen = move || {
        read(context, |form| match form.draft {
            Draft::AddStep { step_type, .. } => Some(step_type),
            Draft::AddJob { .. } | Draft::End { .. } | Draft::Clear { .. } => None,
        })
    };
    let choose = move |event| {
        if let Ok(wanted) = event_target_value(&event).parse::<StepType>() {
            edit(context, |draft| {
                if let Draft::AddStep { step_type, .. } = draft {
                    *step_type = wanted;
                }
            });
        }
    };
    let options = StepType::ALL.map(|option| {
        el("option")
            .attr("value", option.as_str())
            .prop("selected", live(move || chosen() == Some(option)))
            .child(words::step_type(option).unwrap_or("other"))
    });
    several([
        el("label").attr("for", "form-type").child("Type").view(),
        el("select").attr("id", "form-type").on(ev::change, choose).children(options).view(),
        description_field(context),
    ])
}

fn description_field(context: Context) -> View {
    let node = Handle::default();
    node.when_built(|field| {
        next_frame(move || {
            let _ = field.focus();
        });
    });
    let value = move || {
        read(context, |form| match &form.draft {
            Draft::AddJob { description, .. } | Draft::AddStep { description, .. } => description.clone(),
            Draft::End { .. } | Draft::Clear { .. } => String::new(),
        })
    };
    let blank = move || problem(context, FieldProblem::DescriptionBlank);
    let typed = move |event| {
        let text = event_target_value(&event);
        edit(context, |draft| match draft {
            Draft::AddJob { description, .. } | Draft::AddStep { description, .. } => *description = text,
            Draft::End { .. } | Draft::Clear { .. } => (),
        });
    };
    // Enter sends, as in any one-line field; Shift+Enter makes another line.
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" && !event.shift_key() && !event.is_composing() {
            event.prevent_default();
            context.monitor().submit(context);
        }
    };
    let field = el("textarea")
        .attr("id", "form-description")
        .node(node)
        .attr("rows", "2")
        .attr("required", "")
        .prop("value", live(value))
        .attr("aria-invalid", yes(move || blank().is_some()))
        .attr("aria-describedby", "form-description-problem")
        .on(ev::input, typed)
        .on(ev::keydown, on_key);
    let problem = el("p").attr("id", "form-description-problem").class("problem");
    several([
        el("label").attr("for", "form-description").child("Description").view(),
        field.view(),
        problem.child(live(move || blank().unwrap_or_default())).view(),
    ])
}

pub(super) fn end_fields(context: Context, of_job: bool) -> View {
    let missing = move || problem(context, FieldProblem::OutcomeMissing);
    let force = move || read(context, |form| matches!(form.draft, Draft::End { force: true, .. }));
    let set_force = move |event| {
        let checked = event_target_checked(&event);
        edit(context, |draft| {
            if let Draft::End { force, .. } = draft {
                *force = checked;
            }
        });
    };
    let hint = "Also marks the job to be removed. What becomes of running steps stands below.";
    let force_field = of_job.then(|| check("Force", hint, live(force), set_force));
    let outcomes = el("fieldset")
        .class("outcomes")
        .attr("aria-describedby", "form-outcome-problem")
        .child(el("legend").child("How did it end?"))
        .child(outcome_field(context, Outcome::Succeeded, Status::Finished, "Succeeded"))
        .child(outcome_field(context, Outcome::Failed, Status::Failed, "Failed"));
    let problem = el("p").attr("id", "form-outcome-problem").class("problem");
    several([outcomes.view(), problem.child(live(move || missing().unwrap_or_default())).view(), force_field.view()])
}

fn outcome_field(context: Context, outcome: Outcome, status: Status, label: &'static str) -> View {
    let chosen =
        move || read(context, |form| matches!(form.draft, Draft::End { outcome: Some(now), .. } if now == outcome));
    let choose = move |_| {
        edit(context, |draft| {
            if let Draft::End { outcome: now, .. } = draft {
                *now = Some(outcome);
            }
        });
    };
    let choice = el("input")
        .attr("type", "radio")
        .attr("name", "outcome")
        .prop("checked", live(chosen))
        .attr("aria-invalid", yes(move || problem(context, FieldProblem::OutcomeMissing).is_some()))
        .on(ev::change, choose);
    el("label").class("outcome").child(choice).child(fixed_status_icon(status)).child(label).view()
}

/// The sentence for a problem, while the form has it.
fn problem(context: Context, which: FieldProblem) -> Option<&'static str> {
    read(context, |form| match form.phase() {
        Phase::Editing { field: Some(problem), .. } if *problem == which => Some(problem.sentence()),
        _ => None,
    })
}
