//! The REST client: a closed set of calls, one error type, one transport seam, opaque credentials.

#[cfg(target_arch = "wasm32")]
pub mod browser;
mod call;
mod client;
mod credentials;
mod endpoint;
mod error;
mod session;
mod transport;

pub use call::Call;
pub use client::{Answer, Client, CorrelationId, NewJob, NewStep};
pub use credentials::Credentials;
pub use endpoint::Endpoint;
pub use error::{ApiError, Retry, Words};
pub use session::{LogInError, log_in, log_out};
pub use transport::{Transport, TransportError};
