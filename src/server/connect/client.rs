//! Connections to the engine.

use std::time::Duration;

use axum::{
    body::Body,
    http::{Request, Response, uri::PathAndQuery},
};
use hyper::body::Incoming;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, Error, connect::HttpConnector},
    rt::{TokioExecutor, TokioTimer},
};
use rustls::ClientConfig;
use tokio::time::timeout;
use tower::ServiceExt;
use tracing::warn;

use super::{certificate, engine_url::EngineUrl, problem::Problem};
use crate::server::Failure;

/// How long a connection may be idle. Apache closes one after 5 seconds; a request that meets that moment is lost.
const IDLE: Duration = Duration::from_secs(3);
/// How many headers an answer may have. Their length together is limited by hyper, to 400 KiB.
const HEADERS: usize = 256;

/// Sends requests to one engine, each at most once: hyper repeats only what it could not begin to send.
#[derive(Debug)]
pub(super) struct EngineClient {
    /// The engine.
    pub(super) engine: EngineUrl,
    /// How long the engine may take to begin an answer, and between two pieces of it.
    pub(super) time_limit: Duration,
    client: Client<HttpsConnector<HttpConnector>, Body>,
    connector: HttpsConnector<HttpConnector>,
}

impl EngineClient {
    pub(super) fn new(engine: EngineUrl, tls: ClientConfig, time_limit: Duration) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        // Whatever does not even connect in half of the time is down, not slow.
        tcp.set_connect_timeout(Some(time_limit / 2));
        let connector = HttpsConnectorBuilder::new().with_tls_config(tls).https_or_http().enable_http1();
        let connector = connector.wrap_connector(tcp);
        let mut builder = Client::builder(TokioExecutor::new());
        builder.pool_timer(TokioTimer::new()).pool_idle_timeout(IDLE).http1_max_headers(HEADERS);
        Self { engine, time_limit, client: builder.build(connector.clone()), connector }
    }

    /// Sends a request, whose URL is on the engine, and waits until the answer begins.
    pub(super) async fn send(&self, request: Request<Body>) -> Result<Response<Incoming>, Error> {
        self.client.request(request).await
    }

    /// Refuses an engine whose certificate is not trusted. One that is down may come up later.
    pub(super) async fn try_connection(&self) -> Result<(), Failure> {
        let Ok(root) = self.engine.at(PathAndQuery::from_static("/")) else { return Ok(()) };
        let problem = match timeout(self.time_limit, self.connector.clone().oneshot(root)).await {
            Ok(Ok(_connection)) => return Ok(()),
            Ok(Err(error)) => Problem::of_connection(&*error),
            Err(_) => Problem::TooLate(self.time_limit),
        };
        if let Problem::Certificate(error) = &problem {
            return Err(Failure(certificate::advice(&self.engine, error)));
        }
        let text = problem.fault(&self.engine).detail.unwrap_or_default();
        warn!(engine = %self.engine, text, "the engine cannot be reached now");
        Ok(())
    }
}
