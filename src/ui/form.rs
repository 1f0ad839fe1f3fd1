//! The form on screen, whichever it is: fields, what will follow, and the two buttons.

mod fields;
mod follows;

use leptos::{
    ev::{self, SubmitEvent},
    prelude::*,
};
use wasm_bindgen::JsCast;

use self::{
    fields::{add_job_fields, add_step_fields, end_fields},
    follows::follows,
};
use super::{
    clock,
    context::Context,
    detail::Shown,
    part::{
        dialog::dialog,
        element::{Element, button, el},
        live::{live, yes},
        run::next_frame,
        state::Derived,
        view::{Draw, View, part, several},
    },
};
use crate::{
    domain::{outline::NodeId, rules::Outcome},
    view::{
        form::{Draft, Form, Phase},
        grid::Selected,
        words,
    },
};

/// The form, while there is one.
pub fn forms(context: Context) -> View {
    let kind = Derived::new(move |_| context.form.with(|form| form.as_ref().map(|form| Kind::of(&form.draft))));
    part(move || kind.get().map(|kind| one_form(context, kind)))
}

/// Which form; another one is built anew, a changed draft of the same is not.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    AddJob,
    AddStep(NodeId),
    End(NodeId),
    Clear(NodeId),
}

impl Kind {
    fn of(draft: &Draft) -> Self {
        match draft {
            Draft::AddJob { .. } => Self::AddJob,
            Draft::AddStep { job, parent: None, .. } => Self::AddStep(NodeId::Job(*job)),
            Draft::AddStep { job, parent: Some(parent), .. } => Self::AddStep(NodeId::Step(*job, *parent)),
            Draft::End { target, .. } => Self::End(*target),
            Draft::Clear { job } => Self::Clear(NodeId::Job(*job)),
        }
    }

    const fn about(self) -> Option<NodeId> {
        match self {
            Self::AddJob => None,
            Self::AddStep(node) | Self::End(node) | Self::Clear(node) => Some(node),
        }
    }
}

/// What a part of the form is, as it stands now; the default while there is none.
fn read<T: Default>(context: Context, part: impl FnOnce(&Form) -> T) -> T {
    context.form.with(|form| form.as_ref().map(part).unwrap_or_default())
}

/// Whether something is under way.
fn is_busy(context: Context) -> bool {
    read(context, Form::is_busy)
}

/// Takes what was typed. One copy of it for all fields.
fn edit(context: Context, change: &mut dyn FnMut(&mut Draft)) {
    let dialect = context.dialect();
    context.form.update(|form| {
        if let Some(form) = form {
            form.edit(dialect, change);
        }
    });
}

fn one_form(context: Context, kind: Kind) -> View {
    let name = name_of(context, kind.about());
    let title = match kind {
        Kind::AddJob => "Add a job".to_owned(),
        Kind::AddStep(NodeId::Job(_)) => "Add a step".to_owned(),
        Kind::AddStep(NodeId::Step(..)) => "Add a sub-step".to_owned(),
        Kind::End(_) => format!("End “{name}”"),
        Kind::Clear(_) => format!("Clear “{name}”"),
    };
    let fields = match kind {
        Kind::AddJob => add_job_fields(context),
        Kind::AddStep(_) => {
            several([el("p").class("quiet-text").child(format!("Under “{name}”")).view(), add_step_fields(context)])
        }
        Kind::End(target) => end_fields(context, target.step().is_none()),
        Kind::Clear(_) => ().view(),
    };
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        context.monitor().submit(context);
        focus_problem();
    };
    let busy = move || is_busy(context);
    // What is being sent is what is on screen: a box that is ticked meanwhile would be a lie. So that nothing loses the focus,
    // nothing is disabled.
    let still = move |event: ev::MouseEvent| {
        if busy() && event.target().is_some_and(|target| target.is_instance_of::<web_sys::HtmlInputElement>()) {
            event.prevent_default();
        }
    };
    let outcome = move || {
        read(context, |form| match form.draft {
            Draft::End { outcome, .. } => outcome,
            Draft::AddJob { .. } | Draft::AddStep { .. } | Draft::Clear { .. } => None,
        })
    };
    let label = move || read(context, |form| button_label(kind, outcome(), form.phase()));
    let close = move |()| {
        let unsent = read(context, |form| form.unsent().cloned());
        context.form.set(None);
        if let Some(draft) = unsent {
            context.offer_again("Closed, with what was typed.".to_owned(), false, draft);
        }
    };
    let cancel = button()
        .attr("autofocus", "")
        .on(ev::click, move |_| close(()))
        .child(live(move || if busy() { "Close" } else { "Cancel" }));
    let submit = el("button")
        .attr("type", "submit")
        .class("primary")
        .class_when("danger", move || outcome() == Some(Outcome::Failed))
        .attr("aria-disabled", yes(busy))
        .child(live(label));
    let form = el("form")
        .class("form")
        .attr("novalidate", "")
        .on(ev::submit, send)
        .on(ev::click, still)
        .child(fields)
        .child(follows(context))
        .child(phase_note(context))
        .child(el("div").class("dialog-foot").child(cancel).child(submit));
    dialog(title, "", Some(Callback::new(close))).child(form).view()
}

/// Where the sending stands, in words.
fn phase_note(context: Context) -> View {
    let phase = Derived::new(move |_| context.form.with(|form| form.as_ref().map(|form| form.phase().clone())));
    let note = part(move || match phase.get()? {
        Phase::Editing { refusal: None, .. } | Phase::Sending => None,
        Phase::Editing { refusal: Some(words), .. } => Some(alert().child(words).view()),
        Phase::Looking { look, instead } => {
            let words = format!("{instead} Looking whether it was done ({look} of 3)…");
            Some(el("p").attr("role", "status").child(words).view())
        }
        Phase::Lost { answered, instead } => {
            let known = Phase::as_far_as_known(answered);
            Some(alert().child(format!("{instead} {known} You can send it again.")).view())
        }
        Phase::Ambiguous { nodes, instead } => Some(ambiguous(context, nodes, &instead)),
    });
    el("div").class("phase").child(note).view()
}

fn alert() -> Element {
    el("p").class("problem").attr("role", "alert")
}

fn ambiguous(context: Context, nodes: Vec<NodeId>, instead: &str) -> View {
    let entry = move |node: NodeId| {
        let go = move |_| {
            context.form.set(None);
            context.show(node);
        };
        el("li").child(button().class("link").on(ev::click, go).child(live(move || told_apart(context, node))))
    };
    several([
        alert().child(format!("{instead} If it was done, it may be any of these:")).view(),
        el("ul").children(nodes.into_iter().map(entry)).view(),
    ])
}

/// What is the same in all of them is typed above; when they began, and their ids, are not.
fn told_apart(context: Context, node: NodeId) -> String {
    let started = match context.grid.with(|grid| grid.look_at(node)) {
        Selected::Here(job, step) => Shown { job, step }.start_time(),
        _ => None,
    };
    let started = started.map(|started| clock::short(started, context.now.get_untracked()));
    format!("started {}, id {node}", started.as_deref().unwrap_or("lately"))
}

/// The button says what it does.
fn button_label(kind: Kind, outcome: Option<Outcome>, phase: &Phase) -> &'static str {
    match phase {
        Phase::Sending => return "Sending…",
        Phase::Looking { .. } => return "Looking…",
        Phase::Lost { .. } | Phase::Ambiguous { .. } => return "Send again",
        Phase::Editing { .. } => (),
    }
    match (kind, outcome) {
        (Kind::AddJob, _) => "Add job",
        (Kind::AddStep(NodeId::Job(_)), _) => "Add step",
        (Kind::AddStep(NodeId::Step(..)), _) => "Add sub-step",
        (Kind::End(_), Some(Outcome::Succeeded)) => "End as succeeded",
        (Kind::End(_), Some(Outcome::Failed)) => "End as failed",
        (Kind::End(_), Some(Outcome::Aborted)) => "End as aborted",
        (Kind::End(_), None) => "End",
        (Kind::Clear(_), _) => "Clear job",
    }
}

fn name_of(context: Context, node: Option<NodeId>) -> String {
    let looked = node.map(|node| context.grid.with_untracked(|grid| grid.look_at(node)));
    match looked {
        Some(Selected::Here(job, step)) => words::shortened(Shown { job, step }.description(), 120),
        _ => node.map(|node| node.to_string()).unwrap_or_default(),
    }
}

/// The first field with a problem gets the focus, so that it is read out and can be mended at once.
fn focus_problem() {
    next_frame(|| {
        let field = document().query_selector("dialog [aria-invalid=true]").ok().flatten();
        if let Some(field) = field.and_then(|field| field.dyn_into::<web_sys::HtmlElement>().ok()) {
            let _ = field.focus();
        }
    });
}
