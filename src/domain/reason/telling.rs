//! Which of several events says most about a failure.

use std::{cmp::Reverse, sync::Arc};

use super::{FailedJob, candidates::is_about};
use crate::domain::{Event, event::Severity};

/// Whether a sentence says why something failed, and not only that it did. "Failed to run VM bad1 on Host host2." and "Add-Disk
/// operation failed to complete." do not.
pub fn tells_why(description: &str) -> bool {
    let lower = description.to_lowercase();
    // What is in round brackets at the end names the objects: "Migration failed  (VM: web1, Source: host1)."
    let sentence = lower.trim_end().trim_end_matches('.');
    let sentence = match sentence.strip_suffix(')').and_then(|rest| rest.rsplit_once('(')) {
        Some((before, _)) => before.trim_end(),
        None => sentence,
    };
    let is_plain = sentence.contains("failed to ") || sentence.ends_with("failed");
    let has_reason = [": ", ":\n", "due to", "because", "["].iter().any(|mark| sentence.contains(mark));
    has_reason || !is_plain
}

/// Puts the event first that says most about the failure: among errors the last one that says why, then the last one. If other jobs
/// have the same correlation id (`is_shared`), what is about the job's own objects comes before the rest.
pub fn most_telling_first(job: &FailedJob, is_shared: bool, events: &mut [Arc<Event>]) {
    events.sort_by_cached_key(|event| {
        let is_unusual = event.severity > Severity::Normal;
        let is_error = event.severity >= Severity::Error;
        let is_own = is_unusual && (!is_shared || is_about(job, event));
        Reverse((is_own, is_unusual, is_error, is_error && tells_why(&event.description), event.time, event.id))
    });
}
