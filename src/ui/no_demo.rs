//! Nothing: the places where the demo has something to show.

use crate::ui::part::view::{Draw, View};

use super::context::Context;

/// Nothing to make known.
pub const fn provide() {}

/// No mark in the top bar.
pub fn mark(_: Context) -> View {
    ().view()
}

/// Nothing to say about storage.
pub fn notice() -> View {
    ().view()
}

/// Nothing to say about passwords.
pub fn hint() -> View {
    ().view()
}
