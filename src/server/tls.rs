//! HTTPS: certificate, key and handshake. The certificate can be renewed while the server runs.

mod renewal;

use std::{
    fmt, fs,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use clap::Args;
use rustls::{
    Error, InconsistentKeys, ServerConfig,
    crypto::ring,
    pki_types::{
        CertificateDer, PrivateKeyDer,
        pem::{self, PemObject},
    },
};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    time::timeout,
};
use tokio_rustls::{TlsAcceptor, server::TlsStream};
use tracing::debug;

pub(super) use self::renewal::{Certificate, Renewal, renew};
use super::Failure;

/// How long a handshake may take.
const HANDSHAKE_TIMEOUT: Duration = Duration::from_secs(10);

/// The files for HTTPS: both or none.
#[derive(Debug, Clone, Args)]
pub struct TlsFiles {
    /// Serve HTTPS with this certificate: a PEM file, the server's own first, then the intermediate ones.
    #[arg(long = "tls-cert", value_name = "FILE", required = false, requires = "key")]
    pub certificate: PathBuf,
    /// The certificate's private key: a PEM file, not encrypted.
    #[arg(long = "tls-key", value_name = "FILE", required = false, requires = "certificate")]
    pub key: PathBuf,
}

/// What is in the files.
#[derive(Debug)]
struct Loaded {
    config: Arc<ServerConfig>,
    /// The server's own certificate, without the intermediate ones.
    own: CertificateDer<'static>,
}

/// Reads the files.
fn load(files: &TlsFiles) -> Result<Loaded, Failure> {
    let (chain, key) = (certificates("certificate", &files.certificate)?, private_key(&files.key)?);
    let own = chain.first().cloned().ok_or_else(|| no_certificate(&files.certificate))?;
    let builder = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
    let config = builder
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key));
    let mut config = config.map_err(|error| unusable(files, &error))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Loaded { config: Arc::new(config), own })
}

/// The connection after its handshake; `None` if the handshake failed or took too long.
pub(super) async fn handshake<S>(acceptor: TlsAcceptor, stream: S) -> Option<TlsStream<S>>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    match timeout(HANDSHAKE_TIMEOUT, acceptor.accept(stream)).await {
        Ok(Ok(stream)) => Some(stream),
        Ok(Err(error)) => {
            debug!(%error, "a handshake failed");
            None
        }
        Err(_) => {
            debug!("a handshake took too long");
            None
        }
    }
}

/// The certificates in a PEM file, at least one. `what` says in messages what they are.
pub(super) fn certificates(what: &str, file: &Path) -> Result<Vec<CertificateDer<'static>>, Failure> {
    let bytes = read(what, file)?;
    let chain: Result<Vec<_>, pem::Error> = CertificateDer::pem_slice_iter(&bytes).collect();
    match chain {
        Ok(chain) if chain.is_empty() => Err(no_certificate(file)),
        Ok(chain) => Ok(chain),
        Err(error) => Err(cannot_read(what, file, error)),
    }
}

fn private_key(file: &Path) -> Result<PrivateKeyDer<'static>, Failure> {
    PrivateKeyDer::from_pem_slice(&read("private key", file)?).map_err(|error| match error {
        pem::Error::NoItemsFound => {
            Failure(format!("There is no private key in {}, or it is encrypted.", file.display()))
        }
        error => cannot_read("private key", file, error),
    })
}

fn read(what: &str, file: &Path) -> Result<Vec<u8>, Failure> {
    fs::read(file).map_err(|error| cannot_read(what, file, error))
}

fn no_certificate(file: &Path) -> Failure {
    Failure(format!("There is no certificate in {}.", file.display()))
}

fn cannot_read(what: &str, file: &Path, error: impl fmt::Display) -> Failure {
    Failure(format!("Cannot read the {what} in {}: {error}.", file.display()))
}

fn unusable(TlsFiles { certificate, key }: &TlsFiles, error: &Error) -> Failure {
    let (certificate, key) = (certificate.display(), key.display());
    Failure(match error {
        Error::InconsistentKeys(InconsistentKeys::KeyMismatch) => {
            format!("The private key in {key} does not belong to the certificate in {certificate}.")
        }
        error => format!("Cannot use the certificate in {certificate} with the private key in {key}: {error}."),
    })
}

#[cfg(test)]
mod tests {
    use tokio::{io::duplex, time::Instant};

    use super::*;

    /// Files with a new certificate.
    pub(super) fn files(folder: &Path) -> TlsFiles {
        let files = TlsFiles { certificate: folder.join("certificate"), key: folder.join("key") };
        write(&files);
        files
    }

    /// Writes a new certificate into the files.
    pub(super) fn write(files: &TlsFiles) {
        let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
        fs::write(&files.certificate, made.cert.pem()).unwrap();
        fs::write(&files.key, made.signing_key.serialize_pem()).unwrap();
    }

    /// With paused time, the test does not wait for the timeout.
    #[tokio::test(start_paused = true)]
    async fn a_handshake_has_a_time_limit() {
        let folder = tempfile::TempDir::new().unwrap();
        let certificate = Renewal::of(&files(folder.path())).unwrap().certificate();
        let (_silent, stream) = duplex(1024);
        let started = Instant::now();
        assert!(handshake(certificate.acceptor(), stream).await.is_none());
        assert_eq!(started.elapsed().as_secs(), HANDSHAKE_TIMEOUT.as_secs());
    }
}
