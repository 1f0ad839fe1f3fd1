//! The detail of what is selected: first where it failed, then the facts, then what can be done, and for what cannot, why.

mod actions;
mod copies;
mod facts;
mod failure;
mod host;
mod layout;
mod notes;
mod panel;

pub use actions::row_actions;
pub use copies::use_clipboard;
pub use panel::DetailPanel;
