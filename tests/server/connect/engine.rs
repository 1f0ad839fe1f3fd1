//! A scripted engine on this machine.

use std::{
    future::Future,
    sync::{Arc, Mutex},
};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, DnType, IsCa, KeyPair};
use rustls::{ServerConfig, crypto::ring, pki_types::PrivateKeyDer};
use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::TcpListener,
};
use tokio_rustls::TlsAcceptor;

pub(super) trait Stream: AsyncRead + AsyncWrite + Unpin + Send {}
impl<S: AsyncRead + AsyncWrite + Unpin + Send> Stream for S {}

/// An engine that answers each connection by a script.
pub(super) struct Engine {
    /// `http://127.0.0.1:PORT`, or `https:`
    pub(super) url: String,
    heads: Arc<Mutex<Vec<String>>>,
}

/// The connection to answer a request on, whose head was read.
pub(super) struct Exchange {
    pub(super) stream: Box<dyn Stream>,
}

impl Exchange {
    /// Sends bytes at once.
    pub(super) async fn send(&mut self, bytes: impl AsRef<[u8]>) {
        // Whoever asked may be gone.
        drop(self.stream.write_all(bytes.as_ref()).await);
        drop(self.stream.flush().await);
    }

    /// Waits until the other side closes the connection.
    pub(super) async fn wait_for_end(&mut self) {
        while self.stream.read(&mut [0; 1024]).await.is_ok_and(|read| read > 0) {}
    }
}

impl Engine {
    /// Answers each request with these bytes, and closes the connection.
    pub(super) async fn that_answers(answer: impl AsRef<[u8]>) -> Self {
        let answer = answer.as_ref().to_vec();
        Self::start(None, move |mut exchange: Exchange| {
            let answer = answer.clone();
            async move { exchange.send(answer).await }
        })
        .await
    }

    /// Runs the script for each request, with TLS if there is a configuration for it.
    pub(super) async fn start<F>(
        tls: Option<ServerConfig>,
        script: impl Fn(Exchange) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = ()> + Send,
    {
        let scheme = if tls.is_some() { "https" } else { "http" };
        Self::start_on(&format!("{scheme}://127.0.0.1:0"), tls, script).await
    }

    /// The same at that address.
    pub(super) async fn start_on<F>(
        url: &str,
        tls: Option<ServerConfig>,
        script: impl Fn(Exchange) -> F + Send + Sync + 'static,
    ) -> Self
    where
        F: Future<Output = ()> + Send,
    {
        let (scheme, address) = url.split_once("://").unwrap();
        let listener = TcpListener::bind(address).await.unwrap();
        let url = format!("{scheme}://{}", listener.local_addr().unwrap());
        let heads = Arc::new(Mutex::new(Vec::new()));
        let (tls, script, recorded) = (tls.map(Arc::new), Arc::new(script), Arc::clone(&heads));
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let (tls, script, recorded) = (tls.clone(), Arc::clone(&script), Arc::clone(&recorded));
                tokio::spawn(async move {
                    let mut stream: Box<dyn Stream> = match tls {
                        None => Box::new(stream),
                        Some(tls) => match TlsAcceptor::from(tls).accept(stream).await {
                            Ok(stream) => Box::new(stream),
                            Err(_) => return,
                        },
                    };
                    let Some(head) = read_head(&mut stream).await else { return };
                    recorded.lock().unwrap().push(head);
                    script(Exchange { stream }).await;
                });
            }
        });
        Self { url, heads }
    }

    /// The heads of all requests so far.
    pub(super) fn heads(&self) -> Vec<String> {
        self.heads.lock().unwrap().clone()
    }
}

/// `None` if the connection ended before.
pub(super) async fn read_head(stream: &mut (impl AsyncRead + Unpin)) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        head.push(stream.read_u8().await.ok()?);
    }
    Some(String::from_utf8(head).unwrap())
}

/// A CA, and the certificates that it makes.
pub(super) struct Ca(CertifiedIssuer<'static, KeyPair>);

impl Ca {
    pub(super) fn new(name: &str) -> Self {
        let mut parameters = CertificateParams::new(Vec::new()).unwrap();
        parameters.distinguished_name.push(DnType::CommonName, name);
        parameters.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(parameters, KeyPair::generate().unwrap()).unwrap())
    }

    pub(super) fn pem(&self) -> String {
        self.0.pem()
    }

    /// TLS with a certificate for that name, which ended in that year.
    pub(super) fn certify(&self, name: &str, until: i32) -> ServerConfig {
        let key = KeyPair::generate().unwrap();
        let mut parameters = CertificateParams::new([name.to_owned()]).unwrap();
        parameters.not_after = rcgen::date_time_ymd(until, 1, 1);
        let certificate = parameters.signed_by(&key, &self.0).unwrap();
        let builder = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let builder = builder.with_safe_default_protocol_versions().unwrap().with_no_client_auth();
        let key = PrivateKeyDer::try_from(key.serialize_der()).unwrap();
        builder.with_single_cert(vec![certificate.der().clone()], key).unwrap()
    }
}
