//! Serves one connection.

use std::{convert::Infallible, io, sync::Arc, time::Duration};

use axum::{
    Router,
    body::{Body, Bytes},
    http::Request,
};
use http_body_util::BodyExt;
use hyper::{body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_io_timeout::TimeoutWriter;
use tower::ServiceExt;
use tracing::debug;

use super::places::{Busy, Place, Seat};
use crate::server::http::{Local, Peer};

/// How long a client may take for the head of a request, including idle time before it.
const HEADER_TIMEOUT: Duration = Duration::from_secs(60);
/// How long a client may read nothing of a response. Any byte that it reads restarts the time.
const WRITE_TIMEOUT: Duration = Duration::from_secs(30);

/// A connection that was accepted.
pub(super) struct Connection {
    pub(super) place: Place,
    pub(super) peer: Peer,
    pub(super) local: Local,
    /// How many bytes the head of a request may have, and how much of a body or a response is in memory on its way.
    pub(super) heads: usize,
}

impl Connection {
    /// What a step comes to, with the connection; `None` if another connection gets the place meanwhile.
    pub(super) async fn unless_left<T>(self, step: impl Future<Output = T>) -> Option<(T, Self)> {
        tokio::select! {
            done = step => Some((done, self)),
            () = self.place.left() => None,
        }
    }

    /// Serves it in a task of its own.
    pub(super) fn start<S>(self, stream: S, router: Router, connections: &GracefulShutdown)
    where
        S: AsyncRead + AsyncWrite + Send + 'static,
    {
        let mut stream = TimeoutWriter::new(stream);
        stream.set_timeout(Some(WRITE_TIMEOUT));
        let mut server = http1::Builder::new();
        server.timer(TokioTimer::new()).header_read_timeout(HEADER_TIMEOUT).max_buf_size(self.heads);
        let (seat, ends) = (self.place.seat(), (self.peer, self.local));
        let service = service_fn(move |request| answer(router.clone(), seat.clone(), ends, request));
        let served = connections.watch(server.serve_connection(TokioIo::new(Box::pin(stream)), service));
        tokio::spawn(async move {
            match self.unless_left(served).await {
                Some((Err(error), _)) => debug!(%error, "a connection broke"),
                Some((Ok(()), _)) => (),
                None => debug!("a connection left its place to another"),
            }
        });
    }
}

/// An error closes the connection. A request must not begin if another connection has the place, since nobody would get its
/// answer.
async fn answer(
    router: Router,
    seat: Seat,
    (peer, local): (Peer, Local),
    mut request: Request<Incoming>,
) -> io::Result<axum::response::Response> {
    let busy = seat.begin().ok_or(io::ErrorKind::ConnectionAborted)?;
    request.extensions_mut().insert(peer);
    request.extensions_mut().insert(local);
    request.extensions_mut().insert(seat);
    let response = router.oneshot(request).await.unwrap_or_else(|never: Infallible| match never {});
    let busy = Arc::new(busy);
    let piece = move |bytes| Bytes::from_owner(Piece { bytes, _busy: Arc::clone(&busy) });
    Ok(response.map(|body| Body::new(body.map_frame(move |frame| frame.map_data(&piece)))))
}

/// A piece of a response. Until it was sent, its connection is busy.
struct Piece {
    bytes: Bytes,
    _busy: Arc<Busy>,
}

impl AsRef<[u8]> for Piece {
    fn as_ref(&self) -> &[u8] {
        &self.bytes
    }
}

#[cfg(test)]
mod tests {
    use std::net::{IpAddr, Ipv4Addr};

    use axum::routing::get;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt, DuplexStream},
        time::{Instant, sleep},
    };

    use super::{
        super::{limits::Limits, places::Places},
        *,
    };
    use crate::server::proxies::TrustedProxies;

    const CONNECTED: usize = 1024;
    const HEADS: usize = 16 * 1024;
    const LOOPBACK: IpAddr = IpAddr::V4(Ipv4Addr::LOCALHOST);

    /// A client's end of a connection to a server with one large response.
    fn open(places: &Places, connections: &GracefulShutdown) -> DuplexStream {
        let router = Router::new().route("/large", get(async || vec![b'x'; 10 * 1024 * 1024]));
        let (client, server) = tokio::io::duplex(CONNECTED);
        let place = places.take(LOOPBACK).unwrap();
        let (peer, local) = (Peer(LOOPBACK), Local(LOOPBACK));
        Connection { place, peer, local, heads: HEADS }.start(server, router, connections);
        client
    }

    /// The same to a server that is about to stop.
    fn connect() -> (DuplexStream, impl Future<Output = ()>) {
        let connections = GracefulShutdown::new();
        let client = open(&Places::new(Limits::of(2), TrustedProxies::default()), &connections);
        (client, connections.shutdown())
    }

    /// What the client of a connection still gets.
    async fn rest(client: &mut DuplexStream) -> Vec<u8> {
        let mut answer = Vec::new();
        client.read_to_end(&mut answer).await.unwrap();
        answer
    }

    #[tokio::test(start_paused = true)]
    async fn a_client_that_stops_reading_is_disconnected() {
        let (mut client, ended) = connect();
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
            let (mut client, _ended) = connect();
            client.write_all(begun).await.unwrap();
            let started = Instant::now();
            let mut answer = Vec::new();
            client.read_to_end(&mut answer).await.unwrap();
            assert_eq!(started.elapsed(), HEADER_TIMEOUT, "{answer:?}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn idle_connections_are_closed_when_places_run_out() {
        let (places, connections) = (Places::new(Limits::of(6), TrustedProxies::default()), GracefulShutdown::new());
        let [mut silent, mut begun, mut asking] = [(); 3].map(|()| open(&places, &connections));
        begun.write_all(b"GET /large HTTP/1.1\r\n").await.unwrap();
        asking.write_all(b"GET /large HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.unwrap();
        let mut start = [0; 12];
        asking.read_exact(&mut start).await.unwrap();
        let started = Instant::now();
        let _newcomers = [(); 2].map(|()| open(&places, &connections));
        assert_eq!((rest(&mut silent).await, rest(&mut begun).await), (Vec::new(), Vec::new()));
        assert_eq!(started.elapsed(), Duration::ZERO, "at once");
        assert!(rest(&mut asking).await.len() > 10 * 1024 * 1024, "a request goes on");
    }

    #[tokio::test(start_paused = true)]
    async fn a_connection_is_busy_until_its_response_was_sent() {
        let (places, connections) = (Places::new(Limits::of(2), TrustedProxies::default()), GracefulShutdown::new());
        let mut client = open(&places, &connections);
        client.write_all(b"GET /large HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
        client.read_exact(&mut [0; CONNECTED]).await.unwrap();
        assert!(places.take(LOOPBACK).is_none());
        let mut left = 10 * 1024 * 1024;
        while places.take(LOOPBACK).is_none() {
            left -= client.read(&mut [0; CONNECTED]).await.unwrap();
            tokio::task::yield_now().await;
        }
        assert!(left < CONNECTED + HEADS, "{left}");
    }

    #[tokio::test]
    async fn a_head_has_a_limit() {
        for (length, expected) in [(HEADS - 1024, "HTTP/1.1 404"), (HEADS, "HTTP/1.1 431")] {
            let (mut client, _ended) = connect();
            let head = format!("GET /{} HTTP/1.1\r\nconnection: close\r\n\r\n", "x".repeat(length));
            let (mut reader, mut writer) = tokio::io::split(&mut client);
            let mut answer = Vec::new();
            let (_, read) = tokio::join!(writer.write_all(head.as_bytes()), reader.read_to_end(&mut answer));
            read.unwrap();
            assert!(answer.starts_with(expected.as_bytes()), "{length} {}", String::from_utf8_lossy(&answer));
        }
    }
}
