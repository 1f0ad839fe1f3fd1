//! All jobs of a snapshot in the chosen order. It is made from the order before, since most polls change little.

use std::sync::Arc;

use super::{
    Column, Query, Snapshot, Sort,
    index::{sort, to_u32, to_usize},
    sort::Key,
};

/// The jobs of a snapshot in order, whether they match or not.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Order {
    sort: Sort,
    /// Indexes into the snapshot's jobs.
    jobs: Arc<[u32]>,
}

impl Order {
    /// The order of a snapshot's jobs. `was` and `before` are an earlier snapshot and its order.
    pub(super) fn of(
        snapshot: &Snapshot,
        Query { sort: order, names, now, stuck, .. }: Query<'_>,
        (was, before): (&Snapshot, &Self),
    ) -> Self {
        let is_same_sort = order == before.sort && before.jobs.len() == was.jobs().len();
        // Other columns depend on the jobs alone.
        let depends_on_jobs = !matches!(order.column, Column::Duration | Column::Owner | Column::Stuck);
        if is_same_sort && depends_on_jobs && std::ptr::eq(was, snapshot) {
            return before.clone();
        }
        let keys: Vec<Key<'_>> = snapshot.jobs().iter().map(|node| order.key(node, names, now, stuck)).collect();
        let mut jobs = if is_same_sort { before.carried_over(was, snapshot) } else { in_order_of_snapshot(snapshot) };
        // This takes one pass over what is in order already.
        sort(&mut jobs, &|a, b| order.compare(&keys[a], &keys[b]));
        Self { sort: order, jobs: jobs.into() }
    }

    /// The indexes of the snapshot's jobs, in order.
    pub(super) fn jobs(&self) -> impl Iterator<Item = usize> {
        self.jobs.iter().copied().map(to_usize)
    }

    /// The jobs of the next snapshot, those that did not change first and in this order.
    fn carried_over(&self, was: &Snapshot, snapshot: &Snapshot) -> Vec<u32> {
        let count = snapshot.jobs().len();
        let (mut jobs, mut is_placed) = (Vec::with_capacity(count), vec![false; count]);
        for old in self.jobs() {
            let Some(place) = was.jobs().get(old).and_then(|node| snapshot.place_of(node, old)) else { continue };
            jobs.push(to_u32(place));
            is_placed[place] = true;
        }
        jobs.extend((0..count).filter(|place| !is_placed[*place]).map(to_u32));
        jobs
    }
}

fn in_order_of_snapshot(snapshot: &Snapshot) -> Vec<u32> {
    (0..to_u32(snapshot.jobs().len())).collect()
}
