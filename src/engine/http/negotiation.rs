//! Which forms of body and which version of the API a request wants. For now there is JSON, and version 4.

use super::{Call, Environment, Store};
use crate::wire::{Method, Response};

impl<S: Store, E: Environment> Call<'_, S, E> {
    /// 415 for a body that is not JSON, 406 for a client that does not want any.
    pub(super) fn refused_form(&self) -> Option<Response> {
        let request = self.request;
        if request.method == Method::Post && !sends_json(request.header("content-type"), request.body.is_empty()) {
            return Some(Response::empty(415));
        }
        let accept = self.parameters.text("accept").or_else(|| request.header("accept"));
        (!accepts_json(accept)).then(|| Response::empty(406))
    }

    /// Version 3 is known but gone; others never were (`VersionFilter.java`).
    pub(super) fn refused_version(&self) -> Option<Response> {
        match self.request.header("version").map(str::trim) {
            None | Some("" | "4") => None,
            Some("3") => Some(Response::empty(405)),
            Some(_) => {
                let mut refusal = Response::empty(400).with_header("content-type", "text/html;charset=UTF-8");
                refusal.body = crate::wire::Body::Bytes(UNSUPPORTED_VERSION.to_vec());
                Some(refusal)
            }
        }
    }
}

const UNSUPPORTED_VERSION: &[u8] =
    b"<html><head><title>Error</title></head><body>The version is not supported; use 4.</body></html>";

/// A body without a type is nobody's JSON; no body at all needs no type.
fn sends_json(content_type: Option<&str>, empty: bool) -> bool {
    match content_type {
        Some(content_type) => media_type(content_type).eq_ignore_ascii_case("application/json"),
        None => empty,
    }
}

fn accepts_json(accept: Option<&str>) -> bool {
    let Some(accept) = accept.filter(|accept| !accept.trim().is_empty()) else { return true };
    accept.split(',').any(|range| {
        let media = media_type(range).to_ascii_lowercase();
        matches!(media.as_str(), "*/*" | "*" | "application/*" | "application/json") && !refused_by_quality(range)
    })
}

fn media_type(text: &str) -> &str {
    text.split(';').next().unwrap_or_default().trim()
}

/// `q=0` means: anything but this.
fn refused_by_quality(range: &str) -> bool {
    let quality = range.split(';').skip(1).find_map(|parameter| parameter.trim().strip_prefix("q="));
    quality.and_then(|quality| quality.trim().parse::<f32>().ok()).is_some_and(|quality| quality <= 0.0)
}
