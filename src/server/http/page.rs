//! The page: files from a folder, with security headers.

use std::{
    convert::Infallible,
    io::{self, ErrorKind},
    path::Path,
};

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{
        HeaderName, HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, REFERRER_POLICY, RETRY_AFTER},
    },
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
};
use tower::service_fn;
use tower_http::services::ServeDir;
use tracing::error;

/// Allows only what the page needs, from its own origin. The page repeats it in a meta tag, without `frame-ancestors`, which
/// has no effect there.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; \
     img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

const HEADERS: [(HeaderName, HeaderValue); 2] = [
    (CONTENT_SECURITY_POLICY, HeaderValue::from_static(POLICY)),
    (REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
];

/// Serves the folder.
pub(in crate::server) fn service(folder: &Path) -> Router {
    service_with(folder, Router::new())
}

/// Serves the folder, and some of its files by those routes.
pub(in crate::server) fn service_with(folder: &Path, routes: Router) -> Router {
    // Without redirects: to a long path with `/` at its end there may be none.
    let files = ServeDir::new(folder).precompressed_br().precompressed_gzip().redirect_to_trailing_slash(false);
    let files = files.fallback(service_fn(no_such_file));
    let files = service_fn(move |request: Request| {
        let reading = files.clone().try_call(request);
        async move { Ok::<_, Infallible>(reading.await.map_or_else(|error| failed(&error), |file| file.map(Body::new))) }
    });
    routes.fallback_service(files).layer(from_fn(add_headers))
}

/// The response when a file cannot be read: 503 unless the path alone is the reason.
fn failed(error: &io::Error) -> Response {
    match error.kind() {
        ErrorKind::NotFound
        | ErrorKind::PermissionDenied
        | ErrorKind::NotADirectory
        | ErrorKind::IsADirectory
        | ErrorKind::InvalidFilename
        | ErrorKind::InvalidInput => not_found(),
        _ => {
            error!(%error, "cannot read a file of the page");
            (StatusCode::SERVICE_UNAVAILABLE, [(RETRY_AFTER, "5")], "Service unavailable\n").into_response()
        }
    }
}

async fn add_headers(request: Request, next: Next) -> Response {
    let caching = caching(request.uri().path());
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.extend(HEADERS);
    headers.insert(CACHE_CONTROL, HeaderValue::from_static(caching));
    if response.status().is_client_error() || response.status().is_server_error() {
        response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    }
    response
}

/// A file with the hash of its content in its name never changes. Other files are revalidated each time.
fn caching(path: &str) -> &'static str {
    if is_hashed(path) { "public, max-age=31536000, immutable" } else { "no-cache" }
}

/// Whether the name has a hash by Trunk: `name-0123456789abcdef.js`, `name-0123456789abcdef_bg.wasm`.
fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or_default();
    let Some((stem, _extension)) = name.rsplit_once('.') else { return false };
    let stem = stem.strip_suffix("_bg").unwrap_or(stem);
    let Some((_, hash)) = stem.rsplit_once('-') else { return false };
    (12..=16).contains(&hash.len()) && hash.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

async fn no_such_file(_: Request) -> Result<Response, Infallible> {
    Ok(not_found())
}

fn not_found() -> Response<Body> {
    (StatusCode::NOT_FOUND, "Not found\n").into_response()
}

#[cfg(test)]
mod tests {
    use super::is_hashed;

    #[test]
    fn knows_hashed_names() {
        for (path, expected) in [
            ("/task-monitor-0123456789abcdef.js", true),
            ("/task-monitor-0123456789abcdef_bg.wasm", true),
            ("/deep/style-fedcba9876543210.css", true),
            ("/index.html", false),
            ("/", false),
            ("/task-monitor.js", false),
            // Trunk writes the hash as a number, so a leading zero is missing.
            ("/task-monitor-0123456789abcde.js", true),
            ("/task-monitor-decade.js", false),
            ("/task-monitor-0123456789abcdeg.js", false),
            ("/task-monitor-0123456789abcdef", false),
            ("/folder-0123456789abcdef.js/index.html", false),
        ] {
            assert_eq!(is_hashed(path), expected, "{path}");
        }
    }
}
