//! JSON bodies as a client knows them. Reading takes every shape that engines of ten years have sent.
//!
//! In oVirt's JSON booleans and integers are strings, dates are numbers (epoch milliseconds), an empty collection is `{}`,
//! and what is absent is left out (`CustomObjectMapperFactory`, `api.xjb`).

mod read;
mod request;
mod value;

pub use read::{
    ApiRoot, FollowedJob, Listed, TokenReply, UserName, read_api_root, read_host, read_job, read_jobs, read_step,
    read_steps, read_token_reply, read_user,
};
pub(in crate::wire) use request::to_bytes;
pub use request::{write_add_job, write_add_step};
pub use value::Undecodable;
pub(in crate::wire) use value::{Member, Value};
