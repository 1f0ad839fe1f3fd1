//! Nothing: the places where the demo has something to show.

use leptos::prelude::*;

use super::context::Context;

/// Nothing to make known.
pub const fn provide() {}

/// No mark in the top bar.
pub fn mark(_: Context) -> AnyView {
    ().into_any()
}

/// Nothing to say about storage.
pub fn notice() -> AnyView {
    ().into_any()
}

/// Nothing to say about passwords.
pub fn hint() -> AnyView {
    ().into_any()
}
