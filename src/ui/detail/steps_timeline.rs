//! The steps as bars on a time axis of their own. It is a picture: screen readers skip it, since the tree has the same in words.

use leptos::prelude::*;

use crate::{
    domain::{Status, outline::NodeId},
    ui::{
        components::StatusIcon,
        state::{use_clock, use_navigation},
    },
    view::{
        step_timeline::{StepBar, StepTimeline},
        subject::Subject,
        ticks::Tick,
        words,
    },
};

/// The timeline of a job's steps, or of those below a step.
#[component]
pub(super) fn StepsTimeline(
    /// The job or step, while it is known.
    subject: Memo<Option<Subject>>,
) -> impl IntoView {
    let clock = use_clock();
    let timeline = Memo::new(move |_| {
        let subject = subject.get()?;
        // While nothing runs, a tick of the clock changes nothing.
        let now = if runs(&subject) { clock.now() } else { clock.now_untracked() };
        let zone = clock.today().with(|today| today.zone().clone());
        StepTimeline::of(&subject, now, &zone)
    });
    let is_there = Memo::new(move |_| timeline.with(Option::is_some));
    let nodes = move || timeline.with(|timeline| timeline.iter().flat_map(nodes_of).collect::<Vec<_>>());
    let ticks = move || timeline.with(|timeline| timeline.iter().flat_map(|timeline| timeline.ticks.clone()).collect());
    let notes = Memo::new(move |_| timeline.with(|timeline| timeline.as_ref().map(notes)).unwrap_or_default());
    view! {
        <Show when=move || is_there.get()>
            <section>
                <h3>"Steps over time"</h3>
                <div class="steps-timeline" aria-hidden="true">
                    <Axis ticks=Signal::derive(ticks)/>
                    <For each=nodes key=|node| *node children=move |node| view! { <Bar node timeline/> }/>
                </div>
                <For each=move || notes.get() key=Clone::clone children=|note| view! { <p class="quiet-text">{note}</p> }/>
            </section>
        </Show>
    }
}

/// Whether anything of it runs.
fn runs(subject: &Subject) -> bool {
    let nodes = subject.job.steps.tree().map(|tree| tree.nodes()).unwrap_or_default();
    nodes.iter().any(|node| node.step.status.is_running())
}

fn nodes_of(timeline: &StepTimeline) -> impl Iterator<Item = NodeId> + '_ {
    timeline.bars.iter().map(|bar| bar.node)
}

/// `Longest: Executing › Copying image, 12 m 04 s.` `12 shorter steps are not drawn.`
fn notes(timeline: &StepTimeline) -> Vec<String> {
    let chain: Vec<&StepBar> = timeline.longest_chain().collect();
    let names: Vec<String> = chain.iter().map(|bar| words::named(&bar.name, 60)).collect();
    let took = chain.last().and_then(|bar| bar.took);
    let longest = took.map(|took| format!("Longest: {}, {}.", names.join(" › "), words::duration(took)));
    let left_out = match timeline.left_out {
        0 => None,
        1 => Some("1 shorter step is not drawn.".to_owned()),
        more => Some(format!("{} shorter steps are not drawn.", words::grouped(more))),
    };
    longest.into_iter().chain(left_out).collect()
}

#[component]
fn Axis(
    /// The marks.
    ticks: Signal<Vec<Tick>>,
) -> impl IntoView {
    let mark = |Tick { position, label }| {
        view! { <span class="steps-tick" style:left=words::percent(position)>{label}</span> }
    };
    view! { <div class="steps-axis">{move || ticks.get().into_iter().map(mark).collect_view()}</div> }
}

#[component]
fn Bar(
    /// The step.
    node: NodeId,
    /// The timeline.
    timeline: Memo<Option<StepTimeline>>,
) -> impl IntoView {
    let navigation = use_navigation();
    // A bar that leaves the timeline shows its last state until it is removed.
    let bar = Memo::new(move |last: Option<&Option<StepBar>>| {
        let now = timeline.with(|timeline| timeline.as_ref()?.bars.iter().find(|bar| bar.node == node).cloned());
        now.or_else(|| last.cloned().flatten())
    });
    let get = move |part: fn(&StepBar) -> String| move || bar.with(|bar| bar.as_ref().map(part)).unwrap_or_default();
    let status = Signal::derive(move || bar.with(|bar| bar.as_ref().map_or(Status::Unknown, |bar| bar.status)));
    let is_longest = move || bar.with(|bar| bar.as_ref().is_some_and(|bar| bar.is_longest));
    view! {
        <div
            class="steps-row"
            class:longest=is_longest
            data-status=move || status.get().as_str()
            title=get(in_words)
            on:click=move |_| navigation.show(node)
        >
            <span class="steps-name" style=("--depth", get(|bar| bar.depth.min(6).to_string()))>
                <StatusIcon status/>
                <bdi>{get(|bar| bar.name.clone())}</bdi>
            </span>
            <span class="steps-track">
                <span
                    class="steps-bar"
                    style:left=get(|bar| words::percent(bar.start))
                    style:width=get(|bar| words::percent(bar.length))
                ></span>
            </span>
        </div>
    }
}

/// `Copying image: Failed, 12 m 04 s`
fn in_words(bar: &StepBar) -> String {
    let took = bar.took.map(|took| format!(", {}", words::duration(took))).unwrap_or_default();
    format!("{}: {}{took}", words::named(&bar.name, 200), words::status(bar.status))
}
