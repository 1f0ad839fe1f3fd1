//! Which headers pass.

use axum::http::{
    HeaderMap, HeaderName,
    header::{
        ALT_SVC, CONNECTION, COOKIE, EXPECT, HOST, ORIGIN, PROXY_AUTHENTICATE, PROXY_AUTHORIZATION, REFERER,
        SET_COOKIE, STRICT_TRANSPORT_SECURITY, TE, TRAILER, TRANSFER_ENCODING, UPGRADE,
    },
};

/// They are about one connection, not about a request (RFC 9110, section 7.6.1).
const HOP_BY_HOP: [HeaderName; 9] = [
    CONNECTION,
    HeaderName::from_static("keep-alive"),
    HeaderName::from_static("proxy-connection"),
    PROXY_AUTHENTICATE,
    PROXY_AUTHORIZATION,
    TE,
    TRAILER,
    TRANSFER_ENCODING,
    UPGRADE,
];

/// `Origin` and `Referer` were checked here: an engine with CORS refuses every origin that it does not list
/// (`CORSSupportFilter`). `Expect` is answered here, and `Host` becomes the engine's.
const NOT_SENT: [HeaderName; 5] = [COOKIE, EXPECT, HOST, ORIGIN, REFERER];

/// Besides cookies, what a browser would keep about this host although the engine says it about its own.
const NOT_RETURNED: [HeaderName; 3] = [ALT_SVC, SET_COOKIE, STRICT_TRANSPORT_SECURITY];

/// Removes what the engine must not get.
pub(super) fn clean_request(headers: &mut HeaderMap) {
    remove_hop_by_hop(headers);
    for name in &NOT_SENT {
        headers.remove(name);
    }
}

/// Removes what the client must not get.
pub(super) fn clean_response(headers: &mut HeaderMap) {
    remove_hop_by_hop(headers);
    for name in &NOT_RETURNED {
        headers.remove(name);
    }
}

/// Also those that `Connection` names.
fn remove_hop_by_hop(headers: &mut HeaderMap) {
    let named = headers.get_all(CONNECTION).iter().filter_map(|value| value.to_str().ok());
    let named = named.flat_map(|names| names.split(',')).filter_map(|name| name.trim().parse().ok());
    let named: Vec<HeaderName> = named.collect();
    for name in named.iter().chain(&HOP_BY_HOP) {
        headers.remove(name);
    }
}
