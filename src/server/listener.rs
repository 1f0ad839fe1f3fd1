//! Connections.
//!
//! | module | what it is for |
//! |---|---|
//! | `connection` | serves one connection |
//! | `limits` | how many connections there may be |
//! | `places` | those that there are, and who leaves when places run out |
//! | `open_files` | how many files can be open |
//! | `refusals` | those for which there was no place, in the log |

mod connection;
mod limits;
mod open_files;
mod places;
mod refusals;

use std::{
    fmt,
    future::Future,
    net::{IpAddr, Ipv4Addr, SocketAddr},
    pin::pin,
    time::Duration,
};

use axum::Router;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::{
    net::{TcpListener, TcpStream, lookup_host},
    signal::unix::{Signal, SignalKind, signal},
    task::JoinSet,
    time::{sleep, timeout},
};
use tracing::warn;

pub(super) use self::places::Seat;
use self::{connection::Connection, limits::Limits, places::Places, refusals::Refusals};
use super::{
    Failure,
    command_line::Listen,
    http::{Local, Peer},
    proxies::TrustedProxies,
    tls::{self, Certificate, Renewal},
};

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
    tls: Option<Renewal>,
    /// SIGHUP. From the start of the server on, it does not end the program.
    hang_ups: Signal,
    places: Places,
    proxies: TrustedProxies,
    heads: usize,
}

impl Listener {
    /// Opens the socket. Without HTTPS only on loopback addresses, since clients send passwords; an option allows others.
    /// The head of a request may have `heads` bytes; so much of its body and of its response is in memory, too.
    pub(super) async fn bind(options: &Listen, heads: usize) -> Result<Self, Failure> {
        let tls = options.tls.as_ref().map(Renewal::of).transpose()?;
        let hang_ups = signal(SignalKind::hangup());
        let hang_ups = hang_ups.map_err(|error| Failure(format!("Cannot listen for signals: {error}.")))?;
        let cannot = |error| Failure(format!("Cannot listen on {}: {error}.", options.address));
        let addresses: Vec<SocketAddr> = lookup_host(&options.address).await.map_err(cannot)?.collect();
        let open = addresses.iter().find(|address| !address.ip().to_canonical().is_loopback());
        if let Some(open) = open
            && tls.is_none()
            && !options.insecure_listen
        {
            return Err(exposed(*open));
        }
        let socket = TcpListener::bind(&*addresses).await.map_err(cannot)?;
        let proxies = TrustedProxies::new(&options.trusted_proxies);
        let places = Places::new(Limits::of(open_files::raise()), proxies.clone());
        Ok(Self { socket, tls, hang_ups, places, proxies, heads })
    }

    /// The server's certificate.
    pub(super) fn certificate(&self) -> Option<Certificate> {
        self.tls.as_ref().map(Renewal::certificate)
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
        let Self { socket, tls, hang_ups, places, proxies, heads } = self;
        let router = proxies.before(router);
        let certificate = tls.as_ref().map(Renewal::certificate);
        let connections = GracefulShutdown::new();
        let mut handshakes = JoinSet::new();
        let (mut stop, mut renewal) = (pin!(stop), pin!(tls::renew(tls, hang_ups)));
        let mut refusals = Refusals::default();
        loop {
            tokio::select! {
                () = &mut stop => break,
                never = &mut renewal => match never {},
                accepted = socket.accept() => match accepted {
                    Ok((stream, address)) => {
                        let Some((stream, connection)) = seat(&places, stream, address.ip(), heads) else {
                            refusals.note();
                            continue;
                        };
                        match &certificate {
                            None => connection.start(stream, router.clone(), &connections),
                            Some(certificate) => {
                                let handshake = tls::handshake(certificate.acceptor(), stream);
                                handshakes.spawn(connection.unless_left(handshake));
                            }
                        }
                    }
                    Err(error) => {
                        warn!(%error, "cannot accept a connection");
                        sleep(ACCEPT_PAUSE).await;
                    }
                },
                Some(done) = handshakes.join_next() => {
                    if let Ok(Some((Some(stream), connection))) = done {
                        connection.start(stream, router.clone(), &connections);
                    }
                }
            }
        }
        drop(socket);
        // Connections in the handshake have no request yet.
        drop(handshakes);
        if timeout(DRAIN, connections.shutdown()).await.is_err() {
            warn!("some requests did not end in time");
        }
    }
}

/// A connection that has a place; `None` if there is none.
fn seat(places: &Places, stream: TcpStream, from: IpAddr, heads: usize) -> Option<(TcpStream, Connection)> {
    let local = stream.local_addr().unwrap_or(UNKNOWN);
    let place = places.take(from)?;
    // Sends small responses at once. An error here only makes them slower.
    drop(stream.set_nodelay(true));
    Some((stream, Connection { place, peer: Peer(from), local: Local(local.ip()), heads }))
}

fn exposed(address: SocketAddr) -> Failure {
    Failure(format!(
        "Cannot listen on {address} without HTTPS: passwords would cross the network unencrypted. Give --tls-cert and \
         --tls-key, or --insecure-listen if the connections are protected in another way."
    ))
}
