//! The panel beside the tree. On a narrow page it covers the tree.

use leptos::{
    either::{Either, EitherOf3},
    ev,
    prelude::*,
};

use super::{
    actions::ActionButtons,
    copies::Copies,
    explanation::StatusExplanation,
    facts::Facts,
    failure::Failure,
    layout::focus_if_tree_is_covered,
    notes::{GoneNote, HiddenNote, WaitingNote},
    reason::Reasons,
    running::RunsNow,
    same_failure::SameElsewhere,
    steps_timeline::StepsTimeline,
};
use crate::{
    domain::{
        Status, Time,
        description::{isolated, original, revealed},
        outline::NodeId,
    },
    ui::{
        browser::{detail_pane::HEADING, keyboard},
        components::{Glyph, Icon, StatusWord},
        grid::focus_grid,
        state::{use_connection, use_grid, use_navigation},
    },
    view::{
        connection::Connection,
        keyboard::Meaning,
        route::Target,
        subject::{Lookup, Subject},
        words,
    },
};

/// The detail, while something is selected.
#[component]
pub fn DetailPanel() -> impl IntoView {
    let (grid, navigation) = (use_grid(), use_navigation());
    // Another node gets a new panel. A change of the same node does not.
    let node = Memo::new(move |_| grid.selected());
    let invalid = navigation.invalid;
    let content = move || match (invalid.get(), node.get()) {
        (Some(link), _) => Some(Either::Left(view! { <InvalidLink link/> })),
        (None, Some(node)) => Some(Either::Right(view! { <NodePanel node/> })),
        (None, None) => None,
    };
    move || content().map(|content| view! { <Aside>{content}</Aside> })
}

#[component]
fn Aside(
    /// The content.
    children: Children,
) -> impl IntoView {
    let (grid, navigation) = (use_grid(), use_navigation());
    // The focus moves back to the row.
    let close = move || {
        if let Some(node) = untrack(|| grid.selected()) {
            grid.update(|grid| grid.focus_on(node, None));
        }
        navigation.go_to(Target::List);
        request_animation_frame(move || focus_grid(grid));
    };
    let on_key = move |event: ev::KeyboardEvent| {
        if keyboard::press(&event).meaning() == Meaning::Escape {
            event.stop_propagation();
            close();
        }
    };
    view! {
        <aside class="detail" aria-label="Details" on:keydown=on_key>
            <button
                type="button"
                class="quiet icon-only detail-close"
                aria-label="Close details"
                on:click=move |_| close()
            >
                <Icon glyph=Glyph::Close/>
            </button>
            {children()}
        </aside>
    }
}

#[component]
fn InvalidLink(
    /// The text of the link.
    link: String,
) -> impl IntoView {
    view! {
        <h2 id=HEADING tabindex="-1">"Invalid link"</h2>
        <p>"This link names no job or step: "<code class="strange"><bdi>{words::shortened(&revealed(&link), 200)}</bdi></code></p>
    }
}

/// The detail of a node.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Presence {
    Waiting,
    Here,
    Gone,
}

#[component]
fn NodePanel(
    /// The selected node.
    node: NodeId,
) -> impl IntoView {
    let grid = use_grid();
    let lookup = Memo::new(move |_| grid.look_up(node));
    let subject = Memo::new(move |before: Option<&Option<Subject>>| match (lookup.get(), node) {
        (Lookup::Here(subject), _) => Some(subject),
        (Lookup::Gone(Some(job)), NodeId::Job(_)) => Some(Subject { job, step: None }),
        // A step as it was before it was removed.
        (Lookup::Gone(_), _) => before.cloned().flatten(),
        (Lookup::Waiting, _) => None,
    });
    let presence = Memo::new(move |_| match lookup.get() {
        Lookup::Waiting => Presence::Waiting,
        Lookup::Here(_) => Presence::Here,
        Lookup::Gone(_) => Presence::Gone,
    });
    let is_known = Memo::new(move |_| subject.with(Option::is_some));
    let last_seen = last_seen(presence);
    let is_here = Signal::derive(move || presence.get() == Presence::Here);
    let note = move || match presence.get() {
        Presence::Waiting => EitherOf3::A(view! { <WaitingNote/> }),
        Presence::Here => EitherOf3::B(view! { <HiddenNote node/> }),
        Presence::Gone => {
            EitherOf3::C(view! { <GoneNote node is_known=is_known.get() last_seen=last_seen.get_value()/> })
        }
    };
    let class = move || if presence.get() == Presence::Gone { "detail-body stale" } else { "detail-body" };
    // It stays when the node is removed, and with it the focus.
    let body = move || {
        focus_if_tree_is_covered(node);
        is_known.get().then(|| view! { <SubjectPanel subject is_here/> })
    };
    view! {
        // The live region must be in the document before it has a text. Otherwise screen readers do not read the text.
        <div role="status">{note}</div>
        <div class=class>{body}</div>
    }
}

/// The time of the last poll whose answer had the node.
fn last_seen(presence: Memo<Presence>) -> StoredValue<Option<Time>> {
    let (connection, seen) = (use_connection().connection, StoredValue::new(None));
    Effect::new(move || {
        if let (Presence::Here, Some(at)) = (presence.get(), connection.with(Connection::last)) {
            seen.set_value(Some(at));
        }
    });
    seen
}

/// The detail of a job or step, also of one that was removed.
#[component]
fn SubjectPanel(
    /// The job or step, while it is known.
    subject: Memo<Option<Subject>>,
    /// Whether the engine still has it.
    is_here: Signal<bool>,
) -> impl IntoView {
    let status =
        Signal::derive(move || subject.with(|subject| subject.as_ref().map_or(Status::Unknown, Subject::status)));
    let name = move || subject.with(|subject| subject.as_ref().map(Subject::name));
    // The engine's own text, if the page shows another one.
    let tip = move || {
        let text = subject.with(|subject| original(subject.as_ref()?.description()))?;
        Some(isolated(&text).into_owned())
    };
    view! {
        <StatusWord status/>
        <h2 id=HEADING tabindex="-1" title=tip><bdi>{name}</bdi></h2>
        <Ancestors subject/>
        <Failure subject/>
        <Reasons subject/>
        <SameElsewhere subject/>
        <StatusExplanation subject/>
        <RunsNow subject/>
        <Facts subject/>
        <StepsTimeline subject/>
        {move || is_here.get().then(|| view! { <ActionButtons subject/> })}
        <Copies subject/>
    }
}

/// Links to the parent step and the job of a step.
#[component]
fn Ancestors(
    /// The job or step, while it is known.
    subject: Memo<Option<Subject>>,
) -> impl IntoView {
    let navigation = use_navigation();
    let above = Memo::new(move |_| subject.with(|subject| subject.as_ref().map(nearest_ancestors).unwrap_or_default()));
    let link = move |(index, (node, description)): (usize, (NodeId, String))| {
        view! {
            {(index > 0).then_some(" in ")}
            <button type="button" class="link" on:click=move |_| navigation.show(node)>
                <bdi>{words::shortened(&description, 90)}</bdi>
            </button>
        }
    };
    move || {
        let links = above.get();
        (!links.is_empty()).then(|| {
            let links = links.into_iter().enumerate().map(link).collect_view();
            view! { <p class="way-up">"Step of "{links}</p> }
        })
    }
}

/// The parent step, if it is among the job's steps, and the job.
fn nearest_ancestors(subject: &Subject) -> Vec<(NodeId, String)> {
    let mut above = subject.ancestors();
    let job = (!above.is_empty()).then(|| above.remove(0));
    let named = |subject: Subject| (subject.id(), subject.name());
    above.pop().into_iter().chain(job).map(named).collect()
}
