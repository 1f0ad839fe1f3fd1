//! oVirt API v4 on the wire: requests and responses, and bodies to and from the domain.
//!
//! The client's readers are lenient, because engine versions differ. Writers are exact, because clients may rely on details.
//!
//! | module | what it is for | in the page |
//! |---|---|---|
//! | [`json`], [`action`], [`fault`] | bodies that a client writes and reads | yes |
//! | `input` | bodies that an engine reads, in either format | demo only |
//! | `document`, `describe` | bodies that an engine writes: one description for JSON and XML | demo only, without XML |

pub mod action;
#[cfg(any(feature = "server", feature = "demo"))]
pub mod describe;
#[cfg(any(feature = "server", feature = "demo"))]
pub mod document;
pub mod fault;
#[cfg(any(feature = "server", feature = "demo"))]
mod format;
#[cfg(any(feature = "server", feature = "demo"))]
pub mod input;
pub mod json;
mod message;
#[cfg(any(feature = "server", feature = "demo"))]
mod resource_path;

#[cfg(any(feature = "server", feature = "demo"))]
pub use format::Format;
pub use message::{Body, Method, Request, Response, fits_into_header};
#[cfg(any(feature = "server", feature = "demo"))]
pub use resource_path::{Base, DomainId, Href, ResourcePath};
