//! The limit of requests in flight.

use std::{sync::Arc, time::Duration};

use axum::{
    body::{Body, HttpBody},
    extract::{Request, State},
    http::{Extensions, request::Parts},
    middleware::Next,
    response::Response,
};
use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::timeout,
};

use super::api::refuse;
use crate::{server::listener::Seat, wire::fault::Fault};

/// The largest number of requests in flight; more would only slow each other down.
pub(super) const LIMIT: usize = 512;
/// How many strangers' credentials are checked at once. The rest of [`LIMIT`] is for clients that are known already, so that
/// any number of strangers keeps them waiting for no more than these.
const STRANGERS: usize = LIMIT / 4;
/// How long a request above the limit waits.
const WAIT: Duration = Duration::from_secs(5);
/// The value of `Retry-After`, in seconds.
pub(super) const RETRY_AFTER: u64 = 5;

/// The turns of requests. Clones share them.
#[derive(Debug, Clone)]
pub(in crate::server) struct Turns {
    requests: Arc<Semaphore>,
    /// Of requests whose credentials must be checked, of clients that are not known yet.
    strangers: Arc<Semaphore>,
    /// Of requests of strangers whose bodies are still on their way: they wait for each other, not others for them.
    arriving: Arc<Semaphore>,
}

impl Turns {
    pub(in crate::server) fn new() -> Self {
        let turns = |number| Arc::new(Semaphore::new(number));
        Self { requests: turns(LIMIT), strangers: turns(STRANGERS), arriving: turns(LIMIT) }
    }

    /// How many requests could begin now.
    pub(super) fn free(&self) -> usize {
        self.requests.available_permits()
    }

    /// Waits for a turn to check credentials; `None` if that takes too long.
    pub(super) async fn wait_as(&self, client: Client) -> Option<SemaphorePermit<'_>> {
        match client {
            Client::Known => self.wait().await,
            Client::Stranger => wait(&self.strangers).await,
        }
    }

    /// Waits for a turn; `None` if that takes too long.
    pub(super) async fn wait(&self) -> Option<SemaphorePermit<'_>> {
        wait(&self.requests).await
    }
}

/// Whose request it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Client {
    /// Has sent valid credentials on the same connection.
    Known,
    /// Anybody.
    Stranger,
}

impl Client {
    /// That of a request with these extensions.
    pub(super) fn of(extensions: &Extensions) -> Self {
        if extensions.get().is_some_and(Seat::is_known) { Self::Known } else { Self::Stranger }
    }
}

async fn wait(turns: &Semaphore) -> Option<SemaphorePermit<'_>> {
    // The semaphore is never closed.
    timeout(WAIT, turns.acquire()).await.ok()?.ok()
}

/// Waits for a turn, or refuses the request, whose body was received. It is in flight until its response begins; after that
/// a slow client costs little, since the body is read piece by piece.
pub(in crate::server) async fn limit(State(turns): State<Turns>, request: Request, next: Next) -> Response {
    match turns.wait().await {
        Some(_turn) => next.run(request).await,
        None => full(&request.into_parts().0),
    }
}

/// The same for a request whose body is forwarded as it arrives.
pub(in crate::server) async fn limit_arriving(State(turns): State<Turns>, request: Request, next: Next) -> Response {
    let may_be_slow = Client::of(request.extensions()) == Client::Stranger && !request.body().is_end_stream();
    let turns = if may_be_slow { &turns.arriving } else { &turns.requests };
    match wait(turns).await {
        Some(_turn) => next.run(request).await,
        None => full(&request.into_parts().0),
    }
}

/// The refusal.
pub(super) fn full(head: &Parts) -> Response<Body> {
    let detail = format!("{LIMIT} requests are in flight. Try again in {RETRY_AFTER} seconds.");
    refuse(head, 503, &Fault::new("Too many requests.", detail), Some(RETRY_AFTER))
}

#[cfg(test)]
mod tests {
    use axum::{
        Router,
        body::Bytes,
        http::{Request, header::HOST},
        middleware::from_fn_with_state,
        routing::any,
    };
    use futures_util::{StreamExt, stream};
    use tower::ServiceExt;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn strangers_do_not_keep_known_clients_waiting() {
        let turns = Turns::new();
        let held: Vec<_> = (0..STRANGERS).map(|_| turns.strangers.try_acquire().unwrap()).collect();
        assert!(turns.wait_as(Client::Stranger).await.is_none());
        assert!(turns.wait_as(Client::Known).await.is_some());
        drop(held);
        assert!(turns.wait_as(Client::Stranger).await.is_some());
    }

    /// Where bodies are forwarded as they arrive, strangers that send slowly keep others of them waiting, but nobody else.
    #[tokio::test(start_paused = true)]
    async fn slow_bodies_do_not_keep_requests_without_one_waiting() {
        let read = any(async |body: Bytes| body.len().to_string());
        let router = Router::new().route("/", read).layer(from_fn_with_state(Turns::new(), limit_arriving));
        let ask = |body: Body| {
            let request = Request::get("/").header(HOST, "localhost").body(body).unwrap();
            tokio::spawn(router.clone().oneshot(request))
        };
        let pending = || Body::from_stream(stream::pending::<std::io::Result<Bytes>>().boxed());
        let _slow: Vec<_> = (0..LIMIT).map(|_| ask(pending())).collect();
        tokio::task::yield_now().await;
        assert_eq!(ask(Body::empty()).await.unwrap().unwrap().status(), 200);
        assert_eq!(ask(pending()).await.unwrap().unwrap().status(), 503);
    }
}
