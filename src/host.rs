//! Where the page runs: in a tab beside the engine that served it, in oVirt's web admin, or as a demo with its engine inside.

#[cfg(feature = "demo")]
pub mod demo;
pub mod ovirt_plugin;

use std::ops::ControlFlow;

pub use crate::api::browser::Turn;

use crate::{
    api::{Received, Transport, TransportError, browser::BrowserTransport},
    domain::Time,
    wire::{Request, Response},
};
use ovirt_plugin::WebAdmin;

/// Where this page runs.
#[derive(Debug, Clone)]
pub enum PageHost {
    /// A tab in an admin's browser. The page talks to the engine that served it.
    StandAlone(BrowserTransport),
    /// A frame in oVirt's web admin, with web admin's session.
    WebAdmin(WebAdmin),
    /// Files on a static host. The engine runs inside the page.
    #[cfg(feature = "demo")]
    Demo(demo::DemoEngine),
}

impl PageHost {
    /// Finds out where the page runs. Inside web admin it is the panel, in any build; outside it a demo build is the demo. Nothing
    /// in the address changes that.
    pub fn detect() -> Self {
        WebAdmin::find().map_or_else(Self::outside_web_admin, Self::WebAdmin)
    }

    #[cfg(not(feature = "demo"))]
    fn outside_web_admin() -> Self {
        Self::StandAlone(BrowserTransport::default())
    }

    #[cfg(feature = "demo")]
    fn outside_web_admin() -> Self {
        Self::Demo(demo::DemoEngine::open())
    }

    /// Whether somebody has to log in.
    pub const fn needs_log_in(&self) -> bool {
        matches!(self, Self::StandAlone(_))
    }

    /// The web admin around the page.
    pub const fn web_admin(&self) -> Option<&WebAdmin> {
        if let Self::WebAdmin(web_admin) = self { Some(web_admin) } else { None }
    }

    /// The engine inside the page.
    #[cfg(feature = "demo")]
    pub fn demo(&self) -> Option<demo::DemoEngine> {
        if let Self::Demo(engine) = self { Some(engine.clone()) } else { None }
    }

    /// Cancels all requests that are under way.
    pub fn give_up(&self) {
        match self {
            Self::StandAlone(browser) => browser.give_up(),
            Self::WebAdmin(web_admin) => web_admin.browser().give_up(),
            #[cfg(feature = "demo")]
            Self::Demo(_) => (),
        }
    }
}

impl Transport for PageHost {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        match self {
            Self::StandAlone(browser) => browser.send(request).await,
            Self::WebAdmin(web_admin) => web_admin.browser().send(web_admin.signed(request)?).await,
            #[cfg(feature = "demo")]
            Self::Demo(engine) => engine.send(request).await,
        }
    }

    async fn receive(
        &self,
        request: Request,
        sink: &mut impl FnMut(&[u8]) -> ControlFlow<()>,
    ) -> Result<Received, TransportError> {
        match self {
            Self::StandAlone(browser) => browser.receive(request, sink).await,
            Self::WebAdmin(web_admin) => web_admin.browser().receive(web_admin.signed(request)?, sink).await,
            #[cfg(feature = "demo")]
            Self::Demo(engine) => engine.receive(request, sink).await,
        }
    }

    fn now(&self) -> Option<Time> {
        match self {
            Self::StandAlone(browser) => browser.now(),
            Self::WebAdmin(web_admin) => web_admin.browser().now(),
            #[cfg(feature = "demo")]
            Self::Demo(_) => None,
        }
    }
}
