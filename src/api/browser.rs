//! The browser's fetch, as a transport.

use std::{cell::Cell, cell::RefCell, rc::Rc};

use gloo_net::{Error, http::RequestBuilder};
use gloo_timers::callback::Timeout;
use web_sys::{AbortController, AbortSignal, RequestCache, RequestCredentials};

use super::{Transport, TransportError};
use crate::wire::{Body, Method, Request, Response};

/// How long a request may take, in milliseconds.
const TIMEOUT: u32 = 30_000;

/// The response headers that the page reads.
const HEADERS: [&str; 2] = ["date", "retry-after"];

/// Sends requests to the page's own origin.
#[derive(Debug, Clone, Default)]
pub struct BrowserTransport {
    in_flight: Rc<RefCell<Vec<Rc<InFlight>>>>,
}

impl BrowserTransport {
    /// Cancels all requests in flight: they end with [`TransportError::Cancelled`].
    pub fn give_up(&self) {
        for request in self.in_flight.borrow().iter() {
            request.abort(TransportError::Cancelled);
        }
    }
}

impl Transport for BrowserTransport {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        if !request.fits_into_headers() {
            return Err(TransportError::NoHeader);
        }
        let in_flight = Rc::new(InFlight::new()?);
        self.in_flight.borrow_mut().push(Rc::clone(&in_flight));
        let late = Rc::clone(&in_flight);
        let timeout = Timeout::new(TIMEOUT, move || late.abort(TransportError::TimedOut));
        let answer = exchange(request, &in_flight.controller.signal()).await;
        drop(timeout);
        self.in_flight.borrow_mut().retain(|other| !Rc::ptr_eq(other, &in_flight));
        answer.map_err(|_| in_flight.error.get())
    }
}

/// A request in flight, and the error that it ends with should it fail.
#[derive(Debug)]
struct InFlight {
    controller: AbortController,
    error: Cell<TransportError>,
}

impl InFlight {
    fn new() -> Result<Self, TransportError> {
        let controller = AbortController::new().map_err(|_| TransportError::Unreachable)?;
        Ok(Self { controller, error: Cell::new(TransportError::Unreachable) })
    }

    fn abort(&self, error: TransportError) {
        self.error.set(error);
        // Without a reason: gloo-net panics on one that is not a JavaScript error.
        self.controller.abort();
    }
}

async fn exchange(request: Request, signal: &AbortSignal) -> Result<Response, Error> {
    let answer = fetch_request(request, signal)?.send().await?;
    let headers = answer.headers();
    let mut response = Response::empty(answer.status());
    for name in HEADERS {
        if let Some(value) = headers.get(name) {
            response = response.with_header(name, value);
        }
    }
    response.body = Body::Bytes(answer.binary().await?);
    Ok(response)
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
        // With cookies allowed, a 401 makes browsers open their own log-in box (contract, section 3).
        .credentials(RequestCredentials::Omit);
    let builder = request.headers.iter().fold(builder, |builder, (name, value)| builder.header(name, value));
    if request.body.is_empty() { builder.build() } else { builder.body(request.body) }
}
