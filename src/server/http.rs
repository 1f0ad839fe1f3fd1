//! Routes: the API, log-in and log-out, the page.

mod api;
mod body;
mod headers;
mod host;
pub(super) mod in_flight;
mod job_queues;
mod origin;
pub(super) mod page;
mod peer;
mod request_id;
mod servlet_parameters;
mod single_sign_on;
mod unauthenticated;

use std::{any::Any, path::Path, sync::Arc, time::Duration};

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
    timeout::TimeoutLayer,
};

use self::job_queues::JobQueues;
pub use self::peer::{ClientScheme, Local, Peer};
pub(super) use self::{api::refuse, headers::not_stored, origin::FORWARDED_SCHEME};
use super::{Hosts, Scheme, ServerEnvironment, authentication::Authenticator, database::Database, log};
use crate::engine::Engine;

/// The time limit of a request.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(30);
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// What handlers need.
#[derive(Debug)]
pub struct Server {
    engine: Arc<Engine<Database, ServerEnvironment>>,
    authenticator: Authenticator,
    job_queues: JobQueues,
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
            scheme,
        }
    }
}

/// All routes, with the page from that folder.
pub fn router(server: Arc<Server>, page_folder: &Path, hosts: Hosts) -> Router {
    let ovirt = Router::new()
        .route("/ovirt-engine/api", any(api::handle))
        .route("/ovirt-engine/api/", any(api::handle))
        .route("/ovirt-engine/api/{*rest}", any(api::handle))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .route("/ovirt-engine/sso/oauth/token", get(single_sign_on::token).post(single_sign_on::token))
        .route("/ovirt-engine/services/sso-logout", get(single_sign_on::log_out).post(single_sign_on::log_out))
        .route("/ovirt-engine", any(nothing_here))
        .route("/ovirt-engine/", any(nothing_here))
        .route("/ovirt-engine/{*rest}", any(nothing_here))
        .layer(headers::not_stored())
        .with_state(server);
    guarded(read_whole(ovirt.fallback_service(page::service(page_folder))), hosts)
}

/// Adds what reads the bodies of requests before they are answered, and limits the time for the answer.
fn read_whole(router: Router) -> Router {
    let layers = ServiceBuilder::new()
        .layer(from_fn(body::receive))
        .layer(from_fn_with_state(in_flight::permits(), in_flight::limit))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, REQUEST_TIMEOUT));
    router.layer(layers)
}

/// Adds the layers that every request passes, outermost first.
pub(super) fn guarded(router: Router, hosts: Hosts) -> Router {
    let layers = ServiceBuilder::new()
        .map_request(request_id::drop_invalid)
        .layer(SetRequestIdLayer::new(REQUEST_ID, request_id::RandomId))
        .layer(log::requests())
        .layer(PropagateRequestIdLayer::new(REQUEST_ID))
        .layer(headers::never_sniffed())
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

    /// As [`router`] does it.
    fn guarded_here(router: Router) -> Router {
        guarded(read_whole(router), Hosts::default())
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

    #[tokio::test(start_paused = true)]
    async fn slow_bodies_do_not_count_as_in_flight() {
        let router = guarded_here(Router::new().route("/works", any(async || "fine")));
        let never_ending = || {
            let begun = stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(b"{"))]);
            request("POST", "/works").body(Body::from_stream(begun.chain(stream::pending()))).unwrap()
        };
        let slow: Vec<_> =
            (0..=in_flight::LIMIT).map(|_| tokio::spawn(router.clone().oneshot(never_ending()))).collect();
        tokio::task::yield_now().await;
        let started = tokio::time::Instant::now();
        let response = router.oneshot(request("GET", "/works").body(Body::empty()).unwrap()).await.unwrap();
        assert_eq!((response.status().as_u16(), started.elapsed().as_secs()), (200, 0));
        for slow in slow {
            let response = slow.await.unwrap().unwrap();
            assert_eq!((response.status().as_u16(), started.elapsed()), (408, body::TIME_LIMIT));
            assert_eq!(response.headers()["connection"], "close");
        }
    }
}
