//! The browser's fetch, as a transport.

mod in_flight;
mod patience;
mod pieces;
mod turn;

use std::ops::ControlFlow;

pub use turn::Turn;

use gloo_net::{Error, http::RequestBuilder};
use web_sys::{AbortSignal, RequestCache, RequestCredentials, RequestRedirect, ResponseType, js_sys::Date, window};

use self::{in_flight::InFlight, patience::Patience, pieces::hand_out};
use super::{Received, Transport, TransportError, client::IDEMPOTENCY_KEY, endpoint::is_of_origin, transport::is_good};
use crate::{
    domain::Time,
    wire::{Body, Method, Request, Response},
};

/// The response headers that the page reads.
const HEADERS: [&str; 3] = ["date", "etag", "retry-after"];

/// Sends requests to the page's own origin. A request whose future is dropped is aborted.
#[derive(Debug, Clone, Default)]
pub struct BrowserTransport {
    in_flight: InFlight,
}

impl BrowserTransport {
    /// Cancels all requests in flight: they end with [`TransportError::Cancelled`].
    pub fn give_up(&self) {
        self.in_flight.cancel();
    }
}

impl Transport for BrowserTransport {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let mut body = Vec::new();
        let mut sink = |piece: &[u8]| {
            body.extend_from_slice(piece);
            ControlFlow::Continue(())
        };
        let Received { mut response, broke_off } = self.receive(request, &mut sink).await?;
        if is_good(response.status) {
            response.body = Body::Bytes(body);
        }
        broke_off.map_or(Ok(response), Err)
    }

    async fn receive(
        &self,
        request: Request,
        sink: &mut impl FnMut(&[u8]) -> ControlFlow<()>,
    ) -> Result<Received, TransportError> {
        if !request.fits_into_headers() {
            return Err(TransportError::NoHeader);
        }
        let flight = self.in_flight.begin()?;
        let patience = Patience::with(&flight);
        let answer = exchange(request, flight.signal()).await.map_err(|_| flight.error())?;
        // Its status and its headers are hidden from the page.
        if answer.type_() == ResponseType::Opaqueredirect {
            return Err(TransportError::Redirected);
        }
        let mut response = head_of(&answer);
        let mut broke_off = None;
        if !is_good(response.status) {
            response.body = Body::Bytes(answer.binary().await.map_err(|_| flight.error())?);
        } else if let Some(body) = answer.body() {
            broke_off = hand_out(body, &patience, sink).await.err().map(|_| flight.error());
        }
        Ok(Received { response, broke_off })
    }

    fn now(&self) -> Option<Time> {
        #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds since 1970 fit")]
        Time::from_timestamp_millis(Date::now() as i64)
    }
}

async fn exchange(request: Request, signal: &AbortSignal) -> Result<gloo_net::http::Response, Error> {
    fetch_request(request, signal)?.send().await
}

/// The answer without its body.
fn head_of(answer: &gloo_net::http::Response) -> Response {
    let headers = answer.headers();
    let mut response = Response::empty(answer.status());
    for name in HEADERS {
        if let Some(value) = headers.get(name) {
            response = response.with_header(name, value);
        }
    }
    response
}

fn fetch_request(request: Request, signal: &AbortSignal) -> Result<gloo_net::http::Request, Error> {
    let method = match request.method {
        Method::Get => gloo_net::http::Method::GET,
        Method::Put => gloo_net::http::Method::PUT,
        Method::Delete => gloo_net::http::Method::DELETE,
        Method::Options => gloo_net::http::Method::OPTIONS,
        Method::Post | Method::Other => gloo_net::http::Method::POST,
    };
    let builder = RequestBuilder::new(&request.path)
        .method(method)
        .query(request.query.iter().map(|(name, value)| (name.as_str(), value.as_str())))
        .abort_signal(Some(signal))
        .cache(RequestCache::NoStore)
        // Engines redirect no request of the API. If a proxy does, the page says so instead of a failure at the other address.
        .redirect(RequestRedirect::Manual)
        // With cookies allowed, a 401 makes browsers open their own log-in box (contract, section 3).
        .credentials(RequestCredentials::Omit);
    let is_own =
        is_of_origin(&request.path, &window().and_then(|window| window.location().origin().ok()).unwrap_or_default());
    let headers = request.headers.iter().filter(|(name, _)| is_own || name != IDEMPOTENCY_KEY);
    let builder = headers.fold(builder, |builder, (name, value)| builder.header(name, value));
    if request.body.is_empty() { builder.build() } else { builder.body(request.body) }
}
