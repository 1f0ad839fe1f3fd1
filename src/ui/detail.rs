//! The detail of what is selected: first where it failed, then the facts, then what can be done, and for what cannot, why.

mod actions;
mod facts;
mod failure;
mod raw;

use std::sync::Arc;

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::{
    context::Context,
    grid::row_element,
    part::{
        element::{Element, button, el},
        icon::{Icon, status_word},
        live::live,
        run::next_frame,
        state::Derived,
        view::{Draw, View, part, several},
    },
};
use crate::{
    domain::{
        Status, Time,
        outline::{JobNode, NodeId, StepNode},
    },
    view::{grid::Selected, link::Link, route::Target, words},
};
pub use actions::row_actions;

const HEADING: &str = "detail-title";

/// A job, or one of its steps, as the detail shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Shown {
    /// The job.
    pub job: Arc<JobNode>,
    /// The step's index in the job's tree.
    pub step: Option<usize>,
}

impl Shown {
    /// The step.
    pub fn step(&self) -> Option<&StepNode> {
        self.job.steps.tree()?.nodes().get(self.step?)
    }

    /// The node.
    pub fn id(&self) -> NodeId {
        let job = self.job.job.id;
        self.step().map_or(NodeId::Job(job), |step| NodeId::Step(job, step.step.id))
    }

    /// Where it stands.
    pub fn status(&self) -> Status {
        self.step().map_or(self.job.job.status, |step| step.step.status)
    }

    /// When it began.
    pub fn start_time(&self) -> Option<Time> {
        self.step().map_or(self.job.job.start_time, |step| step.step.start_time)
    }

    /// Its text.
    pub fn description(&self) -> &str {
        self.step().map_or(&self.job.job.description, |step| &step.step.description)
    }
}

/// The detail beside the tree, or over it where there is no room.
pub fn detail(context: Context) -> View {
    // Another node is another panel; another state of the same node is not.
    let node = Derived::new(move |_| context.grid.with(|grid| grid.selected()));
    let nonsense = Derived::new(move |_| context.nonsense.get());
    let on_key = move |event: ev::KeyboardEvent| {
        if event.key() == "Escape" {
            event.stop_propagation();
            close(context);
        }
    };
    part(move || {
        let content = match (nonsense.get(), node.get()) {
            (Some(text), _) => no_such_place(&text),
            (None, Some(node)) => node_panel(context, node),
            (None, None) => return None,
        };
        let cross = button()
            .class("quiet icon-only detail-close")
            .attr("aria-label", "Close details")
            .on(ev::click, move |_| close(context))
            .child(Icon::Close.draw());
        let panel = el("aside").class("detail").attr("aria-label", "Details").on(ev::keydown, on_key);
        Some(panel.child(cross).child(content).view())
    })
}

fn no_such_place(text: &str) -> View {
    let strange = el("code").class("strange").child(words::shortened(text, 200));
    several([
        heading().child("No such place").view(),
        el("p").child("This link names no job or step: ").child(strange).view(),
        el("p").class("quiet-text").child("The list beside it is as usable as ever.").view(),
    ])
}

/// The heading, which takes the focus when the detail is opened by keyboard.
fn heading() -> Element {
    el("h2").attr("id", HEADING).attr("tabindex", "-1")
}

/// What can be said of a node: it may still come, be there, or be gone.
#[derive(Debug, Clone, Copy, PartialEq)]
enum State {
    Waiting,
    Here,
    Gone,
}

fn node_panel(context: Context, node: NodeId) -> View {
    let selected = Derived::new(move |_| context.grid.with(|grid| grid.look_at(node)));
    let shown = Derived::new(move |before: Option<&Option<Shown>>| match selected.get() {
        Selected::Here(job, step) => Some(Shown { job, step }),
        Selected::Gone(NodeId::Job(_), Some(job)) => Some(Shown { job, step: None }),
        // What it was before it went.
        Selected::Gone(id, _) => before.cloned().flatten().filter(|shown| shown.id() == id),
        Selected::Nothing | Selected::Waiting(_) => None,
    });
    let state = move || match selected.get() {
        Selected::Here(..) => State::Here,
        Selected::Gone(..) => State::Gone,
        Selected::Nothing | Selected::Waiting(_) => State::Waiting,
    };
    let state = Derived::new(move |_| (state(), shown.with(Option::is_some)));
    part(move || {
        let (state, known) = state.get();
        let note = match state {
            State::Waiting => waiting_note(context).view(),
            State::Here => hidden_note(context, node),
            State::Gone => gone_note(known, node).view(),
        };
        let body = known.then(|| panel(context, shown, state == State::Here));
        lead_in(node);
        let class = if state == State::Gone { "detail-body stale" } else { "detail-body" };
        Some(several([note, el("div").class(class).children(body).view()]))
    })
}

fn waiting_note(context: Context) -> Element {
    let failed = move || context.unread.get() > 0 || context.link.with(Link::is_lost);
    let words = move || if failed() { "Not loaded yet." } else { "Loading…" };
    el("p").class("quiet-text").attr("role", "status").child(live(words))
}

/// While search or filters leave the node out: why the tree does not show what the detail does, and the way out.
fn hidden_note(context: Context, node: NodeId) -> View {
    let hidden = Derived::new(move |_| context.grid.with(|grid| grid.hides(node)));
    let note = part(move || {
        let show = button().class("link").on(ev::click, move |_| context.show(node)).child("Show it");
        hidden.get().then(|| el("p").class("gone").child("Search or filters hide its row. ").child(show).view())
    });
    // It is there before it says anything: only then is what it says read out.
    el("div").attr("role", "status").child(note).view()
}

fn gone_note(known: bool, node: NodeId) -> Element {
    let gone = el("b").attr("id", (!known).then_some(HEADING)).attr("tabindex", "-1");
    el("div")
        .class("gone")
        .attr("role", "status")
        .child(gone.child("The engine does not have this any more."))
        .child(" It may have been cleared: engines remove ended jobs some minutes after their end.")
        // What is known of it stands below.
        .child((!known).then(|| el("code").child(node.to_string())))
}

/// What is shown of a job or step that is, or was, there.
fn panel(context: Context, shown: Derived<Option<Shown>>, here: bool) -> View {
    let status = Derived::new(move |_| shown.with(|shown| shown.as_ref().map_or(Status::Unknown, Shown::status)));
    let description = move || shown.with(|shown| shown.as_ref().map(|shown| shown.description().to_owned()));
    let above = Derived::new(move |_| shown.with(|shown| shown.as_ref().map(ways_up).unwrap_or_default()));
    let way_up = part(move || {
        let links = above.get().into_iter().map(|(node, description)| {
            let go = move |_| context.show(node);
            button().class("link").on(ev::click, go).child(words::shortened(&description, 90)).view()
        });
        let mut links = links.collect::<Vec<_>>().into_iter();
        let way = el("p").class("way-up").child("Step of ").child(links.next()?);
        Some(links.fold(way, |way, link| way.child(" in ").child(link)).view())
    });
    several([
        status_word(status),
        heading().child(live(move || description().unwrap_or_default())).view(),
        way_up,
        failure::failure(context, shown),
        facts::facts(context, shown),
        here.then(|| actions::action_buttons(context, shown)).view(),
        raw::copies(context, shown),
    ])
}

/// What a step is in, from the inside out, with what each is called: its parent, if that is among the job's steps, and the job.
/// A parent that is not can only be named, by its id: that is one of the facts.
fn ways_up(shown: &Shown) -> Vec<(NodeId, String)> {
    let Some(step) = shown.step() else { return Vec::new() };
    let job = &shown.job.job;
    let siblings = shown.job.steps.tree().map_or(&[][..], |tree| tree.nodes());
    let parent = siblings.iter().find(|node| Some(node.step.id) == step.step.parent);
    let parent = parent.map(|node| (NodeId::Step(job.id, node.step.id), node.step.description.clone()));
    parent.into_iter().chain([(NodeId::Job(job.id), job.description.clone())]).collect()
}

/// Closes the detail; the focus goes back to the row.
fn close(context: Context) {
    let node = context.grid.with_untracked(|grid| grid.selected());
    if let Some(node) = node {
        context.grid.update(|grid| grid.focus_on(node, None));
    }
    context.go_to(Target::List);
    next_frame(move || super::grid::focus_grid(context));
}

/// Whether the detail lies over the tree: whatever has the focus there cannot be seen then.
pub fn covers_tree() -> bool {
    let sheet = window().match_media("(max-width: 900px)").ok().flatten().is_some_and(|query| query.matches());
    sheet && document().query_selector(".detail").ok().flatten().is_some()
}

/// Takes the focus along into a detail that comes to lie over the tree. If nothing has it, so does a detail without a row: no
/// row will take it.
fn lead_in(node: NodeId) {
    next_frame(move || {
        let behind = document().query_selector(".list:focus-within, .detail:focus-within").ok().flatten().is_some();
        let nowhere = document().active_element().is_none_or(|element| element.tag_name() == "BODY");
        if (nowhere && row_element(node).is_none()) || ((nowhere || behind) && covers_tree()) {
            focus_heading();
        }
    });
}

/// Moves the focus into the detail, once it is there.
pub fn focus_heading() {
    next_frame(|| {
        let heading = document().get_element_by_id(HEADING).and_then(|element| element.dyn_into::<HtmlElement>().ok());
        if let Some(heading) = heading {
            let _ = heading.focus();
        }
    });
}
