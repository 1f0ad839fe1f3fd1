//! Entities as documents: one function for each type.

mod action;
mod event;
mod identity;
mod job;
mod step;

use super::{
    Base, Format, Href, ResourcePath,
    document::{Document, Entity, List},
    fault::Fault,
};

pub use action::{action_begun, action_complete, action_failed};
pub use event::{event, events};
pub use identity::{domain, root, user};
pub use job::{job, jobs};
#[cfg(any(feature = "server", feature = "demo"))]
pub use job::{listing_of_followed_jobs, listing_of_jobs};
pub use step::{step, steps};

/// The body of a refused read or addition: the fault itself. A refused action contains its fault.
pub fn fault(fault: &Fault) -> Document<'_> {
    Document::entity("fault", fault_entity(fault))
}

fn fault_entity(fault: &Fault) -> Entity<'_> {
    Entity::new().with("detail", fault.detail.as_deref()).with("reason", fault.reason.as_deref())
}
