//! What a screen reader is told after a poll.

use crate::{
    domain::{Status, change::Change, outline::Snapshot},
    ui::context::Context,
    view::words,
};

/// Tells what moved: one sentence for each poll, never one for each row.
pub(super) fn announce(context: Context, change: &Change, next: &Snapshot) {
    let moved = |to: Status| change.moved.iter().filter(move |(_, now)| *now == to).map(|(id, _)| *id);
    let mut failed = moved(Status::Failed);
    let mut told: Vec<String> = Vec::new();
    let failures = match (failed.next(), failed.next()) {
        (Some(only), None) => {
            let name = next.find(only).map_or("", |node| node.job.description.as_str());
            told.push("Failed: ".to_owned() + &words::shortened(name, 80));
            0
        }
        _ => moved(Status::Failed).count(),
    };
    for (number, became) in
        [(failures, " failed"), (moved(Status::Finished).count(), " finished"), (change.added.len(), " started")]
    {
        if number > 0 {
            told.push(words::count(number, "job") + became);
        }
    }
    if !told.is_empty() {
        context.announcement.set(told.join(", "));
    }
}
