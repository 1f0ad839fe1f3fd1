//! The browser's fetch, as a transport.

use std::{cell::Cell, cell::RefCell, rc::Rc, time::Duration};

use form_urlencoded::Serializer;
use leptos::{
    leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle},
    prelude::window,
};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, AbortSignal, Headers, RequestCache, RequestCredentials, RequestInit, js_sys::Uint8Array,
};

use super::{Transport, TransportError};
use crate::wire::{Body, Request, Response};

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
        self.controller.abort();
    }
}

async fn exchange(request: Request, signal: &AbortSignal) -> Result<Response, JsValue> {
    let how = fetch_options(&request, signal)?;
    let answer = JsFuture::from(window().fetch_with_str_and_init(&address(request), &how)).await?;
    let answer: web_sys::Response = answer.unchecked_into();
    let body = JsFuture::from(answer.array_buffer()?).await?;
    let headers = answer.headers();
    let mut response = Response::empty(answer.status());
    for name in READ {
        if let Ok(Some(value)) = headers.get(name) {
            response = response.with_header(name, value);
        }
    }
    response.body = Body::Bytes(Uint8Array::new(&body).to_vec());
    Ok(response)
}

fn address(request: Request) -> String {
    let path = request.path;
    if request.query.is_empty() {
        return path;
    }
    let start = path.len() + 1;
    Serializer::for_suffix(path + "?", start).extend_pairs(request.query).finish()
}

fn fetch_options(request: &Request, signal: &AbortSignal) -> Result<RequestInit, JsValue> {
    let headers = Headers::new()?;
    for (name, value) in &request.headers {
        headers.set(name, value)?;
    }
    let how = RequestInit::new();
    how.set_method(request.method.as_str());
    how.set_headers(&headers);
    how.set_signal(Some(signal));
    how.set_cache(RequestCache::NoStore);
    // With cookies allowed, a 401 makes browsers open their own password box (contract, section 3).
    how.set_credentials(RequestCredentials::Omit);
    if !request.body.is_empty() {
        how.set_body(&Uint8Array::from(request.body.as_slice()));
    }
    Ok(how)
}
