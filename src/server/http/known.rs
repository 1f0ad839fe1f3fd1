//! Who sent a request, before its body is read: a stranger must not cost memory.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    http::{HeaderValue, header::SET_COOKIE, request::Parts},
    middleware::Next,
    response::Response,
};
use tokio::time::timeout;
use tracing::error;

use super::{
    Server,
    api::{refuse, refuse_for_store},
    in_flight,
    in_flight::Client,
    peer::{ClientScheme, Peer},
    time_limit,
    unauthenticated::unauthenticated,
    unread,
};
use crate::{
    engine::StoreError,
    server::{
        Scheme,
        authentication::{Authenticated, AuthenticationError, RequestCredentials, cookie},
        listener::Seat,
    },
    wire::fault::Fault,
};

/// Passes on requests with valid credentials, with their [`Caller`](crate::engine::Caller) as an extension.
pub(super) async fn check(State(server): State<Arc<Server>>, request: Request, next: Next) -> Response {
    let (mut head, body) = request.into_parts();
    let Authenticated { caller, new_session } = match authenticate(&server, &head).await {
        Ok(authenticated) => authenticated,
        Err(refusal) => {
            unread::discard(&head, body);
            return *refusal;
        }
    };
    if let Some(seat) = head.extensions.get::<Seat>() {
        seat.become_known();
    }
    head.extensions.insert(caller);
    let secure = ClientScheme::of(&head.extensions, server.scheme) == Scheme::Https;
    let cookie = new_session.and_then(|secret| HeaderValue::try_from(cookie(&secret, secure)).ok());
    let mut response = next.run(Request::from_parts(head, body)).await;
    if let Some(cookie) = cookie {
        response.headers_mut().insert(SET_COOKIE, cookie);
    }
    response
}

/// The user, or the refusal.
async fn authenticate(server: &Server, head: &Parts) -> Result<Authenticated, Box<Response>> {
    let Some(_turn) = server.turns.wait_as(Client::of(&head.extensions)).await else {
        return Err(Box::new(in_flight::full(head)));
    };
    let credentials = RequestCredentials::read(&head.headers);
    let authenticated = server.authenticator.authenticate(&credentials, Peer::of(&head.extensions));
    Err(Box::new(match timeout(time_limit::LIMIT, authenticated).await {
        Ok(Ok(Ok(authenticated))) => return Ok(authenticated),
        Ok(Ok(Err(why))) => unauthenticated(&why),
        Ok(Err(AuthenticationError::TooMany(wait))) => {
            let fault = Fault::new("Too many failed log-ins.", wait.words());
            refuse(head, 429, &fault, Some(wait.seconds()))
        }
        Ok(Err(AuthenticationError::Busy(wait))) => {
            let fault = Fault::new("Too many log-ins at once.", wait.words());
            refuse(head, 503, &fault, Some(wait.seconds()))
        }
        Ok(Err(AuthenticationError::Store(StoreError { kind, text }))) => {
            error!(?kind, %text, "authentication failed");
            refuse_for_store(head, kind)
        }
        Err(_) => time_limit::exceeded(head),
    }))
}
