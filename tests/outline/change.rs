//! What differs between two snapshots.

use proptest::prelude::*;
use task_monitor::domain::{
    Status,
    change::{Change, diff},
    outline::{Snapshot, StepTree},
};

use crate::support::{
    job, job_id, job_with_steps,
    outline::{advanced, any_poll, snapshot},
};

#[test]
fn what_a_poll_changed() {
    let old = snapshot([1, 2, 3].map(|number| job_with_steps(number, Status::Started, true)));
    let mut renamed = job(2, Status::Started, true).job;
    renamed.description = "Another".to_owned();
    let ids = |numbers: &[u128]| numbers.iter().copied().map(job_id).collect::<Vec<_>>();
    let change = |added, removed, changed, moved| Change {
        added: ids(added),
        removed: ids(removed),
        changed: ids(changed),
        moved,
    };
    let rows = [
        ("nothing", old.clone(), Change::default()),
        ("one added", old.with_job(job(4, Status::Failed, true).job), change(&[4], &[], &[], vec![])),
        ("one removed", old.without_job(job_id(2)), change(&[], &[2], &[], vec![])),
        ("one renamed", old.with_job(renamed), change(&[], &[], &[2], vec![])),
        (
            "one ended",
            old.with_job(job(3, Status::Finished, true).job),
            change(&[], &[], &[3], vec![(job_id(3), Status::Finished)]),
        ),
        ("steps differ", old.with_steps([(job_id(1), StepTree::default())]), change(&[], &[], &[1], vec![])),
        (
            "another order",
            old.advance([3, 1, 2].map(|number| (job(number, Status::Started, true).job, None))),
            Change::default(),
        ),
        ("all gone", Snapshot::default(), change(&[], &[1, 2, 3], &[], vec![])),
    ];
    for (name, new, expected) in rows {
        let found = diff(&old, &new);
        assert_eq!(found.is_empty(), expected == Change::default(), "{name}");
        assert_eq!(found, expected, "{name}");
    }
}

/// The old snapshot with a change applied: what differs is taken from the new one.
fn applied(old: &Snapshot, new: &Snapshot, change: &Change) -> Snapshot {
    let taken = |id| change.changed.contains(id) || change.added.contains(id);
    let patched = change.removed.iter().fold(old.clone(), |snapshot, id| snapshot.without_job(*id));
    let news = new.jobs().iter().filter(|node| taken(&node.job.id));
    news.fold(patched, |snapshot, node| {
        let steps = node.steps.tree().map(|tree| (node.job.id, tree.clone()));
        snapshot.with_job(node.job.clone()).with_steps(steps)
    })
}

proptest! {
    #[test]
    fn a_change_is_the_whole_difference(first in any_poll(), second in any_poll()) {
        let old = advanced(&Snapshot::default(), first);
        let new = advanced(&old, second);
        let change = diff(&old, &new);
        prop_assert_eq!(diff(&applied(&old, &new, &change), &new), Change::default());
        let same = old.jobs().len() == new.jobs().len()
            && new.jobs().iter().all(|node| old.find(node.job.id) == Some(node));
        prop_assert_eq!(change.is_empty(), same);
        prop_assert!(diff(&new, &new).is_empty());
        let back = diff(&new, &old);
        prop_assert_eq!(back.added.len(), change.removed.len());
        prop_assert_eq!(back.changed.len(), change.changed.len());
    }
}
