//! Which headers pass, and whose requests.

use reqwest::Method;

use super::{
    engine::Engine,
    raw::{ask, status},
};
use crate::server::{
    https::certify,
    process::{Installation, client},
};

#[tokio::test]
async fn connection_cookies_and_origin_stay_here() {
    let installation = Installation::new();
    let engine = Engine::that_answers(
        "HTTP/1.1 201 Created\r\ncontent-length: 0\r\ncorrelation-id: abc\r\nlocation: /ovirt-engine/api/jobs/1\r\n\
         link: </a>; rel=a\r\nlink: </b>; rel=b\r\nwww-authenticate: Basic realm=\"RESTAPI\"\r\n\
         set-cookie: JSESSIONID=1\r\nset-cookie: locale=en\r\nkeep-alive: timeout=5\r\nx-hop: 1\r\n\
         alt-svc: h3=\":443\"\r\nstrict-transport-security: max-age=1\r\nconnection: close, x-hop\r\n\r\n",
    )
    .await;
    let server = installation.connect(&engine.url, &[]).await;
    let own = format!("http://localhost:{}", server.address().split_once(':').unwrap().1);
    let answer = ask(
        &server,
        "POST /ovirt-engine/api/jobs",
        &[
            ("host", own.strip_prefix("http://").unwrap()),
            ("origin", &own),
            ("referer", &format!("{own}/")),
            ("cookie", "JSESSIONID=1"),
            ("cookie", "locale=en"),
            ("authorization", "Bearer t"),
            ("accept", "application/json"),
            ("accept-language", "de"),
            ("correlation-id", "abc"),
            ("content-type", "application/json"),
            ("content-length", "0"),
            ("te", "trailers"),
            ("upgrade", "h2c"),
            ("keep-alive", "timeout=9"),
            ("proxy-authorization", "Basic p"),
            ("proxy-connection", "keep-alive"),
            ("x-hop", "1"),
            ("connection", "x-hop, upgrade"),
        ],
    )
    .await;
    let names = |head: &str, dropped: &[&str]| {
        let lines = head.split("\r\n").skip(1).take_while(|line| !line.is_empty());
        let mut names: Vec<String> = lines.map(|line| line.split(':').next().unwrap().to_ascii_lowercase()).collect();
        names.retain(|name| !dropped.contains(&name.as_str()));
        names.sort_unstable();
        names
    };
    let sent = engine.heads().remove(0);
    let expected =
        ["accept", "accept-language", "authorization", "content-length", "content-type", "correlation-id", "host"];
    assert_eq!(names(&sent, &["x-request-id"]), expected, "{sent}");
    assert!(sent.contains(&format!("host: {}\r\n", engine.url.strip_prefix("http://").unwrap())), "{sent}");
    assert_eq!(status(&answer), 201, "{answer}");
    let ours = ["cache-control", "connection", "date", "x-content-type-options", "x-request-id"];
    let expected = ["content-length", "correlation-id", "link", "link", "location", "www-authenticate"];
    assert_eq!(names(&answer, &ours), expected, "{answer}");
}

#[tokio::test]
async fn requests_of_foreign_pages_are_refused() {
    let installation = Installation::new();
    let engine = Engine::that_answers("HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").await;
    let server = installation.connect(&engine.url, &[]).await;
    let own = server.url.as_str();
    for (name, value, expected) in [
        ("origin", own, 200),
        ("referer", own, 200),
        ("origin", "null", 403),
        ("origin", "https://evil.example.com", 403),
        ("origin", "http://127.0.0.1", 403),
        ("referer", "https://evil.example.com/a", 403),
    ] {
        for path in ["/ovirt-engine/api/jobs", "/ovirt-engine/sso/oauth/token", "/ovirt-engine/services/sso-logout"] {
            let before = engine.heads().len();
            let response = server.request(Method::POST, path).header(name, value).send().await.unwrap();
            assert_eq!(response.status().as_u16(), expected, "{name}: {value} {path}");
            assert_eq!(engine.heads().len() - before, usize::from(expected == 200), "{name}: {value} {path}");
        }
    }
}

/// Over TLS the page's origin is another one.
#[tokio::test]
async fn the_page_may_come_over_https() {
    let installation = Installation::new();
    let certificate = certify(&installation, "cert.pem", "key.pem");
    let engine = Engine::that_answers("HTTP/1.1 200 OK\r\ncontent-length: 0\r\nconnection: close\r\n\r\n").await;
    let mut server = installation.connect(&engine.url, &["--tls-cert", "cert.pem", "--tls-key", "key.pem"]).await;
    server.client = client([certificate]);
    assert!(server.url.starts_with("https://127.0.0.1:"), "{}", server.greeting);
    for (origin, expected) in [(server.url.clone(), 200), (server.url.replace("https", "http"), 403)] {
        let request = server.request(Method::POST, "/ovirt-engine/api/jobs").header("origin", &origin);
        assert_eq!(request.send().await.unwrap().status().as_u16(), expected, "{origin}");
    }
}

/// The root's `Link` header alone has 4 KB.
#[tokio::test]
async fn long_heads_pass() {
    let installation = Installation::new();
    let long = "x".repeat(64 * 1024);
    for answer in [
        format!("HTTP/1.1 200 OK\r\nlink: {long}\r\ncontent-length: 0\r\n\r\n"),
        // In many headers.
        format!(
            "HTTP/1.1 200 OK\r\nlink: {long}\r\n{}content-length: 0\r\n\r\n",
            (0..200).map(|number| format!("x-{number}: {}\r\n", "y".repeat(300))).collect::<String>()
        ),
    ] {
        let engine = Engine::that_answers(answer).await;
        let server = installation.connect(&engine.url, &[]).await;
        // Bytes, since the usual client takes no more than 100 headers.
        let answer = ask(&server, "GET /ovirt-engine/api", &[("host", "localhost"), ("x-long", &long)]).await;
        assert_eq!(status(&answer), 200, "{}", &answer[..300.min(answer.len())]);
        assert!(answer.contains(&format!("link: {long}\r\n")));
        assert!(engine.heads()[0].contains(&format!("x-long: {long}\r\n")));
    }
}
