//! The facts: all fields of a job or step.

use leptos::{either::EitherOf6, prelude::*};

use super::host::ExecutionHost;
use crate::{
    domain::{
        HostId, Job, Step, StepId, Time, UserId,
        description::isolated,
        outline::{NodeId, Share},
    },
    ui::state::{GridState, use_clock, use_grid, use_navigation},
    view::{jobs::Jobs, subject::Subject, words},
};

/// One value.
#[derive(Debug, Clone, PartialEq)]
enum Fact {
    /// A time, if it is known.
    At(Option<Time>),
    /// The start and the end, and whether it still runs.
    Took(Option<Time>, Option<Time>, bool),
    Text(String),
    Id(String),
    /// Another job or step, with its name.
    Node(NodeId, String),
    Host(HostId),
}

/// The facts of a job or step. A value that does not change keeps its element, so that a text selection in it stays.
#[component]
pub(super) fn Facts(
    /// The job or step, while it is known.
    subject: Memo<Option<Subject>>,
) -> impl IntoView {
    let grid = use_grid();
    let facts = Memo::new(move |_| {
        subject.with(|subject| subject.as_ref().map(|subject| FactList::of(subject, grid)).unwrap_or_default())
    });
    let names = move || facts.with(|facts| facts.0.iter().map(|(name, _)| *name).collect::<Vec<_>>());
    let line = move |name: &'static str| {
        let fact = Memo::new(move |_| facts.with(|facts| facts.find(name)));
        view! {
            <dt>{name}</dt>
            <dd>{move || fact.get().map(|fact| view! { <FactValue fact/> })}</dd>
        }
    };
    view! {
        <dl class="facts">
            <For each=names key=|name| *name children=line/>
        </dl>
    }
}

#[component]
fn FactValue(
    /// The value.
    fact: Fact,
) -> impl IntoView {
    let (clock, navigation) = (use_clock(), use_navigation());
    match fact {
        Fact::Text(text) => EitherOf6::A(isolated(&text).into_owned()),
        Fact::Id(id) => EitherOf6::B(view! { <code>{id}</code> }),
        Fact::Node(node, name) => EitherOf6::F(view! {
            <button type="button" class="link" on:click=move |_| navigation.show(node)>
                <bdi>{words::shortened(&name, 90)}</bdi>
            </button>
        }),
        Fact::Host(host) => EitherOf6::C(view! { <ExecutionHost host/> }),
        Fact::At(Some(time)) => {
            let relative = move || words::relative(time, clock.now());
            let full = move || clock.today().with(|today| today.full(time));
            EitherOf6::D(view! { {relative}" · "<time>{full}</time> })
        }
        Fact::Took(Some(start), Some(end), _) => EitherOf6::A(words::duration(end - start)),
        Fact::Took(Some(start), None, true) => {
            EitherOf6::E(move || format!("{} so far", words::duration(clock.now() - start)))
        }
        Fact::At(None) | Fact::Took(..) => EitherOf6::A("—".to_owned()),
    }
}

/// The facts in the order in which they are shown.
#[derive(Debug, Clone, Default, PartialEq)]
struct FactList(Vec<(&'static str, Fact)>);

impl FactList {
    fn of(subject: &Subject, grid: GridState) -> Self {
        let mut facts = Self::default();
        match subject.step() {
            Some(node) => facts.add_step(subject, &node.step, node.share, (node.position, node.siblings)),
            None => {
                let job = &subject.job;
                let owner = grid.jobs().with(|jobs: &Jobs| jobs.owner_name(job));
                facts.add_job(&job.job, job.steps.share(), owner);
            }
        }
        facts
    }

    fn find(&self, name: &str) -> Option<Fact> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, fact)| fact.clone())
    }

    fn add(&mut self, name: &'static str, fact: Fact) {
        self.0.push((name, fact));
    }

    fn text(&mut self, name: &'static str, text: impl Into<String>) {
        self.add(name, Fact::Text(text.into()));
    }

    fn times(&mut self, start: Option<Time>, end: Option<Time>, is_running: bool) {
        self.add("Started", Fact::At(start));
        self.add("Ended", Fact::At(end));
        self.add("Duration", Fact::Took(start, end, is_running));
    }

    fn steps(&mut self, share: Share) {
        self.text("Steps", format!("{} of {} ended", share.ended, share.all));
    }

    fn add_job(&mut self, job: &Job, share: Option<Share>, owner_name: Option<String>) {
        self.times(job.start_time, job.end_time, job.status.is_running());
        self.add("Updated", Fact::At(job.last_updated));
        share.into_iter().for_each(|share| self.steps(share));
        let owner = match job.owner {
            None | Some(UserId::ENGINE) => words::origin(false).to_owned(),
            Some(owner) => owner_name.unwrap_or_else(|| owner.to_string()),
        };
        self.text("Owner", owner);
        self.text("Origin", words::origin(job.external));
        self.text("Removal", removal(job));
        self.add("Id", Fact::Id(job.id.to_string()));
    }

    /// The parent step by its name. Of one that is not among the steps only the id is known.
    fn parent(&mut self, subject: &Subject, id: Option<StepId>) {
        let above = subject.ancestors().pop().filter(|above| above.step.is_some());
        if let Some(above) = above {
            self.add("Parent step", Fact::Node(above.id(), above.name()));
        } else if let Some(id) = id {
            self.add("Parent step", Fact::Id(id.to_string()));
        }
    }

    fn add_step(&mut self, subject: &Subject, step: &Step, share: Share, (position, siblings): (u32, u32)) {
        if let Some(step_type) = words::step_type(step.step_type) {
            self.text("Type", step_type);
        }
        self.times(step.start_time, step.end_time, step.status.is_running());
        if let Some(percent) = step.progress {
            self.text("Progress", format!("{}%", percent.get()));
        }
        if share.all > 0 {
            self.steps(share);
        }
        self.parent(subject, step.parent);
        self.text("Position", words::position(position, siblings));
        self.text("Origin", words::origin(step.external));
        if let Some(system) = step.external_system {
            self.text("External system", system.as_str());
        }
        if let Some(host) = step.execution_host {
            self.add("Execution host", Fact::Host(host));
        }
        self.add("Id", Fact::Id(step.id.to_string()));
    }
}

/// Whether the engine will remove a job. The time is a setting of the engine, which the API does not contain.
const fn removal(job: &Job) -> &'static str {
    match (job.auto_cleared, job.status.is_running()) {
        (true, true) => "Some time after its end",
        (true, false) => "Will be removed soon",
        (false, _) => "Kept until removal is allowed",
    }
}
