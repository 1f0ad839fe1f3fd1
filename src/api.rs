//! The REST client: one `async fn` for each call, one error type, one trait for whatever carries the requests.

#[cfg(target_arch = "wasm32")]
pub mod browser;
mod client;
mod credentials;
mod endpoint;
mod error;
mod exchange;
mod session;
mod transport;

pub use client::{Answer, Client, CorrelationId, EventQuery, JobList, NewJob, NewStep, is_searchable};
pub use credentials::Credentials;
pub use endpoint::{Endpoint, is_of_origin};
pub use error::{ApiError, EngineMessage, NotNow, Retry};
pub use session::{LogInError, log_in, log_out};
pub use transport::{Received, Transport, TransportError};

pub use crate::wire::json::{ApiRoot, FollowedJob, Listed, NewEvent, UserName};
