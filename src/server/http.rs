//! Routes: the API, log-in and log-out, the page.

mod api;
mod body;
mod headers;
mod health;
mod host;
mod in_flight;
mod job_queues;
mod known;
mod origin;
pub(super) mod page;
mod peer;
mod read_ahead;
mod request_id;
mod servlet_parameters;
mod single_sign_on;
mod time_limit;
mod unauthenticated;
mod unread;

use std::{any::Any, path::Path, sync::Arc};

use axum::{
    Router,
    http::{HeaderName, StatusCode},
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse, Response},
    routing::{any, get},
};
use tower::ServiceBuilder;
use tower_http::{
    CompressionLevel,
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    request_id::{PropagateRequestIdLayer, SetRequestIdLayer},
};

use self::job_queues::JobQueues;
pub use self::peer::{ClientScheme, Local, Peer};
pub(super) use self::{
    api::refuse,
    body::{Bodies, LOG_IN_LIMIT, receive},
    headers::not_stored,
    health::Health,
    in_flight::{Turns, limit, limit_arriving},
    origin::FORWARDED_SCHEME,
    peer::network,
};
use super::{Hosts, Scheme, ServerEnvironment, authentication::Authenticator, database::Database, log};
use crate::engine::Engine;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What handlers need.
#[derive(Debug)]
pub struct Server {
    engine: Arc<Engine<Database, ServerEnvironment>>,
    authenticator: Authenticator,
    job_queues: JobQueues,
    turns: Turns,
    /// How clients connect.
    scheme: Scheme,
}

impl Server {
    /// A server over that database.
    pub fn new(database: Database, authenticator: Authenticator, scheme: Scheme) -> Self {
        let environment = ServerEnvironment::new(database.clone());
        Self {
            engine: Arc::new(Engine { store: database, environment }),
            authenticator,
            job_queues: JobQueues::new(),
            turns: Turns::new(),
            scheme,
        }
    }
}

/// All routes, with the page from that folder.
pub fn router(server: Arc<Server>, page_folder: &Path, hosts: Hosts) -> Router {
    let (turns, scheme) = (server.turns.clone(), server.scheme);
    let health = Health::new(turns.clone(), Some(server.engine.store.clone()));
    let api = Router::new()
        .route("/ovirt-engine/api", any(api::handle))
        .route("/ovirt-engine/api/", any(api::handle))
        .route("/ovirt-engine/api/{*rest}", any(api::handle))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest));
    let api = received(api, Bodies::of_known_clients(), &turns);
    let api = api.layer(from_fn_with_state(Arc::clone(&server), known::check));
    let log_in = Router::new()
        .route("/ovirt-engine/sso/oauth/token", get(single_sign_on::token).post(single_sign_on::token))
        .route("/ovirt-engine/services/sso-logout", get(single_sign_on::log_out).post(single_sign_on::log_out));
    let log_in = received(log_in, Bodies::of_strangers(), &turns);
    let others = Router::new()
        .route("/ovirt-engine", any(nothing_here))
        .route("/ovirt-engine/", any(nothing_here))
        .route("/ovirt-engine/{*rest}", any(nothing_here));
    let ovirt = api.merge(log_in).merge(others.layer(from_fn(unread::ignore))).layer(not_stored()).with_state(server);
    let page = in_turn(page::service(page_folder), &turns).layer(from_fn(unread::ignore));
    guarded(ovirt.fallback_service(page), hosts, scheme).merge(health.route())
}

/// Adds what receives the bodies of requests before they are answered.
fn received<S>(router: Router<S>, bodies: Bodies, turns: &Turns) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    in_turn(router, turns).layer(from_fn_with_state(bodies, receive))
}

/// Limits the requests in flight, and the time for each answer.
fn in_turn<S>(router: Router<S>, turns: &Turns) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    let layers =
        ServiceBuilder::new().layer(from_fn_with_state(turns.clone(), limit)).layer(from_fn(time_limit::limit));
    router.layer(layers)
}

/// Adds the layers that every request passes, outermost first.
pub(super) fn guarded(router: Router, hosts: Hosts, scheme: Scheme) -> Router {
    let layers = ServiceBuilder::new()
        .map_request(request_id::drop_invalid)
        .layer(SetRequestIdLayer::new(REQUEST_ID, request_id::RandomId))
        .layer(log::requests())
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(headers::never_sniffed())
        .option_layer(headers::strict_transport(scheme))
        .layer(CatchPanicLayer::custom(after_panic))
        .layer(from_fn_with_state(Arc::new(hosts), host::check));
    router.layer(layers)
}

/// The answer to paths that nothing is at.
pub(super) async fn nothing_here() -> Response {
    (StatusCode::NOT_FOUND, "Not found\n").into_response()
}

/// A panic affects only its own request. The panic hook has logged it.
fn after_panic(_: Box<dyn Any + Send + 'static>) -> Response {
    (StatusCode::INTERNAL_SERVER_ERROR, "Internal server error\n").into_response()
}

#[cfg(test)]
mod tests {
    use std::{
        future::pending,
        sync::atomic::{AtomicUsize, Ordering},
    };

    use axum::{
        body::{Body, Bytes},
        http::{Request, header::HOST, request::Builder},
    };
    use futures_util::{StreamExt, stream};
    use tokio::sync::Semaphore;
    use tower::ServiceExt;

    use super::*;

    /// As [`router`] does it for the API, after the credentials.
    fn guarded_here(router: Router) -> Router {
        guarded(received(router, Bodies::of_known_clients(), &Turns::new()), Hosts::default(), Scheme::Http)
    }

    fn request(method: &str, path: &str) -> Builder {
        Request::builder().method(method).uri(path).header(HOST, "localhost")
    }

    /// With paused time, the test does not wait for the timeout.
    #[tokio::test(start_paused = true)]
    async fn a_failing_request_affects_no_other() {
        let router = Router::new()
            .route("/panics", any(async || -> Response { panic!("on purpose") }))
            .route("/never-ends", any(async || -> Response { pending().await }))
            .route("/works", any(async || "fine"));
        let router = guarded_here(router);
        for (path, expected) in [("/panics", 500), ("/works", 200), ("/never-ends", 503), ("/works", 200)] {
            let request = request("GET", path).header(REQUEST_ID, "mine").body(Body::empty()).unwrap();
            let response = router.clone().oneshot(request).await.unwrap();
            assert_eq!(response.status().as_u16(), expected, "{path}");
            assert_eq!(response.headers()["x-content-type-options"], "nosniff", "{path}");
            assert_eq!(response.headers().contains_key("retry-after"), expected == 503, "{path}");
            assert_eq!(response.headers()[REQUEST_ID], "mine", "{path}");
        }
    }

    /// As many requests as allowed are held. Others wait, are refused after some time, and are served when there is capacity
    /// again.
    #[tokio::test(start_paused = true)]
    async fn requests_above_the_limit_wait_and_are_refused() {
        let (inside, go) = (Arc::new(AtomicUsize::new(0)), Arc::new(Semaphore::new(0)));
        let (entered, let_go) = (Arc::clone(&inside), Arc::clone(&go));
        let held = any(async move || {
            entered.fetch_add(1, Ordering::Relaxed);
            drop(let_go.acquire().await);
            "done"
        });
        let router =
            guarded_here(Router::new().route("/ovirt-engine/api/held", held).route("/works", any(async || "fine")));
        let ask = |path: &'static str| {
            let request = request("GET", path).header("accept", "application/json").body(Body::empty()).unwrap();
            tokio::spawn(router.clone().oneshot(request))
        };
        let held: Vec<_> = (0..in_flight::LIMIT).map(|_| ask("/ovirt-engine/api/held")).collect();
        while inside.load(Ordering::Relaxed) < in_flight::LIMIT {
            tokio::task::yield_now().await;
        }
        let started = tokio::time::Instant::now();
        let response = ask("/ovirt-engine/api/jobs").await.unwrap().unwrap();
        assert_eq!((response.status().as_u16(), started.elapsed().as_secs()), (503, 5));
        assert_eq!(response.headers()["retry-after"], "5");
        let body = axum::body::to_bytes(response.into_body(), 1000).await.unwrap();
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(body["reason"], "Too many requests.");
        let waiting = ask("/works");
        go.add_permits(1);
        assert_eq!(waiting.await.unwrap().unwrap().status(), 200, "one ends, the next begins");
        go.add_permits(in_flight::LIMIT);
        for held in held {
            assert_eq!(held.await.unwrap().unwrap().status(), 200, "requests in flight are not affected");
        }
    }

    /// A request whose body begins and does not end.
    fn never_ending(begin: impl Into<Bytes>) -> Request<Body> {
        let begun = stream::iter([Ok::<_, std::io::Error>(begin.into())]);
        request("POST", "/works").body(Body::from_stream(begun.chain(stream::pending()))).unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn bodies_of_known_clients_are_limited_in_total() {
        let router = guarded_here(Router::new().route("/works", any(async || "fine")));
        let ask = async |body: &'static [&'static str]| {
            let pieces =
                stream::iter(body.iter().map(|&piece| Ok::<_, std::io::Error>(Bytes::from_static(piece.as_bytes()))));
            let request = request("POST", "/works").body(Body::from_stream(pieces)).unwrap();
            router.clone().oneshot(request).await.unwrap()
        };
        let mebibyte = "x".repeat(1024 * 1024);
        // Together they leave two bytes.
        let begin = (0..64).map(|number| if number == 0 { mebibyte[2..].to_owned() } else { mebibyte.clone() });
        let slow: Vec<_> = begin.map(|begin| tokio::spawn(router.clone().oneshot(never_ending(begin)))).collect();
        // Each has its turn.
        for _ in 0..slow.len() {
            tokio::task::yield_now().await;
        }
        let started = tokio::time::Instant::now();
        for (body, expected, seconds) in [
            (&["x", "x"][..], 200, 0),
            // Has something, and must not wait for more.
            (&["xx", "x"], 503, 0),
            (&["xxx"], 503, 5),
            (&[], 200, 5),
        ] {
            let response = ask(body).await;
            assert_eq!((response.status().as_u16(), started.elapsed().as_secs()), (expected, seconds), "{body:?}");
            assert_eq!(response.headers().get("retry-after").is_some_and(|advice| advice == "5"), expected == 503);
        }
        for slow in slow {
            assert_eq!(slow.await.unwrap().unwrap().status(), 408);
        }
        assert_eq!(ask(&["xxx", "xxx"]).await.status(), 200, "there is memory again");
    }

    /// Those of log-in: a total for them could be used up, and then nobody could log in.
    #[tokio::test(start_paused = true)]
    async fn bodies_of_strangers_do_not_keep_others_waiting() {
        let router =
            received(Router::new().route("/works", any(async || "fine")), Bodies::of_strangers(), &Turns::new());
        let slow: Vec<_> = (0..10_000).map(|_| tokio::spawn(router.clone().oneshot(never_ending("{")))).collect();
        tokio::task::yield_now().await;
        let started = tokio::time::Instant::now();
        for (length, expected) in [(LOG_IN_LIMIT, 200), (LOG_IN_LIMIT + 1, 413)] {
            let request = request("POST", "/works").body(Body::from("x".repeat(length))).unwrap();
            let response = router.clone().oneshot(request).await.unwrap();
            assert_eq!((response.status().as_u16(), started.elapsed().as_secs()), (expected, 0));
        }
        for slow in slow {
            assert_eq!((slow.await.unwrap().unwrap().status().as_u16(), started.elapsed().as_secs()), (408, 10));
        }
    }

    #[tokio::test(start_paused = true)]
    async fn slow_bodies_do_not_count_as_in_flight() {
        let router = guarded_here(Router::new().route("/works", any(async || "fine")));
        let slow: Vec<_> =
            (0..=in_flight::LIMIT).map(|_| tokio::spawn(router.clone().oneshot(never_ending("{")))).collect();
        tokio::task::yield_now().await;
        let started = tokio::time::Instant::now();
        let response = router.oneshot(request("GET", "/works").body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!((response.status().as_u16(), started.elapsed().as_secs()), (200, 0));
        for slow in slow {
            let response = slow.await.unwrap().unwrap();
            assert_eq!((response.status().as_u16(), started.elapsed().as_secs()), (408, 30));
            assert_eq!(response.headers()["connection"], "close");
        }
    }
}
