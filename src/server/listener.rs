//! Accepts connections, and stops accepting them.

use std::{fmt, future::Future, net::SocketAddr, pin::pin, time::Duration};

use axum::{Router, http::Request};
use hyper::{body::Incoming, server::conn::http1};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::{TcpListener, lookup_host},
    task::JoinSet,
    time::{sleep, timeout},
};
use tokio_rustls::TlsAcceptor;
use tower::ServiceBuilder;
use tracing::{debug, warn};

use super::{Failure, command_line::Listen, http::Peer, tls};

/// How long a client may take for the head of a request, idle time before it included.
const HEADER_TIMEOUT: Duration = Duration::from_secs(60);
/// How long requests in flight may take when the server stops.
const DRAIN: Duration = Duration::from_secs(10);
/// Accepting fails when the process has too many files open; trying again at once would only burn time.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// How clients speak to the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// In the clear.
    Http,
    /// Over TLS.
    Https,
}

impl fmt::Display for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Http => "http",
            Self::Https => "https",
        })
    }
}

/// Where clients come in.
pub(super) struct Listener {
    socket: TcpListener,
    tls: Option<TlsAcceptor>,
}

impl Listener {
    /// Listens, or says why not. Passwords come in here: without HTTPS only from this machine, unless somebody answers for it.
    pub(super) async fn bind(options: &Listen) -> Result<Self, Failure> {
        let tls = options.tls.as_ref().map(tls::acceptor).transpose()?;
        let cannot = |error| Failure(format!("Cannot listen on {}: {error}.", options.address));
        let addresses: Vec<SocketAddr> = lookup_host(&options.address).await.map_err(cannot)?.collect();
        let open = addresses.iter().find(|address| !address.ip().to_canonical().is_loopback());
        match open {
            Some(open) if tls.is_none() && !options.insecure_listen => Err(exposed(*open)),
            _ => Ok(Self { socket: TcpListener::bind(&*addresses).await.map_err(cannot)?, tls }),
        }
    }

    /// Where it listens.
    pub(super) fn address(&self) -> Result<SocketAddr, Failure> {
        self.socket.local_addr().map_err(|error| Failure(format!("Cannot tell the address: {error}.")))
    }

    /// How clients are to speak.
    pub(super) const fn scheme(&self) -> Scheme {
        if self.tls.is_some() { Scheme::Https } else { Scheme::Http }
    }

    /// Serves until `stop` is ready, then finishes what is in flight.
    pub(super) async fn serve(self, router: Router, stop: impl Future<Output = ()>) {
        let connections = GracefulShutdown::new();
        let mut handshakes = JoinSet::new();
        let mut stop = pin!(stop);
        loop {
            tokio::select! {
                () = &mut stop => break,
                accepted = self.socket.accept() => match accepted {
                    Ok((stream, address)) => {
                        let peer = Peer(address.ip());
                        // Small answers should not wait for more. Where that cannot be set they do, and arrive all the same.
                        drop(stream.set_nodelay(true));
                        match &self.tls {
                            None => start(stream, peer, router.clone(), &connections),
                            Some(tls) => {
                                let handshake = tls::handshake(tls.clone(), stream);
                                handshakes.spawn(async move { Some((handshake.await?, peer)) });
                            }
                        }
                    }
                    Err(error) => {
                        warn!(%error, "cannot accept a connection");
                        sleep(ACCEPT_PAUSE).await;
                    }
                },
                Some(done) = handshakes.join_next() => {
                    if let Ok(Some((stream, peer))) = done {
                        start(stream, peer, router.clone(), &connections);
                    }
                }
            }
        }
        drop(self);
        // Who is not through the handshake has asked nothing yet.
        drop(handshakes);
        if timeout(DRAIN, connections.shutdown()).await.is_err() {
            warn!("some requests did not end in time");
        }
    }
}

fn exposed(address: SocketAddr) -> Failure {
    Failure(format!(
        "Cannot listen on {address} without HTTPS, for passwords would cross the network in the clear. Give --tls-cert and \
         --tls-key, or --insecure-listen where something else keeps the connections private."
    ))
}

fn start<S>(stream: S, peer: Peer, router: Router, connections: &GracefulShutdown)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
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
