//! The API's door: turns axum's requests into the engine's, and its responses back.

use std::{iter, sync::Arc};

use axum::{
    body::Body,
    extract::{Request, State},
    http::{
        HeaderMap, HeaderName, HeaderValue, Method, StatusCode,
        header::{AUTHORIZATION, COOKIE, SET_COOKIE},
        request::Parts,
    },
    response::{IntoResponse, Response},
};
use futures_util::stream;
use tracing::error;

use super::{
    Server,
    request::{BodyError, read_body},
    unauthenticated::unauthenticated,
};
use crate::{
    engine::{self, Caller, StoreError},
    server::authentication::{Entry, Shown, cookie},
    wire::{self, fault::Fault},
};

/// Pieces are sent in chunks of about this size: one small chunk per job would cost more than it saves.
const CHUNK: usize = 32 * 1024;

/// Answers any request under `/ovirt-engine/api`.
pub(super) async fn handle(State(server): State<Arc<Server>>, request: Request) -> Response {
    let Entry { caller, opened } = match server.doorman.identify(&Shown::read(request.headers())).await {
        Ok(Some(entry)) => entry,
        Ok(None) => return unauthenticated(),
        Err(StoreError(text)) => {
            error!(%text, "cannot tell who asks");
            return StatusCode::INTERNAL_SERVER_ERROR.into_response();
        }
    };
    let cookie = opened.and_then(|secret| HeaderValue::try_from(cookie(&secret, server.secure_cookies)).ok());
    let (head, body) = request.into_parts();
    let mut request = read(&head);
    let mut response = match read_body(body).await {
        Ok(body) => {
            request.body = body;
            answer(server, caller, request).await
        }
        Err(BodyError::TooLong) => write(engine::http::refuse(&request, 413, &too_long())),
        Err(BodyError::Broken) => StatusCode::BAD_REQUEST.into_response(),
    };
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
        engine::http::handle(&server.engine, &caller, request).await
    });
    match task.await {
        Ok(response) => write(response),
        Err(failed) => {
            error!(%failed, "a request failed in the engine");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
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

fn write(response: wire::Response) -> Response {
    let body = match response.body {
        wire::Body::Bytes(bytes) => Body::from(bytes),
        wire::Body::Pieces(pieces) => Body::from_stream(stream::iter(chunks(pieces).map(Ok::<_, std::io::Error>))),
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

fn too_long() -> Fault {
    Fault::new("Request too large.", "The body is longer than 1 MiB.")
}
