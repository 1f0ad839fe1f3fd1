//! The page: types, compression, caching, policy.

use std::fs;

use reqwest::{Method, header::ACCEPT_ENCODING};

use super::process::{Installation, header};

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
