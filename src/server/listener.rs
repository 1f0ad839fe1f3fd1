//! Accepts connections, and stops accepting them.

use std::{future::Future, pin::pin, time::Duration};

use axum::{Router, http::Request};
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{
    net::{TcpListener, TcpStream},
    time::{sleep, timeout},
};
use tower::ServiceBuilder;
use tracing::{debug, warn};

use super::{Failure, http::Peer};

/// How long a client may take for the head of a request, idle time before it included.
const HEADER_TIMEOUT: Duration = Duration::from_secs(60);
/// How long requests in flight may take when the server stops.
const DRAIN: Duration = Duration::from_secs(10);
/// Accepting fails when the process has too many files open; trying again at once would only burn time.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Listens, or says why not.
pub(super) async fn bind(address: &str) -> Result<TcpListener, Failure> {
    TcpListener::bind(address).await.map_err(|error| Failure(format!("Cannot listen on {address}: {error}.")))
}

/// Serves until `stop` is ready, then finishes what is in flight.
pub(super) async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let connections = GracefulShutdown::new();
    let mut stop = pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => match accepted {
                Ok((stream, address)) => start(stream, Peer(address.ip()), router.clone(), &connections),
                Err(error) => {
                    warn!(%error, "cannot accept a connection");
                    sleep(ACCEPT_PAUSE).await;
                }
            }
        }
    }
    drop(listener);
    if timeout(DRAIN, connections.shutdown()).await.is_err() {
        warn!("some requests did not end in time");
    }
}

fn start(stream: TcpStream, peer: Peer, router: Router, connections: &GracefulShutdown) {
    // Small answers should not wait for more. Where that cannot be set they do, and arrive all the same.
    drop(stream.set_nodelay(true));
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(HEADER_TIMEOUT);
    let service = ServiceBuilder::new().map_request(move |request| known(request, peer)).service(router);
    let connection = server.serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    let connection = connections.watch(connection);
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            debug!(%error, "a connection broke");
        }
    });
}

fn known(mut request: Request<Incoming>, peer: Peer) -> Request<Incoming> {
    request.extensions_mut().insert(peer);
    request
}
