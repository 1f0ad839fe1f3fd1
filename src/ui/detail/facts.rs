//! The facts: every field that the engine gives.

use super::Shown;
use crate::{
    domain::{HostId, Job, Step, Time, UserId, outline::Share},
    ui::{
        clock,
        context::Context,
        part::{
            element::el,
            list::list,
            live::live,
            state::Derived,
            view::{Draw, View, part, several},
        },
    },
    view::words,
};

/// A time, an end that may not be there, or plain text.
#[derive(Debug, Clone, PartialEq)]
enum Fact {
    At(Option<Time>),
    Took(Option<Time>, Option<Time>, bool),
    Text(String),
    Id(String),
    Host(HostId),
}

pub(super) fn facts(context: Context, shown: Derived<Option<Shown>>) -> View {
    let facts = Derived::new(move |_| {
        shown.with(|shown| shown.as_ref().map(|shown| Facts::of(shown, context))).unwrap_or_default()
    });
    let names = move || facts.with(|facts| facts.0.iter().map(|(name, _)| *name).collect());
    let line = move |name: &'static str| {
        let fact = Derived::new(move |_| facts.with(|facts| facts.find(name)));
        let told = part(move || fact.get().map(|fact| told(fact, context)));
        several([el("dt").child(name).view(), el("dd").child(told).view()])
    };
    el("dl").class("facts").child(list(names, |name| (*name).to_owned(), line)).view()
}

/// The facts in the order in which they are shown.
#[derive(Debug, Clone, Default, PartialEq)]
struct Facts(Vec<(&'static str, Fact)>);

impl Facts {
    fn of(shown: &Shown, context: Context) -> Self {
        let mut facts = Self::default();
        match shown.step() {
            Some(node) => facts.add_step(&node.step, node.share, (node.position, node.siblings)),
            None => facts.add_job(&shown.job.job, shown.job.steps.share(), context),
        }
        facts
    }

    fn find(&self, name: &str) -> Option<Fact> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, fact)| fact.clone())
    }

    fn add(&mut self, name: &'static str, fact: Fact) {
        self.0.push((name, fact));
    }

    fn text(&mut self, name: &'static str, text: &str) {
        self.add(name, Fact::Text(text.to_owned()));
    }

    fn times(&mut self, start: Option<Time>, end: Option<Time>, running: bool) {
        self.add("Started", Fact::At(start));
        self.add("Ended", Fact::At(end));
        self.add("Duration", Fact::Took(start, end, running));
    }

    fn steps(&mut self, share: Share) {
        self.text("Steps", &format!("{} of {} ended", share.ended, share.all));
    }

    fn origin(&mut self, external: bool) {
        self.text("Origin", if external { "external program" } else { "engine" });
    }

    fn add_job(&mut self, job: &Job, share: Option<Share>, context: Context) {
        self.times(job.start_time, job.end_time, job.status.is_running());
        self.add("Updated", Fact::At(job.last_updated));
        share.into_iter().for_each(|share| self.steps(share));
        let name = |owner| context.grid.with(|grid| grid.names().get(&owner).cloned());
        match job.owner {
            None | Some(UserId::ENGINE) => self.text("Owner", "the engine itself"),
            Some(owner) => self.text("Owner", &name(owner).unwrap_or_else(|| owner.to_string())),
        }
        self.origin(job.external);
        self.text("Removed", removal(job));
        self.add("Id", Fact::Id(job.id.to_string()));
    }

    fn add_step(&mut self, step: &Step, share: Share, (position, siblings): (u32, u32)) {
        self.text("Type", words::step_type(step.step_type).unwrap_or("not told"));
        self.times(step.start_time, step.end_time, step.status.is_running());
        if let Some(percent) = step.progress {
            self.text("Progress", &format!("{}%", percent.get()));
        }
        if share.all > 0 {
            self.steps(share);
        }
        if let Some(parent) = step.parent {
            self.add("Parent step", Fact::Id(parent.to_string()));
        }
        let place = format!("{position} of {siblings}");
        match step.number {
            Some(number) => self.text("Place", &format!("{place}, number {number}")),
            None => self.text("Place", &place),
        }
        self.origin(step.external);
        if let Some(system) = step.external_system {
            self.text("External system", system.as_str());
        }
        if let Some(host) = step.execution_host {
            self.add("Execution host", Fact::Host(host));
        }
        self.add("Id", Fact::Id(step.id.to_string()));
    }
}

/// What is known for sure; when exactly is the engine's own setting.
const fn removal(job: &Job) -> &'static str {
    match (job.auto_cleared, job.status.is_running()) {
        (true, true) => "by the engine, some time after its end",
        (true, false) => "soon, by the engine",
        (false, _) => "only after it is cleared",
    }
}

/// By its name, once that is known, and in web admin as a link to it; by its id otherwise.
fn host_name(host: HostId, context: Context) -> View {
    context.monitor().name_host(context, host);
    let name = move || context.hosts.with(|hosts| hosts.iter().find(|(known, _)| *known == host)?.1.clone());
    part(move || {
        Some(match (name(), context.web_admin()) {
            (None, _) => el("code").child(host.to_string()).view(),
            (Some(name), None) => name.view(),
            (Some(name), Some(web_admin)) => {
                el("a").attr("href", web_admin.host_address(&name)).attr("target", "_parent").child(name).view()
            }
        })
    })
}

fn told(fact: Fact, context: Context) -> View {
    match fact {
        Fact::Text(text) => text.view(),
        Fact::Id(id) => el("code").child(id).view(),
        Fact::Host(host) => host_name(host, context),
        Fact::At(None) => "—".view(),
        Fact::At(Some(time)) => {
            let relative = move || words::relative(time, context.now.get());
            several([live(relative).view(), " · ".view(), el("time").child(clock::full(time)).view()])
        }
        Fact::Took(Some(start), Some(end), _) => words::duration(end - start).view(),
        Fact::Took(Some(start), None, true) => {
            live(move || format!("{} so far", words::duration(context.now.get() - start))).view()
        }
        Fact::Took(..) => "—".view(),
    }
}
