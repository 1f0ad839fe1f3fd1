//! The server around the handler: any HTTP request, over a real database.

use std::{
    net::Ipv4Addr,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
};

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderName, HeaderValue, Request, Uri, header::HOST},
};
use base64::{Engine as _, engine::general_purpose::STANDARD};
use proptest::{collection::vec, prelude::*, sample::select, strategy::ValueTree, test_runner::TestRunner};
use task_monitor::{
    server::{
        Hosts, Scheme,
        authentication::{Authenticator, Passwords},
        database::{Database, DatabaseUrl},
        http,
    },
    wire,
};
use tower::ServiceExt;

use crate::{cases, input, support::admin};

/// A server with one user, and that user's token.
async fn server() -> (Router, String) {
    let database = Database::open(&DatabaseUrl::Memory).await.unwrap();
    let hash = Passwords::hash("secret").await.unwrap();
    database.add_account(&admin(), &hash).await.unwrap().unwrap();
    let authenticator = Authenticator::new(database.clone(), std::time::Duration::from_secs(3_600)).await.unwrap();
    let token =
        authenticator.log_in(&admin().user.user_name, "secret", Ipv4Addr::LOCALHOST.into()).await.unwrap().unwrap();
    let page = tempfile::TempDir::new().unwrap();
    (
        http::router(Arc::new(http::Server::new(database, authenticator, Scheme::Http)), page.path(), Hosts::default()),
        token,
    )
}

/// The request as HTTP; `None` if HTTP does not allow it.
fn sent(request: wire::Request, method: &str, more: &[(&str, String)]) -> Option<Request<Body>> {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(&request.query).finish();
    let uri: Uri = if query.is_empty() { request.path } else { request.path + "?" + &query }.parse().ok()?;
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let from = http::Peer(Ipv4Addr::from(COUNT.fetch_add(1, Ordering::Relaxed)).into());
    let built = Request::builder().method(method).uri(uri).extension(from);
    let mut built = built.body(Body::from(request.body)).ok()?;
    let more = more.iter().map(|(name, value)| ((*name).to_owned(), value.clone()));
    for (name, value) in request.headers.into_iter().chain(more) {
        built.headers_mut().append(HeaderName::try_from(name).ok()?, HeaderValue::try_from(value).ok()?);
    }
    built.headers_mut().insert(HOST, HeaderValue::from_static("localhost"));
    Some(built)
}

fn method() -> impl Strategy<Value = &'static str> {
    select(&["GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "BREW"][..])
}

fn more_headers(token: String) -> impl Strategy<Value = Vec<(&'static str, String)>> {
    let credentials = prop_oneof![
        6 => Just(format!("Bearer {token}")),
        1 => select(&["", "Bearer", "Bearer x", "Basic", "Basic /w==", "Negotiate x"][..]).prop_map(str::to_owned),
        // Another user and address each time, since repeated failures are delayed.
        1 => "[ -~]{6}".prop_map(|user| format!("Basic {}", STANDARD.encode(format!("{user}:y")))),
        1 => "[ -~]{0,20}",
    ];
    let prefer = select(&["", "persistent-auth", "persistent-auth, new-auth", "new-auth", ","][..]);
    let cookie = select(&["", "JSESSIONID=", "JSESSIONID=x", ";;=;"][..]);
    (credentials, vec(prefer, 0..2), vec(cookie, 0..2)).prop_map(|(credentials, prefer, cookie)| {
        let prefer = prefer.into_iter().map(|prefer| ("prefer", prefer.to_owned()));
        let cookie = cookie.into_iter().map(|cookie| ("cookie", cookie.to_owned()));
        [("authorization", credentials)].into_iter().chain(prefer).chain(cookie).collect()
    })
}

/// One server answers all requests.
#[tokio::test]
async fn no_request_is_a_server_error() {
    let (router, token) = server().await;
    let mut runner = TestRunner::new(cases(0));
    let requests = (input::request(), method(), more_headers(token.clone()));
    let sign_on = (select(&["/ovirt-engine/sso/oauth/token", "/ovirt-engine/services/sso-logout"][..]), input::body());
    for _ in 0..1_000 {
        let (request, method, more) = requests.new_tree(&mut runner).unwrap().current();
        let shown =
            format!("{method} {request:?} {:?} {more:?} {:?}", request.headers, String::from_utf8_lossy(&request.body));
        let Some(request) = sent(request, method, &more) else { continue };
        let response = router.clone().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        to_bytes(response.into_body(), usize::MAX).await.unwrap();
        assert!(status < 500, "{status}: {shown}");
    }
    for _ in 0..200 {
        let (path, body) = sign_on.new_tree(&mut runner).unwrap().current();
        let shown = format!("{path} {:?}", String::from_utf8_lossy(&body));
        let request = wire::Request { body, ..wire::Request::new(wire::Method::Post, path) };
        let request = sent(request.with_header("accept", "application/json"), "POST", &[]).unwrap();
        let status = router.clone().oneshot(request).await.unwrap().status().as_u16();
        assert!(status < 500, "{status}: {shown}");
    }
    // The server still works.
    let jobs = wire::Request::new(wire::Method::Get, "/ovirt-engine/api/jobs");
    let request = sent(jobs, "GET", &[("authorization", format!("Bearer {token}"))]).unwrap();
    assert_eq!(router.oneshot(request).await.unwrap().status(), 200);
}
