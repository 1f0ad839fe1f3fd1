//! Refuses requests for hosts that the server does not answer for.

use std::sync::Arc;

use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, StatusCode, header::HOST, request::Parts, uri::Authority},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{api::refuse, peer::Local};
use crate::{server::Hosts, wire::fault::Fault};

/// Passes on requests for a host of this server. Others are 421, and 400 without exactly one valid host.
pub(super) async fn check(State(hosts): State<Arc<Hosts>>, request: Request, next: Next) -> Response {
    let local = Local::of(request.extensions());
    let Some(header) = named(request.headers()) else { return StatusCode::BAD_REQUEST.into_response() };
    // A whole URL as the target of a request names a host too.
    let mut all = [request.uri().authority().cloned(), Some(header)].into_iter().flatten();
    let foreign = |host: &Authority| host.as_str().contains('@') || !hosts.contain(host.host(), local);
    match all.find(foreign) {
        None => next.run(request).await,
        Some(host) => misdirected(&request.into_parts().0, host.host()),
    }
}

/// The value of the only `Host` header.
fn named(headers: &HeaderMap) -> Option<Authority> {
    let mut hosts = headers.get_all(HOST).iter();
    let host = hosts.next().and_then(|host| Authority::try_from(host.as_bytes()).ok());
    if hosts.next().is_none() { host } else { None }
}

fn misdirected(head: &Parts, host: &str) -> Response<Body> {
    let detail =
        format!("This server does not answer for {host}. If that is its name, start it with --allowed-host {host}.");
    refuse(head, 421, &Fault::new("Foreign host.", detail), None)
}
