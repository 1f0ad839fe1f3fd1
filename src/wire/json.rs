//! JSON bodies as a client reads and writes them. Reading accepts every form that engines of ten years have sent.
//!
//! oVirt's JSON has booleans and integers as strings, dates as numbers (epoch milliseconds), `{}` for an empty collection, and
//! it leaves absent members out (`CustomObjectMapperFactory`, `api.xjb`).
//!
//! serde derives the readers (`job`, `event`, `identity`). `lenient` handles the differences between engines. A long list of jobs is read
//! while it arrives (`reader`, [`split`]).

mod document;
mod event;
mod identity;
mod job;
mod lenient;
mod list;
mod reader;
mod request;
pub mod split;

pub use document::Undecodable;
pub(in crate::wire) use document::read_document;
pub use event::read_events;
pub use identity::{ApiRoot, TokenReply, UserName, read_api_root, read_host, read_token_reply, read_user};
pub use job::{FollowedJob, read_job, read_jobs, read_listed_job, read_step, read_steps};
pub(in crate::wire) use lenient::{object, text};
pub use list::Listed;
pub use reader::{JobsReader, ReadJobs};
pub(in crate::wire) use request::to_bytes;
pub use request::{NewEvent, write_add_event, write_add_job, write_add_step};
