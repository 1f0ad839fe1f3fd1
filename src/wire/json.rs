//! JSON bodies. Reading takes every shape that engines of ten years have sent; writing gives what a current one sends.
//!
//! In oVirt's JSON booleans and integers are strings, dates are numbers (epoch milliseconds), an empty collection is `{}`,
//! and what is absent is left out (`CustomObjectMapperFactory`, `api.xjb`).

mod form;
mod identity;
mod input;
mod read;
mod request;
mod shape;
mod value;
mod write;

pub(in crate::wire) use form::to_bytes;
pub use form::{Base, Href, Place};
pub(in crate::wire) use form::{Flag, Number};
pub use identity::{write_root, write_user};
pub use input::{Adding, AddingStep, ParentStep, SyntaxError, read_action, read_add_job, read_add_step};
pub use read::{
    ApiRoot, FollowedJob, Listed, Undecodable, UserName, read_api_root, read_job, read_jobs, read_step, read_steps,
    read_user,
};
pub use request::{write_add_job, write_add_step};
pub(in crate::wire) use write::JobLink;
pub use write::{write_job, write_jobs, write_statistics, write_step, write_steps};
