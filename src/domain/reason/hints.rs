//! Events without a correlation id that happened to the same host or machine at the same time.

use std::sync::Arc;

use chrono::TimeDelta;

use super::{FailedJob, Logged, text::names};
use crate::domain::{
    Event,
    event::{Reference, Severity},
};

/// An event about a host or machine of the proven events may be so much earlier than the failure.
const LEAD: TimeDelta = TimeDelta::seconds(10);
/// An event about any host, machine or storage domain may be so far from the end of a failed leaf.
const NEAR: TimeDelta = TimeDelta::seconds(2);
/// Jobs that failed within this time of each other may have failed for the same reason.
const TOGETHER: TimeDelta = TimeDelta::milliseconds(300);

/// The hints for a job, the latest first. `others` are the other failed jobs: an event counts only for the jobs that failed nearest to
/// it. An event with a correlation id belongs to another task, so it is never a hint.
pub fn hints<'a>(
    job: &FailedJob,
    logged: Option<&Logged>,
    events: impl Iterator<Item = &'a Arc<Event>> + Clone,
    others: &[FailedJob],
) -> Vec<Arc<Event>> {
    let known = Known::of(job, events.clone());
    let mut hints: Vec<Arc<Event>> = events
        .filter(|event| event.correlation_id.is_none() && event.severity > Severity::Normal)
        .filter(|event| may_explain(job, logged, &known, event) && is_nearest(job, event, others))
        .cloned()
        .collect();
    hints.sort_by_key(|event| std::cmp::Reverse((event.time, event.id)));
    hints
}

fn may_explain(job: &FailedJob, logged: Option<&Logged>, known: &Known, event: &Event) -> bool {
    let (host, vm) = (name(event.host.as_ref()), name(event.vm.as_ref()));
    let storage_domain = name(event.storage_domain.as_ref());
    let is_of_proven = [host, vm].into_iter().flatten().any(|name| logged.is_some_and(|logged| is_in(logged, name)));
    if is_of_proven && (job.failed_at - LEAD..=job.until()).contains(&event.time) {
        return true;
    }
    if known.is_about_another(host, vm) {
        return false;
    }
    let is_named = [host, vm, storage_domain].into_iter().flatten().any(|name| names(&job.description, name));
    let is_near = job.leaves.iter().any(|end| (*end - event.time).abs() <= NEAR);
    let has_object = event.host.is_some() || event.vm.is_some() || event.storage_domain.is_some();
    (is_named && job.spans(event.time)) || (has_object && is_near)
}

/// The hosts and machines that the job's description names, of all that the events know.
struct Known<'a> {
    hosts: Vec<&'a str>,
    vms: Vec<&'a str>,
}

impl<'a> Known<'a> {
    fn of(job: &FailedJob, events: impl Iterator<Item = &'a Arc<Event>> + Clone) -> Self {
        let is_named = |name: &&str| names(&job.description, name);
        let hosts = events.clone().filter_map(|event| name(event.host.as_ref())).filter(is_named).collect();
        let vms = events.filter_map(|event| name(event.vm.as_ref())).filter(is_named).collect();
        Self { hosts, vms }
    }

    fn is_about_another(&self, host: Option<&str>, vm: Option<&str>) -> bool {
        let differs =
            |named: &[&str], name: Option<&str>| name.is_some_and(|name| !named.is_empty() && !named.contains(&name));
        differs(&self.hosts, host) || differs(&self.vms, vm)
    }
}

/// Whether the proven events name a host or machine: as what they are about, or as a word ("on Host host1", "Source: host2").
fn is_in(logged: &Logged, wanted: &str) -> bool {
    logged.events.iter().any(|event| {
        let about = [name(event.host.as_ref()), name(event.vm.as_ref())];
        about.contains(&Some(wanted))
            || ["on Host ", "Host: ", "Source: ", "Destination: "].iter().any(|before| {
                event.description.match_indices(before).any(|(at, before)| {
                    let rest = &event.description[at + before.len()..];
                    rest.starts_with(wanted) && names(rest, wanted)
                })
            })
    })
}

/// Whether no other job failed nearer to the event.
fn is_nearest(job: &FailedJob, event: &Event, others: &[FailedJob]) -> bool {
    let own = job.distance(event.time);
    let nearest = others.iter().filter(|other| other.id != job.id).map(|other| other.distance(event.time)).min();
    nearest.is_none_or(|nearest| own <= nearest + TOGETHER)
}

fn name<I>(reference: Option<&Reference<I>>) -> Option<&str> {
    reference?.name.as_deref()
}
