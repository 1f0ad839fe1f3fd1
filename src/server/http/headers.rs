//! Headers of groups of responses.

use axum::http::{
    HeaderValue,
    header::{CACHE_CONTROL, STRICT_TRANSPORT_SECURITY, X_CONTENT_TYPE_OPTIONS},
};
use tower_http::set_header::SetResponseHeaderLayer;

use crate::server::Scheme;

/// Responses of the API and of log-in must not be cached.
pub(in crate::server) fn not_stored() -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::overriding(CACHE_CONTROL, HeaderValue::from_static("no-store"))
}

/// Browsers must not guess content types.
pub(super) fn never_sniffed() -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::overriding(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"))
}

/// Browsers that came over TLS once, of this server itself, must not come without it for a year. Where a proxy ends TLS, that
/// is for the proxy to say.
pub(super) fn strict_transport(scheme: Scheme) -> Option<SetResponseHeaderLayer<HeaderValue>> {
    let year = HeaderValue::from_static("max-age=31536000");
    (scheme == Scheme::Https).then(|| SetResponseHeaderLayer::overriding(STRICT_TRANSPORT_SECURITY, year))
}
