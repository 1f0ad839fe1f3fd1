//! Which certificates of an engine are trusted.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use clap::Args;
use rustls::{
    ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
    client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier},
    crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature},
    pki_types::{CertificateDer, ServerName, UnixTime},
};
use tracing::warn;

use crate::server::{Failure, tls};

/// Which certificates are trusted: those of the system's CAs, unless an option says otherwise.
#[derive(Debug, Clone, Args)]
pub struct Trust {
    /// Trust the CA in this PEM file, and no other.
    #[arg(long, value_name = "FILE", conflicts_with = "engine_insecure")]
    pub engine_ca: Option<PathBuf>,
    /// Trust any certificate, and allow http to another machine. Whoever is in between can read passwords and change answers.
    #[arg(long)]
    pub engine_insecure: bool,
}

impl Trust {
    /// The TLS of connections to the engine.
    pub(super) fn client_config(&self) -> Result<ClientConfig, Failure> {
        let provider = Arc::new(ring::default_provider());
        let builder = ClientConfig::builder_with_provider(Arc::clone(&provider));
        let builder = builder.with_safe_default_protocol_versions();
        let builder = builder.map_err(|error| Failure(format!("Cannot use TLS: {error}.")))?;
        Ok(match &self.engine_ca {
            _ if self.engine_insecure => {
                builder.dangerous().with_custom_certificate_verifier(Arc::new(AnyCertificate(provider)))
            }
            Some(file) => builder.with_root_certificates(in_file(file)?),
            None => builder.with_root_certificates(of_the_system()),
        }
        .with_no_client_auth())
    }
}

fn in_file(file: &Path) -> Result<RootCertStore, Failure> {
    let mut roots = RootCertStore::empty();
    for certificate in tls::certificates("engine's CA", file)? {
        let added = roots.add(certificate);
        added
            .map_err(|error| Failure(format!("Cannot use the certificate in {} as a CA: {error}.", file.display())))?;
    }
    Ok(roots)
}

fn of_the_system() -> RootCertStore {
    let found = rustls_native_certs::load_native_certs();
    for error in found.errors {
        warn!(%error, "cannot read some CAs of this machine");
    }
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(found.certs);
    roots
}

/// Accepts any certificate. The other side must have the private key of it, whoever that is.
#[derive(Debug)]
struct AnyCertificate(Arc<CryptoProvider>);

impl ServerCertVerifier for AnyCertificate {
    fn verify_server_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: &ServerName<'_>,
        _: &[u8],
        _: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signed, &self.0.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
