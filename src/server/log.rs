//! The log: structured, on standard error, without secrets.
//!
//! A request is logged with method, path, status and time. Query, headers and body are never logged, since they may contain
//! secrets.

use std::{
    io::{self, IsTerminal},
    panic,
    time::Duration,
};

use axum::http::{Request, Response};
use tower_http::{
    classify::{ServerErrorsAsFailures, SharedClassifier},
    request_id::RequestId,
    trace::{MakeSpan, OnResponse, TraceLayer},
};
use tracing::{Span, error, info, info_span};
use tracing_subscriber::EnvFilter;

/// Starts the log: plain lines on a terminal, JSON elsewhere. `RUST_LOG` sets the level.
pub fn start() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=error"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    // The only possible error is that a log is already started.
    drop(if io::stderr().is_terminal() {
        log.try_init()
    } else {
        log.json().flatten_event(true).with_span_list(false).try_init()
    });
    // A panic becomes an entry of the log; its request is answered elsewhere.
    panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        error!(place, text = panic.payload_as_str().unwrap_or_default(), "panic");
    }));
}

type Requests = TraceLayer<SharedClassifier<ServerErrorsAsFailures>, WithoutSecrets, (), WithoutSecrets, (), (), ()>;

/// Logs each request once, when its response begins.
pub(super) fn requests() -> Requests {
    TraceLayer::new_for_http()
        .make_span_with(WithoutSecrets)
        .on_request(())
        .on_response(WithoutSecrets)
        .on_body_chunk(())
        .on_eos(())
        .on_failure(())
}

/// A path without matrix parameters (`/jobs;max=3`), which may contain secrets like a query.
fn without_matrix(path: &str) -> String {
    let segments = path.split('/').map(|segment| segment.split(';').next().unwrap_or_default());
    segments.collect::<Vec<_>>().join("/")
}

/// Selects what is logged.
#[derive(Debug, Clone, Copy)]
pub(super) struct WithoutSecrets;

impl<B> MakeSpan<B> for WithoutSecrets {
    fn make_span(&mut self, request: &Request<B>) -> Span {
        let id = request.extensions().get::<RequestId>().and_then(|id| id.header_value().to_str().ok());
        let path = without_matrix(request.uri().path());
        info_span!("request", method = %request.method(), path, id = id.unwrap_or_default())
    }
}

impl<B> OnResponse<B> for WithoutSecrets {
    fn on_response(self, response: &Response<B>, latency: Duration, _: &Span) {
        let microseconds = u64::try_from(latency.as_micros()).unwrap_or(u64::MAX);
        info!(status = response.status().as_u16(), microseconds, "answered");
    }
}
