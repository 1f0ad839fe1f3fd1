//! Components of the demo: its mark in the top bar with a menu, and its notices. On any other page these
//! components show nothing.

#[cfg(feature = "demo")]
mod engine_inside;

#[cfg(feature = "demo")]
pub use engine_inside::{DemoMark, LogInHint, StorageNotice, provide};

#[cfg(not(feature = "demo"))]
pub use nothing::{DemoMark, LogInHint, StorageNotice, provide};

#[cfg(not(feature = "demo"))]
mod nothing {
    use leptos::prelude::*;

    use crate::ui::{state::SessionState, sync::Sync};

    /// Does nothing: this build has no demo.
    pub const fn provide(_: SessionState, _: Sync) {}

    #[component]
    pub fn DemoMark() -> impl IntoView {}

    #[component]
    pub fn LogInHint() -> impl IntoView {}

    #[component]
    pub fn StorageNotice() -> impl IntoView {}
}
