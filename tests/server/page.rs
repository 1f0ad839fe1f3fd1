//! The page: types, compression, caching, policy.

use std::fs;

use reqwest::{Method, header::ACCEPT_ENCODING};

use super::{
    connect::raw,
    process::{Installation, Server, header},
};

const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
     img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

/// The page repeats the policy in a meta tag, for static hosts, without `frame-ancestors`, which has no effect there.
#[test]
fn the_page_contains_the_same_policy() {
    let page = include_str!("../../index.html");
    let (_, tag) = page.split_once(r#"<meta http-equiv="Content-Security-Policy" content=""#).unwrap();
    assert_eq!(tag.split_once('"').unwrap().0.to_owned() + "; frame-ancestors 'self'", POLICY);
}

#[tokio::test]
async fn serves_files_with_their_headers() {
    let installation = Installation::new();
    for (name, content) in [
        ("app-0123456789abcdef.js", "script"),
        ("app-0123456789abcdef.js.br", "script in brotli"),
        ("app-0123456789abcdef.js.gz", "script in gzip"),
        ("app-0123456789abcdef_bg.wasm", "wasm"),
        ("app-0123456789abcdef_bg.wasm.br", "wasm in brotli"),
        ("style-fedcba9876543210.css", "style"),
        ("icon.svg", "icon"),
    ] {
        fs::write(installation.path("page").join(name), content).unwrap();
    }
    let index = fs::read_to_string(installation.path("page/index.html")).unwrap();
    let server = installation.serve(&[]).await;
    let forever = "public, max-age=31536000, immutable";
    for (path, accept, content, encoding, kind, caching) in [
        ("/", "", index.as_str(), "", "text/html", "no-cache"),
        ("/index.html", "br", &index, "", "text/html", "no-cache"),
        ("/app-0123456789abcdef.js", "", "script", "", "text/javascript", forever),
        ("/app-0123456789abcdef.js", "gzip, deflate, br", "script in brotli", "br", "text/javascript", forever),
        ("/app-0123456789abcdef.js", "gzip", "script in gzip", "gzip", "text/javascript", forever),
        ("/app-0123456789abcdef_bg.wasm", "gzip, br", "wasm in brotli", "br", "application/wasm", forever),
        ("/app-0123456789abcdef_bg.wasm", "gzip", "wasm", "", "application/wasm", forever),
        ("/app-0123456789abcdef_bg.wasm", "", "wasm", "", "application/wasm", forever),
        ("/style-fedcba9876543210.css", "br", "style", "", "text/css", forever),
        ("/icon.svg", "", "icon", "", "image/svg+xml", "no-cache"),
    ] {
        let response = server.request(Method::GET, path).header(ACCEPT_ENCODING, accept).send().await.unwrap();
        let told = format!("{path} {accept}");
        assert_eq!(response.status(), 200, "{told}");
        for (name, expected) in [
            ("content-encoding", encoding),
            ("content-type", kind),
            ("cache-control", caching),
            ("content-security-policy", POLICY),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("vary", "accept-encoding"),
        ] {
            assert_eq!(header(&response, name), expected, "{name} of {told}");
        }
        assert_eq!(response.text().await.unwrap(), content, "{told}");
    }
}

#[tokio::test]
async fn unknown_files_are_not_found() {
    let installation = Installation::new();
    let server = installation.serve(&[]).await;
    for path in [
        "/jobs",
        "/favicon.ico",
        "/app-0123456789abcdef.js",
        "/../jobs-engine.db",
        "/..%2fjobs-engine.db",
        "/%2e%2e/jobs-engine.db",
    ] {
        let response = server.get(path).await;
        assert_eq!(response.status(), 404, "{path}");
        assert!(header(&response, "content-type").starts_with("text/plain"), "{path}");
        assert_eq!(header(&response, "cache-control"), "no-cache", "{path}");
        assert_eq!(header(&response, "content-security-policy"), POLICY, "{path}");
        assert_eq!(response.text().await.unwrap(), "Not found\n", "{path}");
    }
}

#[tokio::test]
async fn an_unchanged_page_is_not_sent_again() {
    let installation = Installation::new();
    let server = installation.serve(&[]).await;
    let first = server.get("/").await;
    let request = server.request(Method::GET, "/").header("if-none-match", header(&first, "etag"));
    let second = request.send().await.unwrap();
    assert_eq!(second.status(), 304);
    assert_eq!(header(&second, "cache-control"), "no-cache");
}

/// Files of the page are gone or cannot be read, and come back.
#[tokio::test]
async fn files_that_are_missing_for_some_time() {
    let installation = Installation::new();
    let server = installation.serve(&[]).await;
    let (page, index) = (installation.path("page"), installation.path("page/index.html"));
    let hashed = page.join("app-0123456789abcdef.js");
    let put = || {
        fs::create_dir_all(&page).unwrap();
        fs::write(&index, "page").unwrap();
        fs::write(&hashed, "page").unwrap();
    };
    let loops = || {
        for file in [&index, &hashed] {
            fs::remove_file(file).unwrap();
            std::os::unix::fs::symlink(file, file).unwrap();
        }
    };
    let rows: [(&str, &dyn Fn(), u16, &str); 3] = [
        ("no files", &|| fs::remove_file(&index).and_then(|()| fs::remove_file(&hashed)).unwrap(), 404, ""),
        ("no folder", &|| fs::remove_dir_all(&page).unwrap(), 404, ""),
        ("a loop of links", &loops, 503, "5"),
    ];
    for (name, fail, status, retry_after) in rows {
        put();
        fail();
        for path in ["/", "/app-0123456789abcdef.js"] {
            let response = server.get(path).await;
            assert_eq!((response.status().as_u16(), header(&response, "retry-after")), (status, retry_after), "{name}");
            assert_eq!(header(&response, "cache-control"), "no-cache", "{name}");
        }
        // A file cannot be written through the loop.
        fs::remove_dir_all(&page).or_else(|_| fs::create_dir(&page)).unwrap();
        put();
        for path in ["/", "/app-0123456789abcdef.js"] {
            let response = server.get(path).await;
            assert_eq!((response.status().as_u16(), response.text().await.unwrap().as_str()), (200, "page"), "{name}");
        }
    }
}

/// Whatever the path, the method or the headers: the request alone is never the reason for a server error.
#[tokio::test]
async fn no_request_alone_makes_a_server_error() {
    let installation = Installation::new();
    fs::create_dir(installation.path("page/folder")).unwrap();
    let server = installation.serve(&[]).await;
    let admin = server.admin().await;
    let bearer = format!("Bearer {}", admin.token);
    let host = [("host", "localhost"), ("authorization", bearer.as_str())];
    let id = "0d6f4a3e-1111-2222-3333-444455556666";
    let (long, longest) = ("x".repeat(256), "x".repeat(60_000));
    let deep = "a/".repeat(5_000);
    let mut paths: Vec<String> = [
        "/%00",
        "/a%00b.js",
        "/%",
        "/%zz",
        "/%ff%fe",
        "/.",
        "/..",
        "/./.",
        "/%2e",
        "/%2e%2e/%2e%2e/etc/passwd",
        "//",
        "//.",
        "/folder",
        "/folder/",
        "/folder/.",
        "/index.html/",
        "/index.html/x",
        "/index.html%00",
        "/\u{7f}",
        "/~",
        "/con",
        "/c:/x",
        "/a;b=c",
        "/?%",
        "/?%00=%ff&&&=",
        "*",
        "/:",
        "/%F0%9F%92%A9",
        "/index.html?a=%zz",
    ]
    .map(str::to_owned)
    .to_vec();
    paths.extend([
        format!("/{long}"),
        format!("/{long}.js"),
        format!("/{}", "%41".repeat(256)),
        format!("/{}.html", "ä".repeat(130).bytes().map(|byte| format!("%{byte:02x}")).collect::<String>()),
        format!("/{longest}"),
        format!("/{deep}"),
        format!("/index.html?{longest}"),
        format!("/folder?{}", "x".repeat(65_520)),
        format!("/.?{}", "x".repeat(65_530)),
    ]);
    let api = "/ovirt-engine/api";
    for below in [
        "/",
        "//",
        "/jobs/",
        "/jobs/%00",
        "/jobs/%ff",
        "/jobs/..",
        "/jobs/%2e%2e",
        "/jobs/0",
        "/jobs;max=-1",
        "/jobs?max=%00",
        "/jobs?max=99999999999999999999",
        "/jobs?max=9223372036854775807",
        "/jobs?max=-9223372036854775808",
        "/jobs?max=1e9",
        "/jobs;max=18446744073709551615",
        "/jobs?from=99999999999999999999",
        "/jobs?search=%00",
        "/jobs?search=%ff",
        "/jobs?search=correlation_id%3D%00",
        "/jobs?search=correlation_id%3D%27%22%3B--",
        "/jobs?search=page%2099999999999999999999",
        "/jobs?search=sortby",
        "/jobs?follow=%00",
        "/jobs?follow=,,,.",
        "/jobs?correlation_id=%00",
        "/jobs?filter=%00",
        "/jobs?accept=%00",
        "/jobs?accept=*/*;q=nonsense",
        "/vms?search=name%3D%00",
        "/vms?search=name%3D*%25_",
        "/hosts?max=-5",
        "/hosts?search=%00",
        "/users?search=%00",
        "/users/%00",
        "/roles/0",
        "/roles/00000000-0000-0000-0000-000000000000/permits/x",
        "/v4",
        "/v4/",
        "/v5/jobs",
        "/v4294967296/jobs",
        "/capabilities;;;==;",
        "/domains/%00/users",
    ] {
        paths.push(format!("{api}{below}"));
    }
    paths.extend([
        format!("{api}/jobs/{id}"),
        format!("{api}/jobs/{id}/steps/{id}"),
        format!("{api}/jobs/{id}/steps?max=99999999999999999999"),
        format!("{api}/{longest}"),
        format!("{api}/jobs/{longest}"),
        format!("{api}/{deep}"),
        format!("{api}/jobs?search={longest}"),
        format!("{api}/jobs?search=correlation_id%3D{longest}"),
        format!("{api}/jobs?search={}", "%28".repeat(10_000)),
        format!("{api}/jobs?follow={}steps", "steps.".repeat(5_000)),
        format!("{api}/jobs{}", ";a=b".repeat(10_000)),
        format!("{api}/jobs?{}", "max=1&".repeat(5_000)),
        "/ovirt-engine/sso/oauth/token".to_owned(),
        "/ovirt-engine/services/sso-logout".to_owned(),
        "/ovirt-engine/%00".to_owned(),
    ]);
    let odd = [
        ("range", "bytes=-"),
        ("range", "bytes=5-1"),
        ("range", "bytes=99999999999999999999-"),
        ("range", "lines=1-2"),
        ("range", "bytes=0-0,1-1,2-2"),
        ("range", "bytes=-99999999999999999999"),
        ("range", "bytes=0-99999999999999999999"),
        ("if-modified-since", "yesterday"),
        ("if-modified-since", "Thu, 01 Jan 1970 00:00:00 GMT"),
        ("if-modified-since", "Fri, 31 Dec 9999 23:59:59 GMT"),
        ("if-unmodified-since", "Sun, 00 Foo 0000 99:99:99 GMT"),
        ("if-none-match", "\"\",,W/"),
        ("if-match", "*"),
        ("if-match", "\"unclosed"),
        ("accept-encoding", "br;q=nonsense, gzip;q=2, *;q=-1"),
        ("accept-encoding", "identity;q=0, *;q=0"),
        ("accept", "*/*;q=;;"),
        ("accept", "text/plain"),
        ("accept-language", "%00"),
        ("prefer", ";;=,"),
        ("session-ttl", "99999999999999999999"),
        ("cookie", "JSESSIONID=%00; =;;"),
        ("content-type", "application/json; charset=;"),
        ("filter", "perhaps"),
        ("correlation-id", "%00\t;"),
        ("all-content", "perhaps"),
        ("version", "99999999999999999999"),
        ("expect", "200-ok"),
        ("upgrade", "websocket"),
        ("x-request-id", ";"),
        ("origin", "null"),
    ];
    for path in &paths {
        for method in ["GET", "HEAD", "POST", "OPTIONS"] {
            check(&server, &format!("{method} {path}"), &host).await;
        }
    }
    for method in ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "get", "X-ODD"] {
        for path in ["/", "/index.html", "/ovirt-engine/api/jobs", "/ovirt-engine/sso/oauth/token", "localhost:80"] {
            check(&server, &format!("{method} {path}"), &host).await;
        }
    }
    for header in odd {
        for path in ["/", "/index.html", "/ovirt-engine/api/jobs", "/ovirt-engine/sso/oauth/token"] {
            check(&server, &format!("GET {path}"), &[host[0], host[1], header]).await;
        }
    }
    let (_, log) = server.stop("-TERM").await;
    assert!(!log.contains("ERROR") && !log.contains("panic"), "{log}");
}

/// Sends the request, and checks that it is answered, and not with a server error.
async fn check(server: &Server, start: &str, headers: &[(&str, &str)]) {
    let answer = raw::ask(server, start, headers).await;
    let shown: String = start.chars().take(120).collect();
    assert!((200..500).contains(&raw::status(&answer)), "{shown} {headers:?}: {answer}");
}
