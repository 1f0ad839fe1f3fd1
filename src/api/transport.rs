//! What carries the client's requests: the browser's fetch, the engine inside the demo page, or a test.

use crate::{
    domain::Time,
    wire::{Request, Response},
};

/// Why no response came. Whether the request arrived is unknown, unless it was not sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TransportError {
    /// No connection, or the connection broke.
    Unreachable,
    /// No answer in time.
    TimedOut,
    /// The page cancelled the request.
    Cancelled,
    /// The answer leads to another address, and was not followed.
    Redirected,
    /// Not sent: there is no token.
    NoToken,
    /// Not sent: the engine's configured address has another origin, and the token must not go there.
    Foreign,
}

/// Sends a request and returns its response.
#[expect(async_fn_in_trait, reason = "the page has one thread, and so have the tests that use this")]
pub trait Transport {
    /// Sends the request at most once: a transport never repeats a request.
    async fn send(&self, request: Request) -> Result<Response, TransportError>;

    /// The time at the client, if the transport has a clock. Dates in answers without a date of their own count from it.
    fn now(&self) -> Option<Time> {
        None
    }
}
