//! The API: converts axum's requests and responses to and from the engine's.

use std::{io, iter, sync::Arc};

use axum::{
    body::{Body, Bytes},
    extract::{Extension, State},
    http::{
        HeaderMap, HeaderName, HeaderValue, Method, StatusCode,
        header::{AUTHORIZATION, COOKIE},
        request::Parts,
    },
    response::{IntoResponse, Response},
};
use futures_util::{Stream, StreamExt, stream};
use tracing::error;
use uuid::Uuid;

use super::{Server, job_queues::Crowded, origin, read_ahead::remaining};
use crate::{
    engine::{
        self, Caller, StoreErrorKind,
        http::{Rest, StoreFailure},
    },
    wire::{self, fault::Fault},
};

/// The approximate size of chunks: one chunk per job would be slower.
const CHUNK: usize = 32 * 1024;

/// Answers any request under `/ovirt-engine/api`, whose sender is known and whose body was received.
pub(super) async fn handle(
    State(server): State<Arc<Server>>,
    Extension(caller): Extension<Caller>,
    head: Parts,
    body: Bytes,
) -> Response {
    let mut request = read(&head);
    request.headers.extend(origin::headers(&head, server.scheme));
    request.body = body.into();
    match answer(server, caller, request).await {
        Ok(response) => response,
        Err(Crowded) => refuse_for_store(&head, StoreErrorKind::Unavailable),
    }
}

/// Runs in a separate task, so that a command is not stopped half-way when the client disconnects or the time is over.
async fn answer(server: Arc<Server>, caller: Caller, request: wire::Request) -> Result<Response, Crowded> {
    let task = tokio::spawn(async move {
        let _turn = match request.method {
            wire::Method::Post => server.job_queues.wait(&request.path).await?,
            wire::Method::Get
            | wire::Method::Put
            | wire::Method::Delete
            | wire::Method::Options
            | wire::Method::Other => None,
        };
        Ok(engine::http::handle_in_pages(&server.engine, &caller, request).await)
    });
    match task.await {
        Ok(answered) => answered.map(|(response, rest)| write(response, rest)),
        Err(failed) => {
            error!(%failed, "the engine panicked");
            Ok(StatusCode::INTERNAL_SERVER_ERROR.into_response())
        }
    }
}

/// The refusal of a request that the database did not serve.
pub(super) fn refuse_for_store(head: &Parts, kind: StoreErrorKind) -> Response {
    let StoreFailure { status, retry_after, detail } = StoreFailure::of(kind);
    refuse(head, status, &Fault::new("Operation Failed", format!("[{detail}]")), retry_after)
}

/// A refusal by the server, in the form that the client wants.
pub(in crate::server) fn refuse(head: &Parts, status: u16, fault: &Fault, retry_after: Option<u64>) -> Response {
    let response = refused(&read(head), status, fault);
    let response = match retry_after {
        Some(seconds) => response.with_header("retry-after", seconds.to_string()),
        None => response,
    };
    write(response, None)
}

/// Adds a correlation id, which every response of the API has.
fn refused(request: &wire::Request, status: u16, fault: &Fault) -> wire::Response {
    let response = engine::http::refuse(request, status, fault);
    match response.header("correlation-id") {
        Some(_) => response,
        None => response.with_header("correlation-id", Uuid::new_v4().to_string()),
    }
}

/// The request without its body.
fn read(head: &Parts) -> wire::Request {
    wire::Request {
        // An outer layer removes the body of a response to HEAD.
        method: match head.method {
            Method::GET | Method::HEAD => wire::Method::Get,
            Method::POST => wire::Method::Post,
            Method::PUT => wire::Method::Put,
            Method::DELETE => wire::Method::Delete,
            Method::OPTIONS => wire::Method::Options,
            _ => wire::Method::Other,
        },
        path: head.uri.path().to_owned(),
        query: form_urlencoded::parse(head.uri.query().unwrap_or_default().as_bytes()).into_owned().collect(),
        headers: headers(&head.headers),
        body: Vec::new(),
    }
}

/// All headers except credentials, which the engine does not need.
fn headers(map: &HeaderMap) -> Vec<(String, String)> {
    let open = map.iter().filter(|(name, _)| *name != AUTHORIZATION && *name != COOKIE);
    open.map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())).collect()
}

fn write(response: wire::Response, rest: Option<Rest>) -> Response {
    let body = match (response.body, rest) {
        (wire::Body::Bytes(bytes), None) => Body::from(bytes),
        (wire::Body::Bytes(bytes), Some(rest)) => Body::from_stream(once(bytes).chain(remaining(rest))),
        (wire::Body::Pieces(pieces), None) => Body::from_stream(stream::iter(chunks(pieces).map(Ok::<_, io::Error>))),
        (wire::Body::Pieces(pieces), Some(rest)) => {
            Body::from_stream(stream::iter(chunks(pieces).map(Bytes::from).map(Ok)).chain(remaining(rest)))
        }
    };
    let mut answer = Response::new(body);
    *answer.status_mut() = StatusCode::from_u16(response.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in response.headers {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            answer.headers_mut().append(name, value);
        }
    }
    answer
}

fn once(bytes: Vec<u8>) -> impl Stream<Item = io::Result<Bytes>> {
    stream::iter([Ok(bytes.into())])
}

fn chunks(mut pieces: Box<dyn Iterator<Item = Vec<u8>> + Send>) -> impl Iterator<Item = Vec<u8>> + Send {
    iter::from_fn(move || {
        let mut chunk = pieces.next()?;
        while chunk.len() < CHUNK {
            let Some(piece) = pieces.next() else { break };
            chunk.extend_from_slice(&piece);
        }
        Some(chunk)
    })
}
