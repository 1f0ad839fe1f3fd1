//! Indexes into jobs and steps, of four bytes each.

use std::{cmp::Ordering, collections::hash_map::Entry};

use rustc_hash::FxHashMap;

use crate::domain::Id;

pub(super) const fn to_usize(index: u32) -> usize {
    index as usize
}

/// More than four billion jobs or steps do not fit into a browser.
pub(super) fn to_u32(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// All that is ever sorted here is what indexes stand for, so that there is one sort in the page.
pub(super) fn sort(indexes: &mut [u32], compare: &dyn Fn(usize, usize) -> Ordering) {
    indexes.sort_by(|a, b| compare(to_usize(*a), to_usize(*b)));
}

/// Moves each item to the place that its index has among `order`. What is not in `order` is dropped.
pub(super) fn arrange<T>(items: Vec<T>, order: impl Iterator<Item = u32>) -> impl Iterator<Item = T> {
    let mut items: Vec<Option<T>> = items.into_iter().map(Some).collect();
    order.filter_map(move |index| items.get_mut(to_usize(index))?.take())
}

/// Where things stand, by their ids: one map for jobs and steps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Places(FxHashMap<Id, u32>);

impl Places {
    /// Nothing yet, with room for so many.
    pub(super) fn with_room(count: usize) -> Self {
        let mut places = FxHashMap::default();
        places.reserve(count);
        Self(places)
    }

    /// Notes where a thing stands, unless there is one of that id already: then it says no.
    pub(super) fn add(&mut self, id: Id, index: usize) -> bool {
        match self.0.entry(id) {
            Entry::Occupied(_) => false,
            Entry::Vacant(place) => {
                place.insert(to_u32(index));
                true
            }
        }
    }

    /// Where the thing of that id stands.
    pub(super) fn find(&self, id: Id) -> Option<u32> {
        self.0.get(&id).copied()
    }
}
