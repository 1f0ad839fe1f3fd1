//! Lists: `{"job": […]}`, `{"step": […]}`.

use serde::Deserialize;

use super::{document::read_object, lenient::AnyValue};

/// A list as it was read. An entry that cannot be read does not cost the others, and it is counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<T> {
    /// What could be read, in the engine's order.
    pub items: Vec<T>,
    /// How many entries could not be read: without a usable id, or not objects.
    pub unreadable: usize,
}

/// An empty list.
impl<T> Default for Listed<T> {
    fn default() -> Self {
        Self { items: Vec::new(), unreadable: 0 }
    }
}

impl<T> Listed<T> {
    fn push(&mut self, item: Option<T>) {
        match item {
            Some(item) => self.items.push(item),
            None => self.unreadable += 1,
        }
    }
}

/// Reads the entries of a list, each by itself; gives back none if the value is not a list.
///
/// An engine may send `null` for an empty list, and a single entry without brackets. A `null` among the entries is no entry.
pub(super) fn read_entries<'a, D: Deserialize<'a>, T>(
    list: AnyValue<'a, D>,
    convert: &mut impl FnMut(D) -> Option<T>,
) -> Option<Listed<T>> {
    let mut listed = Listed::default();
    match list {
        AnyValue::Null => (),
        AnyValue::Object(entry) => listed.push(convert(entry)),
        AnyValue::List(entries) => {
            listed.items.reserve(entries.len());
            for entry in entries.into_iter().map(|entry| entry.get()).filter(|entry| *entry != "null") {
                listed.push(read_object(entry).ok().and_then(&mut *convert));
            }
        }
        AnyValue::Bool(_) | AnyValue::Integer(_) | AnyValue::Text(_) => return None,
    }
    Some(listed)
}
