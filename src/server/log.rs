//! The log: structured, on standard error, without secrets.
//!
//! A request is logged with method, path, status and time. Query, headers and body are never logged, since they may contain
//! secrets. What a client sends is cut to 256 bytes.
//!
//! The log is no part of the service: a thread of its own writes the lines. If nobody reads them, or the disk is full, lines
//! are lost and counted, and requests are answered all the same.
//!
//! | module | what it is for |
//! |---|---|
//! | `output` | writes lines, and tells how many were lost |
//! | `panics` | panics become lines without the logger |
//! | `line` | lines that are made without the logger |
//! | `short` | cuts what a client sends |

mod line;
mod output;
mod panics;
mod short;

use std::{
    io::{self, IsTerminal},
    thread,
    time::Duration,
};

use axum::http::{Request, Response};
use tower_http::{
    classify::{ServerErrorsAsFailures, SharedClassifier},
    request_id::RequestId,
    trace::{MakeSpan, OnResponse, TraceLayer},
};
use tracing::{Span, info, info_span};
use tracing_appender::non_blocking::WorkerGuard;
use tracing_subscriber::EnvFilter;

use self::line::Format;
pub(super) use self::short::short;

/// How many lines wait to be written. A line has some 400 bytes, and at most a few KiB.
const WAITING: usize = 4096;

/// The log, until this is dropped. Then the lines that wait are written, if that takes no longer than a second.
#[derive(Debug)]
#[must_use]
pub struct Log(Option<WorkerGuard>);

/// Starts the log: plain lines on a terminal, JSON elsewhere. `RUST_LOG` sets the level.
pub fn start() -> Log {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=error"));
    let format = if io::stderr().is_terminal() { Format::Plain } else { Format::Json };
    let (lines, guard) = output::queue(io::stderr(), format, WAITING);
    // The logger's own errors would go to standard error, and that can fail.
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(lines.clone()).log_internal_errors(false);
    // The only possible error is that a log is already started.
    drop(match format {
        Format::Plain => log.try_init(),
        Format::Json => log.json().flatten_event(true).with_span_list(false).try_init(),
    });
    panics::log(lines, format);
    Log(Some(guard))
}

impl Drop for Log {
    fn drop(&mut self) {
        // If the queue is full, the guard prints a line, and that panics where standard output is closed.
        let end = self.0.take();
        let ended = thread::Builder::new().spawn(move || drop(end));
        drop(ended.map(thread::JoinHandle::join));
    }
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
        let (method, path) = (request.method().as_str(), without_matrix(request.uri().path()));
        info_span!("request", method = &*short(method), path = &*short(&path), id = &*short(id.unwrap_or_default()))
    }
}

impl<B> OnResponse<B> for WithoutSecrets {
    fn on_response(self, response: &Response<B>, latency: Duration, _: &Span) {
        let microseconds = u64::try_from(latency.as_micros()).unwrap_or(u64::MAX);
        info!(status = response.status().as_u16(), microseconds, "answered");
    }
}
