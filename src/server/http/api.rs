//! The API's door: turns axum's requests into the engine's, and its responses back.

use std::{io, iter, sync::Arc};

use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{
        HeaderMap, HeaderName, HeaderValue, Method, StatusCode,
        header::{AUTHORIZATION, COOKIE, SET_COOKIE},
        request::Parts,
    },
    response::{IntoResponse, Response},
};
use futures_util::{Stream, StreamExt, stream};
use tracing::error;
use uuid::Uuid;

use super::{Server, origin, peer::Peer, unauthenticated::unauthenticated};
use crate::{
    engine::{self, Caller, StoreError, http::Rest},
    server::{
        Scheme,
        authentication::{Entry, NotNow, Shown, cookie},
    },
    wire::{self, fault::Fault},
};

/// Pieces are sent in chunks of about this size: one small chunk per job would cost more than it saves.
const CHUNK: usize = 32 * 1024;

/// Answers any request under `/ovirt-engine/api`.
pub(super) async fn handle(State(server): State<Arc<Server>>, head: Parts, body: Bytes) -> Response {
    let from = Peer::of(&head.extensions);
    let Entry { caller, opened } = match server.authenticator.identify(&Shown::read(&head.headers), from).await {
        Ok(Some(entry)) => entry,
        Ok(None) => return unauthenticated(),
        Err(NotNow::TooMany(wait)) => {
            let fault = Fault::new("Too many failed log-ins.", wait.words());
            return refuse(&head, 429, &fault, Some(wait.seconds()));
        }
        Err(NotNow::Store(StoreError(text))) => {
            error!(%text, "cannot tell who asks");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    let cookie = opened.and_then(|secret| HeaderValue::try_from(cookie(&secret, server.scheme == Scheme::Https)).ok());
    let mut request = read(&head);
    request.headers.extend(origin::headers(&head, server.scheme));
    request.body = body.into();
    let mut response = answer(server, caller, request).await;
    if let Some(cookie) = cookie {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    response
}

/// Runs in a task of its own: a client that goes away, or a timeout, does not stop a command half-way.
async fn answer(server: Arc<Server>, caller: Caller, request: wire::Request) -> Response {
    let task = tokio::spawn(async move {
        let _turn = match request.method {
            wire::Method::Post => server.turns.wait(&request.path).await,
            wire::Method::Get | wire::Method::Other => None,
        };
        engine::http::handle_in_pages(&server.engine, &caller, request).await
    });
    match task.await {
        Ok((response, rest)) => write(response, rest),
        Err(failed) => {
            error!(%failed, "a request failed in the engine");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

/// A refusal from before the engine, in the form that the client wants.
pub(super) fn refuse(head: &Parts, status: u16, fault: &Fault, retry_after: Option<u64>) -> Response {
    let response = refused(&read(head), status, fault);
    let response = match retry_after {
        Some(seconds) => response.with_header("retry-after", seconds.to_string()),
        None => response,
    };
    write(response, None)
}

/// With a correlation id, as all answers of the API have one.
fn refused(request: &wire::Request, status: u16, fault: &Fault) -> wire::Response {
    let response = engine::http::refuse(request, status, fault);
    match response.header("correlation-id") {
        Some(_) => response,
        None => response.with_header("correlation-id", Uuid::new_v4().to_string()),
    }
}

/// All but the body.
fn read(head: &Parts) -> wire::Request {
    wire::Request {
        // A response to HEAD loses its body further out.
        method: match head.method {
            Method::GET | Method::HEAD => wire::Method::Get,
            Method::POST => wire::Method::Post,
            _ => wire::Method::Other,
        },
        path: head.uri.path().to_owned(),
        query: form_urlencoded::parse(head.uri.query().unwrap_or_default().as_bytes()).into_owned().collect(),
        headers: headers(&head.headers),
        body: Vec::new(),
    }
}

/// All headers but the credentials, which are no business of the engine's.
fn headers(map: &HeaderMap) -> Vec<(String, String)> {
    let open = map.iter().filter(|(name, _)| *name != AUTHORIZATION && *name != COOKIE);
    open.map(|(name, value)| (name.to_string(), String::from_utf8_lossy(value.as_bytes()).into_owned())).collect()
}

fn write(response: wire::Response, rest: Option<Rest>) -> Response {
    let body = match (response.body, rest) {
        (wire::Body::Bytes(bytes), None) => Body::from(bytes),
        (wire::Body::Bytes(bytes), Some(rest)) => Body::from_stream(once(bytes).chain(following(rest))),
        (wire::Body::Pieces(pieces), None) => Body::from_stream(stream::iter(chunks(pieces).map(Ok::<_, io::Error>))),
        (wire::Body::Pieces(pieces), Some(rest)) => {
            Body::from_stream(stream::iter(chunks(pieces).map(Ok)).chain(following(rest)))
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

fn once(bytes: Vec<u8>) -> impl Stream<Item = io::Result<Vec<u8>>> {
    stream::iter([Ok(bytes)])
}

/// Reads on whenever the client has taken what there was. A client whose answer breaks off sees that it did: the body's end
/// is missing.
fn following(rest: Rest) -> impl Stream<Item = io::Result<Vec<u8>>> {
    stream::try_unfold(rest, async |rest| {
        rest.next().await.map_err(|StoreError(text)| {
            error!(%text, "a list broke off");
            io::Error::other(text)
        })
    })
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
