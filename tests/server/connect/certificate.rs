//! Which engines are trusted.

use std::fs;

use super::engine::{Ca, Engine, Exchange};
use crate::server::process::{Installation, Server};

const HERE: &str = "127.0.0.1";

/// An engine whose certificate is by that CA, for that name, until that year.
async fn engine(ca: &Ca, name: &str, until: i32) -> Engine {
    const ANSWER: &str = "HTTP/1.1 200 OK\r\ncontent-length: 2\r\nconnection: close\r\n\r\nhi";
    Engine::start(Some(ca.certify(name, until)), async |mut exchange: Exchange| exchange.send(ANSWER).await).await
}

async fn answer(server: &Server) -> String {
    server.get("/ovirt-engine/api").await.text().await.unwrap()
}

#[tokio::test]
async fn cas_of_the_option_and_of_the_system_are_trusted() {
    let installation = Installation::new();
    let (ca, other) = (Ca::new("one"), Ca::new("two"));
    fs::write(installation.path("ca.pem"), ca.pem()).unwrap();
    fs::write(installation.path("other.pem"), other.pem()).unwrap();
    let engine = engine(&ca, HERE, 4000).await;
    let by_option = installation.connect(&engine.url, &["--engine-ca", "ca.pem"]).await;
    assert_eq!(answer(&by_option).await, "hi");
    let system = [("SSL_CERT_FILE", "ca.pem")];
    assert_eq!(answer(&installation.connect_in(&system, &engine.url, &[]).await).await, "hi");
    let variables = [("SSL_CERT_FILE", "other.pem")];
    let both = installation.connect_in(&variables, &engine.url, &["--engine-ca", "ca.pem"]).await;
    assert_eq!(answer(&both).await, "hi");
    for server in [by_option, both] {
        assert!(!server.get("/").await.text().await.unwrap().contains("engine-insecure"));
    }
}

/// The refusal says why, and how the CA is fetched and compared.
#[tokio::test]
async fn other_certificates_are_refused() {
    let installation = Installation::new();
    let (ca, other) = (Ca::new("one"), Ca::new("two"));
    fs::write(installation.path("ca.pem"), ca.pem()).unwrap();
    fs::write(installation.path("other.pem"), other.pem()).unwrap();
    fs::write(installation.path("same-name.pem"), Ca::new("one").pem()).unwrap();
    let unknown = [
        "its CA is not one of those that are trusted here.",
        "curl -k -o engine-ca.pem 'https://127.0.0.1:",
        "/ovirt-engine/services/pki-resource?resource=ca-certificate&format=X509-PEM-CA'",
        "openssl x509 -in engine-ca.pem -noout -fingerprint -sha256",
        "ssh root@127.0.0.1 openssl x509 -in /etc/pki/ovirt-engine/ca.pem -noout -fingerprint -sha256",
        "start again with --engine-ca engine-ca.pem",
    ];
    let fetch = "curl";
    for (name, until, arguments, said, unsaid) in [
        (HERE, 4000, &[][..], &unknown[..], "Renew"),
        (HERE, 4000, &["--engine-ca", "other.pem"], &unknown, "Renew"),
        (HERE, 4000, &["--engine-ca", "same-name.pem"], &["its CA has the name of one", "curl"], "Renew"),
        (
            "engine.example.com",
            4000,
            &["--engine-ca", "ca.pem"],
            &["engine.example.com", "a name that the certificate has"],
            fetch,
        ),
        (HERE, 2001, &["--engine-ca", "ca.pem"], &["expired", "Renew the engine's certificate"], fetch),
    ] {
        let engine = engine(&ca, name, until).await;
        let base = ["connect", &engine.url, "--listen", "127.0.0.1:0", "--ui", "page"];
        let arguments = [&base[..], arguments].concat();
        let child = installation.spawn(&arguments);
        let output = tokio::task::spawn_blocking(|| child.wait_with_output().unwrap()).await.unwrap();
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{errors}");
        assert!(errors.contains(&format!("The certificate of {} is not trusted: ", engine.url)), "{errors}");
        assert!(said.iter().all(|said| errors.contains(said)) && !errors.contains(unsaid), "{errors}");
        assert_eq!(engine.heads().len(), 0);
    }
}

/// A certificate that changes later: the page is told.
#[tokio::test]
async fn a_certificate_is_checked_at_each_connection() {
    let installation = Installation::new();
    let (ca, other) = (Ca::new("one"), Ca::new("two"));
    fs::write(installation.path("ca.pem"), ca.pem()).unwrap();
    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://{}", free.local_addr().unwrap());
    drop(free);
    let server = installation.connect(&url, &["--engine-ca", "ca.pem"]).await;
    let engine = Engine::start_on(&url, Some(other.certify(HERE, 4000)), async |_: Exchange| ()).await;
    let response = server.get("/ovirt-engine/api").await;
    assert_eq!(response.status(), 502);
    let text = response.text().await.unwrap();
    assert!(text.contains("is not trusted: its CA is not one of those"), "{text}");
    assert_eq!(engine.heads().len(), 0, "no password is sent there");
}

#[tokio::test]
async fn an_insecure_connection_is_told() {
    let installation = Installation::new();
    let ca = Ca::new("one");
    let engine = engine(&ca, "engine.example.com", 2001).await;
    let server = installation.connect(&engine.url, &["--engine-insecure"]).await;
    assert_eq!(answer(&server).await, "hi");
    let notice = format!(r#"<meta name="engine-insecure" content="{}"><title>Task Monitor</title>"#, engine.url);
    for path in ["/", "/index.html"] {
        let response = server.get(path).await;
        assert_eq!(response.headers()["cache-control"], "no-cache");
        assert!(response.headers().contains_key("content-security-policy"));
        let page = response.text().await.unwrap();
        assert!(page.contains(&notice), "{page}");
    }
    let (_, log) = server.stop("-TERM").await;
    assert!(log.contains("--engine-insecure: whoever is between here and the engine can read passwords"), "{log}");
}

#[test]
fn reports_invalid_files() {
    let installation = Installation::new();
    fs::write(installation.path("text.pem"), "no PEM at all").unwrap();
    fs::write(installation.path("invalid.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
        .unwrap();
    for (arguments, code, said) in [
        (&["--engine-ca", "none.pem"][..], 1, "Cannot read the engine's CA in none.pem: No such file or directory"),
        (&["--engine-ca", "text.pem"], 1, "There is no certificate in text.pem."),
        (&["--engine-ca", "invalid.pem"], 1, "Cannot use the certificate in invalid.pem as a CA: "),
        (&["--engine-ca", "text.pem", "--engine-insecure"], 2, "cannot be used with"),
    ] {
        let base = ["connect", "https://127.0.0.1:1", "--listen", "127.0.0.1:0", "--ui", "page"];
        let output = installation.run(&[&base[..], arguments].concat(), "");
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{errors}");
        assert!(errors.contains(said), "{errors}");
    }
}
