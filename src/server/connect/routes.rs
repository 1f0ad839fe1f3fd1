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
    http::{Bodies, Health, Turns, guarded, limit, limit_arriving, not_stored, nothing_here, receive},
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
    let (turns, scheme) = (Turns::new(), connected.scheme);
    let log_in = Router::new()
        .route("/ovirt-engine/sso/oauth/token", post(forward::handle))
        .route("/ovirt-engine/services/sso-logout", post(forward::handle))
        .layer(from_fn_with_state(turns.clone(), limit))
        .layer(from_fn_with_state(Bodies::of_strangers(), receive));
    let ovirt = Router::new()
        .route("/ovirt-engine/api", any(forward::handle))
        .route("/ovirt-engine/api/", any(forward::handle))
        .route("/ovirt-engine/api/{*rest}", any(forward::handle))
        .layer(from_fn_with_state(turns.clone(), limit_arriving))
        .merge(log_in)
        .route("/ovirt-engine", any(nothing_here))
        .route("/ovirt-engine/", any(nothing_here))
        .route("/ovirt-engine/{*rest}", any(nothing_here))
        .layer(not_stored())
        .with_state(Arc::new(connected));
    guarded(ovirt.fallback_service(page), hosts, scheme).merge(Health::new(turns, None).route())
}
