//! Which requests are forwarded.

use std::sync::Arc;

use axum::{
    Router,
    middleware::from_fn_with_state,
    routing::{any, post},
};

use super::{client::EngineClient, forward};
use crate::server::{
    Hosts, Scheme,
    http::{guarded, in_flight, not_stored, nothing_here},
};

/// What handlers need.
#[derive(Debug)]
pub(super) struct Connected {
    pub(super) client: EngineClient,
    /// How clients connect.
    pub(super) scheme: Scheme,
}

/// What the page asks an engine for goes there, and nothing else; the rest is the page.
pub(super) fn router(connected: Connected, page: Router, hosts: Hosts) -> Router {
    let ovirt = Router::new()
        .route("/ovirt-engine/api", any(forward::handle))
        .route("/ovirt-engine/api/", any(forward::handle))
        .route("/ovirt-engine/api/{*rest}", any(forward::handle))
        .route("/ovirt-engine/sso/oauth/token", post(forward::handle))
        .route("/ovirt-engine/services/sso-logout", post(forward::handle))
        .layer(from_fn_with_state(in_flight::permits(), in_flight::limit))
        .route("/ovirt-engine", any(nothing_here))
        .route("/ovirt-engine/", any(nothing_here))
        .route("/ovirt-engine/{*rest}", any(nothing_here))
        .layer(not_stored())
        .with_state(Arc::new(connected));
    guarded(ovirt.fallback_service(page), hosts)
}
