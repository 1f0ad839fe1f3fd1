//! What stands in the place of `ovirt_plugin` in every page that never runs inside oVirt's web admin: a web admin that there
//! cannot be. Whatever the page would do with one, the compiler leaves out.

use std::convert::Infallible;

use crate::{
    api::{TransportError, browser::BrowserTransport},
    view::{panel::Number, route::Route},
    wire::Request,
};

/// No web admin: there is no value of it.
#[derive(Debug, Clone)]
pub struct WebAdmin(Infallible);

impl WebAdmin {
    /// None.
    pub const fn find() -> Option<Self> {
        None
    }

    /// Never called.
    pub const fn user(&self) -> Option<String> {
        match self.0 {}
    }

    /// Never called.
    pub const fn user_id(&self) -> Option<String> {
        match self.0 {}
    }

    /// Never called.
    pub const fn language(&self) -> &'static str {
        match self.0 {}
    }

    /// Never called.
    pub const fn number(&self, _: Number) -> u32 {
        match self.0 {}
    }

    /// Never called.
    pub const fn reload(&self) {
        match self.0 {}
    }

    /// Never called.
    pub const fn show_events(&self, _: &str) {
        match self.0 {}
    }

    /// Never called.
    pub const fn host_address(&self, _: &str) -> String {
        match self.0 {}
    }

    /// Never called.
    pub const fn view_address(&self, _: &Route) -> String {
        match self.0 {}
    }

    /// Never called.
    pub const fn fragment(&self) -> String {
        match self.0 {}
    }

    /// Never called.
    pub const fn keep_view(&self, _: &Route) {
        match self.0 {}
    }

    /// Never called.
    pub const fn browser(&self) -> &BrowserTransport {
        match self.0 {}
    }

    /// Never called.
    pub fn signed(&self, _: Request) -> Result<Request, TransportError> {
        match self.0 {}
    }
}
