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
    let facts =
        Derived::new(move |_| shown.with(|shown| shown.as_ref().map(|shown| of(shown, context))).unwrap_or_default());
    let names = move || facts.with(|facts| facts.iter().map(|(name, _)| *name).collect());
    let line = move |name: &'static str| {
        let fact =
            move || facts.with(|facts| facts.iter().find(|(known, _)| *known == name).map(|(_, fact)| fact.clone()));
        let fact = Derived::new(move |_| fact());
        let told = part(move || fact.get().map(|fact| told(fact, context)));
        several([el("dt").child(name).view(), el("dd").child(told).view()])
    };
    el("dl").class("facts").child(list(names, |name| (*name).to_owned(), line)).view()
}

fn of(shown: &Shown, context: Context) -> Vec<(&'static str, Fact)> {
    match shown.step() {
        Some(node) => step_facts(&node.step, node.share, (node.position, node.siblings)),
        None => job_facts(&shown.job.job, shown.job.steps.share(), context),
    }
}

fn job_facts(job: &Job, share: Option<Share>, context: Context) -> Vec<(&'static str, Fact)> {
    let owner = match job.owner {
        None | Some(UserId::ENGINE) => "the engine itself".to_owned(),
        Some(owner) => context.grid.with(|grid| grid.names().get(&owner).cloned()).unwrap_or_else(|| owner.to_string()),
    };
    let mut facts = vec![
        ("Started", Fact::At(job.start_time)),
        ("Ended", Fact::At(job.end_time)),
        ("Duration", Fact::Took(job.start_time, job.end_time, job.status.is_running())),
        ("Updated", Fact::At(job.last_updated)),
    ];
    facts.extend(share.map(|share| ("Steps", Fact::Text(format!("{} of {} ended", share.ended, share.all)))));
    facts.extend([
        ("Owner", Fact::Text(owner)),
        ("Origin", Fact::Text(if job.external { "external program" } else { "engine" }.to_owned())),
        ("Removed", Fact::Text(removal(job).to_owned())),
        ("Id", Fact::Id(job.id.to_string())),
    ]);
    facts
}

/// What is known for sure; when exactly is the engine's own setting.
const fn removal(job: &Job) -> &'static str {
    match (job.auto_cleared, job.status.is_running()) {
        (true, true) => "by the engine, some time after its end",
        (true, false) => "soon, by the engine",
        (false, _) => "only after it is cleared",
    }
}

fn step_facts(step: &Step, share: Share, (position, siblings): (u32, u32)) -> Vec<(&'static str, Fact)> {
    let mut facts = vec![
        ("Type", Fact::Text(words::step_type(step.step_type).unwrap_or("not told").to_owned())),
        ("Started", Fact::At(step.start_time)),
        ("Ended", Fact::At(step.end_time)),
        ("Duration", Fact::Took(step.start_time, step.end_time, step.status.is_running())),
    ];
    facts.extend(step.progress.map(|percent| ("Progress", Fact::Text(format!("{}%", percent.get())))));
    if share.all > 0 {
        facts.push(("Steps", Fact::Text(format!("{} of {} ended", share.ended, share.all))));
    }
    let number = step.number.map_or_else(String::new, |number| format!(", number {number}"));
    facts.extend(step.parent.map(|parent| ("Parent step", Fact::Id(parent.to_string()))));
    facts.push(("Place", Fact::Text(format!("{position} of {siblings}{number}"))));
    facts.push(("Origin", Fact::Text(if step.external { "external program" } else { "engine" }.to_owned())));
    facts.extend(step.external_system.map(|system| ("External system", Fact::Text(system.as_str().to_owned()))));
    facts.extend(step.execution_host.map(|host| ("Execution host", Fact::Host(host))));
    facts.push(("Id", Fact::Id(step.id.to_string())));
    facts
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
