//! Which correlation ids may be those of a failed job, the most likely first.

use std::{cmp::Reverse, collections::BTreeMap};

use chrono::TimeDelta;

use super::{FailedJob, text::names};
use crate::domain::{Event, event::Severity};

/// The events of one correlation id, as far as they speak for one job.
#[derive(Debug, Clone, Copy)]
struct Group {
    is_of_owner: bool,
    names_it: bool,
    /// How far its last event is from the end of the job.
    distance: TimeDelta,
}

/// The correlation ids of the events in the job's time, the most likely first. Of the job's owner before others, then those that name
/// what the job's description names, or are about a host that its steps ran on, then those whose last event is nearest to its end.
///
/// An id whose events are all about what went well cannot give a reason, so it is none of these.
pub fn candidates<'a>(job: &FailedJob, events: impl IntoIterator<Item = &'a Event>) -> Vec<&'a str> {
    let mut groups: BTreeMap<&str, (Group, bool)> = BTreeMap::new();
    for event in events.into_iter().filter(|event| job.spans(event.time)) {
        let Some(correlation) = event.correlation_id.as_deref() else { continue };
        let new = Group { is_of_owner: false, names_it: false, distance: TimeDelta::MAX };
        let (group, is_unusual) = groups.entry(correlation).or_insert((new, false));
        group.is_of_owner |= job.owner.is_some() && event.user.as_ref().and_then(|user| user.id) == job.owner;
        group.names_it |= is_about(job, event);
        group.distance = group.distance.min((event.time - job.end).abs());
        *is_unusual |= event.severity > Severity::Normal;
    }
    let mut ranked: Vec<(&str, Group)> =
        groups.into_iter().filter(|(_, (_, is_unusual))| *is_unusual).map(|(id, (group, _))| (id, group)).collect();
    ranked.sort_by_key(|(_, group)| (Reverse((group.is_of_owner, group.names_it)), group.distance));
    ranked.into_iter().map(|(id, _)| id).collect()
}

/// Whether an event is about something that the job's description names, or a host that one of its steps ran on.
pub(super) fn is_about(job: &FailedJob, event: &Event) -> bool {
    let on_host = event.host.as_ref().and_then(|host| host.id).is_some_and(|host| job.hosts.contains(&host));
    on_host || objects(event).any(|name| names(&job.description, name))
}

/// The names of the machine, host, storage domain and template that an event is about.
fn objects(event: &Event) -> impl Iterator<Item = &str> {
    let Event { vm, host, storage_domain, template, .. } = event;
    let names = [
        vm.as_ref().and_then(|vm| vm.name.as_deref()),
        host.as_ref().and_then(|host| host.name.as_deref()),
        storage_domain.as_ref().and_then(|domain| domain.name.as_deref()),
        template.as_ref().and_then(|template| template.name.as_deref()),
    ];
    names.into_iter().flatten()
}
