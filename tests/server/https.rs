//! HTTPS, and plain HTTP on other addresses than loopback.

use std::{fs, time::Duration};

use reqwest::{Method, header::ACCEPT};
use rustls::pki_types::CertificateDer;
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use super::process::{ADMIN, Installation, Server, client, header, json};

const TLS: [&str; 4] = ["--tls-cert", "cert.pem", "--tls-key", "key.pem"];

/// A server with a certificate, and a client that trusts it.
async fn secure() -> (Installation, Server) {
    let installation = Installation::new();
    let certificate = certify(&installation, "cert.pem", "key.pem");
    let mut server = installation.serve(&TLS).await;
    server.client = client([certificate]);
    (installation, server)
}

/// Writes a new certificate and its key into two files.
pub(super) fn certify(installation: &Installation, certificate: &str, key: &str) -> CertificateDer<'static> {
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    fs::write(installation.path(certificate), made.cert.pem()).unwrap();
    fs::write(installation.path(key), made.signing_key.serialize_pem()).unwrap();
    made.cert.der().clone()
}

#[tokio::test]
async fn serves_everything_with_https_urls() {
    let (_place, server) = secure().await;
    assert!(server.url.starts_with("https://127.0.0.1:"), "{}", server.greeting);
    assert_eq!(server.get("/").await.status(), 200);
    let admin = server.admin().await;
    let added = admin.post("/jobs", &json!({ "description": "over TLS" })).await.unwrap();
    let location = header(&added, "location").to_owned();
    assert_eq!(location, format!("{}{}", server.url, json(added).await["href"].as_str().unwrap()));
    let fault = json(admin.post("/jobs", &json!([])).await.unwrap()).await;
    let usage = format!("For correct usage, see: {}/ovirt-engine/apidoc#services/jobs/methods/add", server.url);
    assert_eq!(fault["detail"], usage);
    let request = server.request(Method::GET, "/ovirt-engine/api").basic_auth(ADMIN, Some(server.password()));
    let opened = request.header("prefer", "persistent-auth").header(ACCEPT, "application/json").send().await.unwrap();
    assert!(header(&opened, "set-cookie").ends_with("; Secure"), "{opened:?}");
}

/// Only where the server itself has TLS: elsewhere it is for a proxy to say.
#[tokio::test]
async fn browsers_must_come_back_over_tls() {
    let (_place, secure) = secure().await;
    let installation = Installation::new();
    let plain = installation.serve(&[]).await;
    let connect = installation.connect(&plain.url, &[]).await;
    for (server, expected) in [(&secure, "max-age=31536000"), (&plain, ""), (&connect, "")] {
        for path in ["/", "/nothing", "/ovirt-engine/api", "/ovirt-engine/nothing"] {
            let response = server.request(Method::GET, path).header("x-forwarded-proto", "https").send().await.unwrap();
            assert_eq!(header(&response, "strict-transport-security"), expected, "{} {path}", server.url);
        }
    }
}

/// Asks until a client that trusts only this certificate gets an answer.
async fn taken(server: &Server, certificate: &CertificateDer<'static>) {
    let asking = async {
        // Each with a connection of its own.
        while client([certificate.clone()]).get(format!("{}/", server.url)).send().await.is_err() {
            tokio::task::yield_now().await;
        }
    };
    timeout(Duration::from_secs(20), asking).await.unwrap();
}

#[tokio::test]
async fn a_renewed_certificate_is_taken_without_a_restart() {
    let (installation, server) = secure().await;
    // Opens a connection that can be used again.
    server.get("/").await.text().await.unwrap();
    let renewed = certify(&installation, "cert.pem", "key.pem");
    server.signal("-HUP");
    taken(&server, &renewed).await;
    fs::write(installation.path("cert.pem"), "half a certificate").unwrap();
    server.signal("-HUP");
    taken(&server, &renewed).await;
    // By itself.
    let renewed = certify(&installation, "cert.pem", "key.pem");
    taken(&server, &renewed).await;
    assert!(server.client.get(format!("{}/", server.url)).send().await.is_ok(), "open connections stay");
    let (code, log) = server.stop("-TERM").await;
    assert!(code == Some(0) && log.contains("kept the old certificate"), "{log}");
}

#[tokio::test]
async fn hanging_up_does_not_end_a_server_without_certificate() {
    let installation = Installation::new();
    let serve = installation.serve(&[]).await;
    let connect = installation.connect(&serve.url, &[]).await;
    for server in [connect, serve] {
        server.signal("-HUP");
        for _ in 0..20 {
            assert_eq!(client([]).get(&server.url).send().await.unwrap().status(), 200);
        }
        let (code, log) = server.stop("-TERM").await;
        assert!(code == Some(0) && log.contains("no certificate to load again"), "{log}");
    }
}

#[tokio::test]
async fn without_certificate_urls_are_http() {
    let installation = Installation::new();
    let server = installation.serve(&[]).await;
    let added = server.admin().await.post("/jobs", &json!({ "description": "plain HTTP" })).await.unwrap();
    let location = header(&added, "location");
    assert!(location.starts_with("http://127.0.0.1:"), "{location}");
}

#[tokio::test]
async fn failed_handshakes_affect_no_other_client() {
    let (_place, mut server) = secure().await;
    let trusting = std::mem::replace(&mut server.client, client([]));
    let refused = server.request(Method::GET, "/").send().await.unwrap_err();
    assert!(refused.is_connect(), "{refused:?}");
    let mut plain = TcpStream::connect(server.url.strip_prefix("https://").unwrap()).await.unwrap();
    plain.write_all(b"GET / HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    let mut answer = Vec::new();
    drop(timeout(Duration::from_secs(10), plain.read_to_end(&mut answer)).await.expect("the connection is closed"));
    assert!(!answer.starts_with(b"HTTP"), "{answer:?}");
    server.client = trusting;
    assert_eq!(server.get("/").await.status(), 200);
}

/// With one client before the handshake and another idle after it.
#[tokio::test]
async fn stops_without_waiting_for_idle_clients() {
    let (_place, server) = secure().await;
    let mut silent = TcpStream::connect(server.url.strip_prefix("https://").unwrap()).await.unwrap();
    assert_eq!(server.get("/").await.status(), 200);
    let (code, log) = timeout(Duration::from_secs(8), server.stop("-TERM")).await.expect("no client is waited for");
    assert_eq!(code, Some(0), "{log}");
    assert!(log.contains(r#""scheme":"https""#) && !log.contains("did not end in time"), "{log}");
    assert_eq!(silent.read(&mut [0; 1]).await.unwrap_or(0), 0);
}

#[test]
fn reports_invalid_certificate_files() {
    let installation = Installation::new();
    certify(&installation, "cert.pem", "key.pem");
    certify(&installation, "other-cert.pem", "other-key.pem");
    fs::write(installation.path("text.pem"), "no PEM at all").unwrap();
    fs::write(installation.path("locked.pem"), encrypted_key()).unwrap();
    fs::write(installation.path("broken.pem"), "-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n").unwrap();
    fs::write(installation.path("invalid.pem"), "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
        .unwrap();
    for (arguments, code, said) in [
        (vec!["--tls-cert", "cert.pem"], 2, "--tls-key <FILE>"),
        (vec!["--tls-key", "key.pem"], 2, "--tls-cert <FILE>"),
        (files("none.pem", "key.pem"), 1, "Cannot read the certificate in none.pem: No such file or directory"),
        (files("cert.pem", "none.pem"), 1, "Cannot read the private key in none.pem: No such file or directory"),
        (files("page", "key.pem"), 1, "Cannot read the certificate in page: Is a directory"),
        (files("text.pem", "key.pem"), 1, "There is no certificate in text.pem."),
        (files("key.pem", "key.pem"), 1, "There is no certificate in key.pem."),
        (files("broken.pem", "key.pem"), 1, "Cannot read the certificate in broken.pem: "),
        (
            files("invalid.pem", "key.pem"),
            1,
            "Cannot use the certificate in invalid.pem with the private key in key.pem",
        ),
        (files("cert.pem", "cert.pem"), 1, "There is no private key in cert.pem, or it is encrypted."),
        (files("cert.pem", "locked.pem"), 1, "There is no private key in locked.pem, or it is encrypted."),
        (
            files("cert.pem", "other-key.pem"),
            1,
            "The private key in other-key.pem does not belong to the certificate in cert.pem.",
        ),
    ] {
        let arguments = [vec!["serve", "--listen", "127.0.0.1:0", "--ui", "page"], arguments].concat();
        let output = installation.run(&arguments, "");
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(code), "{arguments:?} {errors}");
        assert!(errors.contains(said), "{arguments:?} {errors}");
        assert!(!installation.database().exists(), "{arguments:?}");
    }
}

fn files<'a>(certificate: &'a str, key: &'a str) -> Vec<&'a str> {
    vec!["--tls-cert", certificate, "--tls-key", key]
}

fn encrypted_key() -> &'static str {
    "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n"
}

#[tokio::test]
async fn plain_http_is_for_loopback_only() {
    for address in ["0.0.0.0:0", "[::]:0"] {
        let installation = Installation::new();
        let output = installation.run(&["serve", "--listen", address, "--ui", "page"], "");
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{errors}");
        for solution in [address, "--tls-cert and --tls-key", "--insecure-listen"] {
            assert!(errors.contains(solution), "{errors}");
        }
        assert!(!installation.database().exists());
    }
}

#[tokio::test]
async fn other_addresses_need_https_or_an_option() {
    for (address, arguments, scheme) in [
        ("localhost:0", &[] as &[&str], "http://"),
        ("[::ffff:127.0.0.1]:0", &[], "http://"),
        ("0.0.0.0:0", &["--insecure-listen"], "http://"),
        ("0.0.0.0:0", &TLS, "https://"),
    ] {
        let installation = Installation::new();
        certify(&installation, "cert.pem", "key.pem");
        let server = installation.serve_on(address, arguments).await;
        assert!(server.url.starts_with(scheme), "{address} {arguments:?} {}", server.greeting);
    }
}
