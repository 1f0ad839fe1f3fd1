//! Indexes of jobs and steps, four bytes each.

use std::{cmp::Ordering, collections::hash_map::Entry};

use rustc_hash::FxHashMap;

use crate::domain::Id;

pub(super) const fn to_usize(index: u32) -> usize {
    index as usize
}

/// A browser cannot hold more than four billion jobs or steps.
pub(super) fn to_u32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// Sorts indexes by what they stand for.
pub(super) fn sort(indexes: &mut [u32], compare: &dyn Fn(usize, usize) -> Ordering) {
    indexes.sort_by(|a, b| compare(to_usize(*a), to_usize(*b)));
}

/// Puts items into the order of `order`, a list of their indexes. Items that are not in it are dropped.
pub(super) fn arrange<T>(items: Vec<T>, order: impl Iterator<Item = u32>) -> impl Iterator<Item = T> {
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    order.filter_map(move |index| items.get_mut(to_usize(index))?.take())
}

/// The indexes of jobs or steps by their ids.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct IndexById(FxHashMap<Id, u32>);

impl IndexById {
    /// Empty, with room for `count` ids.
    pub(super) fn with_room(count: usize) -> Self {
        let mut indexes = FxHashMap::default();
        indexes.reserve(count);
        Self(indexes)
    }

    /// Adds an id with its index. Returns false, and changes nothing, if the id is there already.
    pub(super) fn add(&mut self, id: Id, index: usize) -> bool {
        match self.0.entry(id) {
            Entry::Occupied(_) => false,
            Entry::Vacant(entry) => {
                entry.insert(to_u32(index));
                true
            }
        }
    }

    /// The index of an id.
    pub(super) fn find(&self, id: Id) -> Option<u32> {
        self.0.get(&id).copied()
    }
}
