//! The browser's fetch, as a transport.

use std::{cell::Cell, cell::RefCell, rc::Rc, time::Duration};

use gloo_net::{Error, http::RequestBuilder};
use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use web_sys::{AbortController, AbortSignal, RequestCache, RequestCredentials};

use super::{Transport, TransportError};
use crate::wire::{Body, Method, Request, Response};

/// How long a request may take.
const TIMEOUT: Duration = Duration::from_secs(30);

/// The headers of a response that anybody here reads.
const READ: [&str; 2] = ["date", "retry-after"];

/// Sends requests to the page's own origin.
#[derive(Debug, Clone, Default)]
pub struct BrowserTransport {
    under_way: Rc<RefCell<Vec<Rc<Flight>>>>,
}

impl BrowserTransport {
    /// Gives up all requests that are under way: they end as [`TransportError::Cancelled`].
    pub fn give_up(&self) {
        for flight in self.under_way.borrow().iter() {
            flight.abort(TransportError::Cancelled);
        }
    }
}

impl Transport for BrowserTransport {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let flight = Rc::new(Flight::new()?);
        self.under_way.borrow_mut().push(Rc::clone(&flight));
        let late = Rc::clone(&flight);
        // Boxed, as everything that the page does later: so it is compiled once.
        let give_up: Box<dyn FnOnce()> = Box::new(move || late.abort(TransportError::TimedOut));
        let timer = set_timeout_with_handle(give_up, TIMEOUT).ok();
        let answer = exchange(request, &flight.controller.signal()).await;
        timer.iter().for_each(TimeoutHandle::clear);
        self.under_way.borrow_mut().retain(|other| !Rc::ptr_eq(other, &flight));
        answer.map_err(|_| flight.fate.get())
    }
}

/// A request under way, and what to say should it fail.
#[derive(Debug)]
struct Flight {
    controller: AbortController,
    fate: Cell<TransportError>,
}

impl Flight {
    fn new() -> Result<Self, TransportError> {
        let controller = AbortController::new().map_err(|_| TransportError::Unreachable)?;
        Ok(Self { controller, fate: Cell::new(TransportError::Unreachable) })
    }

    fn abort(&self, fate: TransportError) {
        self.fate.set(fate);
        // Without a reason of our own: gloo-net panics on one that is not a JavaScript error.
        self.controller.abort();
    }
}

async fn exchange(request: Request, signal: &AbortSignal) -> Result<Response, Error> {
    let answer = fetch_request(request, signal)?.send().await?;
    let headers = answer.headers();
    let mut response = Response::empty(answer.status());
    for name in READ {
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
        Method::Post | Method::Other => gloo_net::http::Method::POST,
    };
    let builder = RequestBuilder::new(&request.path)
        .method(method)
        .query(request.query.iter().map(|(name, value)| (name.as_str(), value.as_str())))
        .abort_signal(Some(signal))
        .cache(RequestCache::NoStore)
        // With cookies allowed, a 401 makes browsers open their own password box (contract, section 3).
        .credentials(RequestCredentials::Omit);
    let builder = request.headers.iter().fold(builder, |builder, (name, value)| builder.header(name, value));
    if request.body.is_empty() { builder.build() } else { builder.body(request.body) }
}
