//! The fields of the forms.

use leptos::{ev, prelude::*};

use super::{edit, is_busy, read};
use crate::{
    domain::{Status, StepType, rules::Outcome},
    ui::{
        context::Context,
        part::{
            element::el,
            icon::fixed_status_icon,
            live::{Live, live, yes},
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
        edit(context, &mut |draft| {
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
            edit(context, &mut |draft| {
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
        el("select")
            .attr("id", "form-type")
            .prop("disabled", yes(move || is_busy(context)))
            .on(ev::change, choose)
            .children(options)
            .view(),
        description_field(context),
    ])
}

fn description_field(context: Context) -> View {
    let value = move || {
        read(context, |form| match &form.draft {
            Draft::AddJob { description, .. } | Draft::AddStep { description, .. } => description.clone(),
            Draft::End { .. } | Draft::Clear { .. } => String::new(),
        })
    };
    let typed = move |event| {
        let text = event_target_value(&event);
        edit(context, &mut |draft| match draft {
            Draft::AddJob { description, .. } | Draft::AddStep { description, .. } => description.clone_from(&text),
            Draft::End { .. } | Draft::Clear { .. } => (),
        });
    };
    // Enter sends, as in any one-line field; Shift+Enter makes another line.
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Enter" && !event.shift_key() && !event.is_composing() {
            event.prevent_default();
            // A key that is still down opened the form.
            if !event.repeat() {
                context.monitor().submit(context);
            }
        }
    };
    let field = el("textarea")
        .attr("id", "form-description")
        .attr("autofocus", "")
        .attr("rows", "2")
        .attr("readonly", live(move || is_busy(context)))
        .attr("required", "")
        .prop("value", live(value))
        .attr("aria-invalid", yes(move || problem(context).is_some()))
        .attr("aria-describedby", "form-description-problem")
        .on(ev::input, typed)
        .on(ev::keydown, on_key);
    several([
        el("label").attr("for", "form-description").child("Description").view(),
        field.view(),
        problem_line(context, "form-description-problem"),
    ])
}

pub(super) fn end_fields(context: Context, of_job: bool) -> View {
    let force = move || read(context, |form| matches!(form.draft, Draft::End { force: true, .. }));
    let set_force = move |event| {
        let checked = event_target_checked(&event);
        edit(context, &mut |draft| {
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
    several([outcomes.view(), problem_line(context, "form-outcome-problem"), force_field.view()])
}

fn outcome_field(context: Context, outcome: Outcome, status: Status, label: &'static str) -> View {
    let chosen =
        move || read(context, |form| matches!(form.draft, Draft::End { outcome: Some(now), .. } if now == outcome));
    let choose = move |_| {
        edit(context, &mut |draft| {
            if let Draft::End { outcome: now, .. } = draft {
                *now = Some(outcome);
            }
        });
    };
    let choice = el("input")
        .attr("type", "radio")
        .attr("name", "outcome")
        .attr("autofocus", "")
        .prop("checked", live(chosen))
        .attr("aria-invalid", yes(move || problem(context).is_some()))
        .on(ev::change, choose);
    el("label").class("outcome").child(choice).child(fixed_status_icon(status)).child(label).view()
}

/// Says what is wrong, at the field that names this line as its description.
fn problem_line(context: Context, id: &'static str) -> View {
    let sentence = live(move || problem(context).map(FieldProblem::sentence));
    el("p").attr("id", id).class("problem").child(sentence).view()
}

/// What is wrong, while something is. A form has one field that can be wrong.
fn problem(context: Context) -> Option<FieldProblem> {
    read(context, |form| match form.phase() {
        Phase::Editing { field, .. } => *field,
        _ => None,
    })
}
