//! Headers that whole groups of answers share.

use axum::http::{
    HeaderValue,
    header::{CACHE_CONTROL, X_CONTENT_TYPE_OPTIONS},
};
use tower_http::set_header::SetResponseHeaderLayer;

/// What the API and log-in answer concerns one caller at one moment.
pub(super) fn not_stored() -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::overriding(CACHE_CONTROL, HeaderValue::from_static("no-store"))
}

/// Browsers take content for what its type says.
pub(super) fn never_sniffed() -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::overriding(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"))
}
