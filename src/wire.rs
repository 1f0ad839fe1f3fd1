//! oVirt API v4 on the wire: requests and responses as plain values, bodies to and from the domain.
//!
//! Reading is lenient, since engines of ten years differ; writing is exact, since clients of ten years do too.

pub mod action;
pub mod fault;
pub mod json;
mod message;

pub use message::{Body, Method, Request, Response};
