//! The detail of the selected job or step: where it failed, the facts, and the actions, each with the reason if it is not possible.

mod actions;
mod copies;
mod explanation;
mod facts;
mod failure;
mod host;
mod layout;
mod notes;
mod panel;
mod reason;
mod running;
mod same_failure;
mod steps_timeline;
mod ticket;

pub use actions::row_actions;
pub use copies::{OpenRaw, use_clipboard};
pub use panel::DetailPanel;
pub use ticket::{listen_for_copying, use_tickets};
