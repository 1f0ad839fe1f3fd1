//! Indexes into jobs and steps, of four bytes each.

use std::cmp::Ordering;

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
