//! Announcements after a poll, for screen readers.

use crate::{
    domain::{JobId, Status, change::Change, description::readable, outline::Snapshot},
    ui::state::Announcer,
    view::words,
};

/// Announces the changes: one sentence for each poll, never one for each row.
pub(super) fn announce(announcer: Announcer, change: &Change, next: &Snapshot) {
    let moved = |to: Status| change.moved.iter().filter(move |(_, now)| *now == to).map(|(id, _)| *id);
    let mut parts: Vec<String> = Vec::new();
    // A job may begin and fail between two polls.
    let has_failed = |id: &JobId| next.find(*id).is_some_and(|node| node.job.status == Status::Failed);
    let (failed_at_once, started): (Vec<JobId>, Vec<JobId>) = change.added.iter().partition(|id| has_failed(id));
    let failed: Vec<_> = moved(Status::Failed).chain(failed_at_once).collect();
    let failed_count = match failed[..] {
        [only] => {
            let name = next.find(only).map_or_else(Default::default, |node| readable(&node.job.description));
            parts.push(format!("Failed: {}", words::named(&name, 80)));
            0
        }
        _ => failed.len(),
    };
    let counts = [(failed_count, "failed"), (moved(Status::Finished).count(), "finished"), (started.len(), "started")];
    for (number, word) in counts.into_iter().filter(|(number, _)| *number > 0) {
        parts.push(format!("{} {word}", words::count(number, "job")));
    }
    if !parts.is_empty() {
        announcer.say(parts.join(", "));
    }
}
