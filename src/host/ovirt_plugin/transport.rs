//! Requests with web admin's session. Each carries the token, which is read at that moment, and goes to this page's own origin.

use leptos::prelude::window;

use super::WebAdmin;
use crate::{
    api::{TransportError, browser::BrowserTransport, is_of_origin},
    wire::Request,
};

/// The root of all paths of an engine, as in [`crate::api::Endpoint`].
const ROOT: &str = "/ovirt-engine";

impl WebAdmin {
    /// The transport for signed requests.
    pub const fn browser(&self) -> &BrowserTransport {
        &self.browser
    }

    /// Adds the engine's address and the token to a request.
    pub fn signed(&self, request: Request) -> Result<Request, TransportError> {
        let path = match self.text("engineBaseUrl") {
            Some(base) if !is_own(&base) => return Err(TransportError::Foreign),
            // `https://engine.example/ovirt-engine/`, on some engines without the last slash.
            Some(base) => {
                base.trim_end_matches('/').to_owned() + request.path.strip_prefix(ROOT).unwrap_or(&request.path)
            }
            None => request.path.clone(),
        };
        let token = self.text("ssoToken").ok_or(TransportError::NoToken)?;
        Ok(Request { path, ..request }.with_header("authorization", "Bearer ".to_owned() + &token))
    }
}

/// Whether an address has this page's own origin.
fn is_own(address: &str) -> bool {
    window().location().origin().is_ok_and(|origin| is_of_origin(address, &origin))
}
