//! The seam between the client and whatever carries its requests: the browser's fetch, the engine inside the page, a test.

use crate::wire::{Request, Response};

/// No response came. Whether the request arrived is unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransportError {
    /// The connection could not be made, or broke.
    Unreachable,
    /// No answer in the given time.
    TimedOut,
    /// The page gave the request up itself.
    Cancelled,
    /// Nothing was sent: there is no token to prove who we are.
    NoToken,
    /// Nothing was sent: the engine is said to be at another origin, and what proves who we are must not go there.
    Foreign,
}

/// Carries one request and brings its response.
#[expect(async_fn_in_trait, reason = "the page has one thread, and so have the tests that use this")]
pub trait Transport {
    /// Sends the request, at most once: a transport never repeats anything.
    async fn send(&self, request: Request) -> Result<Response, TransportError>;
}
