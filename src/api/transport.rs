//! What carries the client's requests: the browser's fetch, the engine inside the demo page, or a test.

use std::ops::ControlFlow;

use crate::{
    domain::Time,
    wire::{Body, Request, Response},
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
    /// Not sent: a header cannot carry the token.
    NoHeader,
}

/// An answer whose body went to a sink.
#[derive(Debug)]
pub struct Received {
    /// The answer. The body of a good one (2xx) is empty here: the sink has had it.
    pub response: Response,
    /// Why the body broke off in the middle, if it did.
    pub broke_off: Option<TransportError>,
}

/// Sends a request and returns its response.
#[expect(async_fn_in_trait, reason = "the page has one thread, and so have the tests that use this")]
pub trait Transport {
    /// Sends the request at most once: a transport never repeats a request.
    async fn send(&self, request: Request) -> Result<Response, TransportError>;

    /// As [`Self::send`], but the body of a good answer goes to `sink` while it arrives, in pieces that are cut anywhere. If the sink
    /// breaks, the rest is not read.
    ///
    /// A transport that has the body whole hands that out.
    async fn receive(
        &self,
        request: Request,
        sink: &mut impl FnMut(&[u8]) -> ControlFlow<()>,
    ) -> Result<Received, TransportError> {
        let mut response = self.send(request).await?;
        if is_good(response.status) {
            let body = std::mem::replace(&mut response.body, Body::Bytes(Vec::new()));
            let _ = match body {
                Body::Bytes(bytes) => sink(&bytes),
                Body::Pieces(mut pieces) => pieces.try_for_each(|piece| sink(&piece)),
            };
        }
        Ok(Received { response, broke_off: None })
    }

    /// The time at the client, if the transport has a clock. Dates in answers without a date of their own count from it.
    fn now(&self) -> Option<Time> {
        None
    }
}

/// Whether an answer with this HTTP status code has what was asked for.
pub(super) const fn is_good(status: u16) -> bool {
    matches!(status, 200..=299)
}
