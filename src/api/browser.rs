//! The browser's fetch, as a transport.

mod in_flight;

use gloo_net::{Error, http::RequestBuilder};
use gloo_timers::callback::Timeout;
use web_sys::{AbortSignal, RequestCache, RequestCredentials, RequestRedirect, ResponseType, js_sys::Date, window};

use self::in_flight::InFlight;
use super::{Transport, TransportError, client::IDEMPOTENCY_KEY, endpoint::is_of_origin};
use crate::{
    domain::Time,
    wire::{Body, Method, Request, Response},
};

/// How long a request may take, in milliseconds.
const TIMEOUT: u32 = 30_000;

/// The response headers that the page reads.
const HEADERS: [&str; 2] = ["date", "retry-after"];

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
        let flight = self.in_flight.begin()?;
        let late = flight.clone();
        let _timeout = Timeout::new(TIMEOUT, move || late.abort(TransportError::TimedOut));
        exchange(request, flight.signal()).await.map_err(|_| flight.error())?.ok_or(TransportError::Redirected)
    }

    fn now(&self) -> Option<Time> {
        #[expect(clippy::cast_possible_truncation, reason = "whole milliseconds since 1970 fit")]
        Time::from_timestamp_millis(Date::now() as i64)
    }
}

/// The answer; none if it is a redirect. Its status and its headers are then hidden from the page.
async fn exchange(request: Request, signal: &AbortSignal) -> Result<Option<Response>, Error> {
    let answer = fetch_request(request, signal)?.send().await?;
    if answer.type_() == ResponseType::Opaqueredirect {
        return Ok(None);
    }
    let headers = answer.headers();
    let mut response = Response::empty(answer.status());
    for name in HEADERS {
        if let Some(value) = headers.get(name) {
            response = response.with_header(name, value);
        }
    }
    response.body = Body::Bytes(answer.binary().await?);
    Ok(Some(response))
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
