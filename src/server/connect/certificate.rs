//! What is wrong with an engine's certificate, and what to do about it.

use rustls::CertificateError;

use super::engine_url::EngineUrl;

/// A sentence that says why the certificate is not trusted.
pub(super) fn why(engine: &EngineUrl, error: &CertificateError) -> String {
    let reason = match error {
        CertificateError::UnknownIssuer => "its CA is not one of those that are trusted here".to_owned(),
        // As after an engine was installed again.
        CertificateError::BadSignature => {
            "its CA has the name of one that is trusted here, but is another one".to_owned()
        }
        other => other.to_string(),
    };
    format!("The certificate of {engine} is not trusted: {reason}.")
}

/// The same, and what to do.
pub(super) fn advice(engine: &EngineUrl, error: &CertificateError) -> String {
    let why = why(engine, error);
    match error {
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            format!("{why}\nGive a name that the certificate has.")
        }
        CertificateError::Expired
        | CertificateError::ExpiredContext { .. }
        | CertificateError::NotValidYet
        | CertificateError::NotValidYetContext { .. } => {
            format!("{why}\nRenew the engine's certificate (engine-setup does it), or set this machine's clock.")
        }
        _ => format!(
            "{why}\n\
             An engine has its own CA, unless it was given another certificate. Fetch it:\n  \
             curl -k -o engine-ca.pem '{engine}/ovirt-engine/services/pki-resource?resource=ca-certificate&format=X509-PEM-CA'\n\
             Nothing protected that download, so compare its fingerprint with that of the engine's own file:\n  \
             openssl x509 -in engine-ca.pem -noout -fingerprint -sha256\n  \
             ssh root@{host} openssl x509 -in /etc/pki/ovirt-engine/ca.pem -noout -fingerprint -sha256\n\
             If both are the same, start again with --engine-ca engine-ca.pem.",
            host = engine.host(),
        ),
    }
}
