//! Connections.

use std::{
    fmt,
    future::Future,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    pin::pin,
    time::Duration,
};

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
use tokio_io_timeout::TimeoutWriter;
use tokio_rustls::TlsAcceptor;
use tower::ServiceBuilder;
use tracing::{debug, warn};

use super::{
    Failure,
    command_line::Listen,
    http::{Local, Peer},
    tls,
};

/// How long a client may take for the head of a request, including idle time before it.
const HEADER_TIMEOUT: Duration = Duration::from_secs(60);
/// How long a client may read nothing of a response. Any byte that it reads restarts the time.
const WRITE_TIMEOUT: Duration = Duration::from_secs(30);
/// How long requests in flight may take after the server was told to stop.
const DRAIN: Duration = Duration::from_secs(10);
/// A pause after a failed accept, for example with too many open files.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// In place of a local address that cannot be read.
const UNKNOWN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::UNSPECIFIED), 0);

/// How clients connect to the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Plain HTTP.
    Http,
    /// HTTP over TLS.
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

/// The socket of the server.
pub(super) struct Listener {
    socket: TcpListener,
    tls: Option<TlsAcceptor>,
}

impl Listener {
    /// Opens the socket. Without HTTPS only on loopback addresses, since clients send passwords; an option allows others.
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

    /// The address.
    pub(super) fn address(&self) -> Result<SocketAddr, Failure> {
        self.socket.local_addr().map_err(|error| Failure(format!("Cannot read the address: {error}.")))
    }

    /// How clients connect.
    pub(super) const fn scheme(&self) -> Scheme {
        if self.tls.is_some() { Scheme::Https } else { Scheme::Http }
    }

    /// Serves until `stop` is ready, then finishes requests in flight.
    pub(super) async fn serve(self, router: Router, stop: impl Future<Output = ()>) {
        let connections = GracefulShutdown::new();
        let mut handshakes = JoinSet::new();
        let mut stop = pin!(stop);
        loop {
            tokio::select! {
                () = &mut stop => break,
                accepted = self.socket.accept() => match accepted {
                    Ok((stream, address)) => {
                        let local = stream.local_addr().unwrap_or(UNKNOWN);
                        let ends = (Peer(address.ip()), Local(local.ip()));
                        // Sends small responses at once. An error here only makes them slower.
                        drop(stream.set_nodelay(true));
                        match &self.tls {
                            None => start(stream, ends, router.clone(), &connections),
                            Some(tls) => {
                                let handshake = tls::handshake(tls.clone(), stream);
                                handshakes.spawn(async move { Some((handshake.await?, ends)) });
                            }
                        }
                    }
                    Err(error) => {
                        warn!(%error, "cannot accept a connection");
                        sleep(ACCEPT_PAUSE).await;
                    }
                },
                Some(done) = handshakes.join_next() => {
                    if let Ok(Some((stream, ends))) = done {
                        start(stream, ends, router.clone(), &connections);
                    }
                }
            }
        }
        drop(self);
        // Connections in the handshake have no request yet.
        drop(handshakes);
        if timeout(DRAIN, connections.shutdown()).await.is_err() {
            warn!("some requests did not end in time");
        }
    }
}

fn exposed(address: SocketAddr) -> Failure {
    Failure(format!(
        "Cannot listen on {address} without HTTPS: passwords would cross the network unencrypted. Give --tls-cert and \
         --tls-key, or --insecure-listen if the connections are protected in another way."
    ))
}

fn start<S>(stream: S, ends: (Peer, Local), router: Router, connections: &GracefulShutdown)
where
    S: AsyncRead + AsyncWrite + Send + 'static,
{
    let mut stream = TimeoutWriter::new(stream);
    stream.set_timeout(Some(WRITE_TIMEOUT));
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(HEADER_TIMEOUT);
    let service = ServiceBuilder::new().map_request(move |request| with_addresses(request, ends)).service(router);
    let connection = server.serve_connection(TokioIo::new(Box::pin(stream)), TowerToHyperService::new(service));
    let connection = connections.watch(connection);
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            debug!(%error, "a connection broke");
        }
    });
}

fn with_addresses(mut request: Request<Incoming>, (peer, local): (Peer, Local)) -> Request<Incoming> {
    request.extensions_mut().insert(peer);
    request.extensions_mut().insert(local);
    request
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        time::Instant,
    };

    use super::*;

    const CONNECTED: usize = 1024;
    const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

    /// A client's end of a connection to a server with one large response, which is about to stop.
    async fn connect() -> (tokio::io::DuplexStream, impl Future<Output = ()>) {
        let router = Router::new().route("/large", get(async || vec![b'x'; 10 * 1024 * 1024]));
        let (client, server) = tokio::io::duplex(CONNECTED);
        let connections = GracefulShutdown::new();
        start(server, (Peer(LOOPBACK), Local(LOOPBACK)), router, &connections);
        (client, connections.shutdown())
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_stops_reading_is_disconnected() {
        let (mut client, ended) = connect().await;
        client.write_all(b"GET /large HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
        let mut answer = [0; CONNECTED];
        let started = Instant::now();
        // Reads slowly.
        for _ in 0..10 {
            client.read_exact(&mut answer).await.unwrap();
            sleep(WRITE_TIMEOUT / 2).await;
        }
        ended.await;
        assert_eq!(started.elapsed(), WRITE_TIMEOUT / 2 * 9 + WRITE_TIMEOUT);
        client.read_exact(&mut answer).await.unwrap();
        assert_eq!(client.read(&mut answer).await.unwrap(), 0, "no more than what was buffered");
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_sends_no_request_is_disconnected() {
        for begun in [b"".as_slice(), b"GET /large HTTP/1.1\r\n"] {
            let (mut client, _ended) = connect().await;
            client.write_all(begun).await.unwrap();
            let started = Instant::now();
            let mut answer = Vec::new();
            client.read_to_end(&mut answer).await.unwrap();
            assert_eq!(started.elapsed(), HEADER_TIMEOUT, "{answer:?}");
        }
    }
}
