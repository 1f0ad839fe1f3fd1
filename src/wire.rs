//! oVirt API v4 on the wire: requests and responses as plain values, bodies to and from the domain.
//!
//! Reading is lenient, since engines of ten years differ; writing is exact, since clients of ten years do too.
//!
//! | module | what it is for | in the page |
//! |---|---|---|
//! | [`json`], [`action`], [`fault`] | what a client writes, and reads of an engine's answers | yes |
//! | `input` | what an engine reads of what clients post, in either form | demo only |
//! | `document`, `describe` | what an engine answers: one description for JSON and XML | demo only, without XML |

pub mod action;
#[cfg(any(feature = "server", feature = "demo"))]
pub mod describe;
#[cfg(any(feature = "server", feature = "demo"))]
pub mod document;
pub mod fault;
#[cfg(any(feature = "server", feature = "demo"))]
mod form;
#[cfg(any(feature = "server", feature = "demo"))]
pub mod input;
pub mod json;
mod message;
#[cfg(any(feature = "server", feature = "demo"))]
mod resource_path;

#[cfg(any(feature = "server", feature = "demo"))]
pub use form::Form;
pub use message::{Body, Method, Request, Response};
#[cfg(any(feature = "server", feature = "demo"))]
pub use resource_path::{Base, Href, ResourcePath};
