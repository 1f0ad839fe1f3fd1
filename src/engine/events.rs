//! Events: the engine's audit log. The engine writes what an engine writes ([`kind`]), and programs add events of their own.
//!
//! An event and a job belong together if they have the same correlation id; nothing else links them.

mod add;
mod kind;
mod list;
mod new;
mod query;
mod store;

pub use add::{About, AddEventError, ExternalEvent};
pub use kind::EventKind;
pub use list::EventList;
pub use new::NewEvent;
pub use store::EventStore;
