//! Where the page runs: in a tab of its own beside an engine, as a place of oVirt's web admin, or as a demo that brings its
//! engine along.

#[cfg(feature = "demo")]
pub mod demo;
#[cfg(feature = "web-admin")]
pub mod ovirt_plugin;
/// What stands in its place in every other page.
#[cfg(not(feature = "web-admin"))]
#[path = "host/no_web_admin.rs"]
pub mod ovirt_plugin;

use crate::{
    api::{Transport, TransportError, browser::BrowserTransport},
    wire::{Request, Response},
};
use ovirt_plugin::WebAdmin;

/// The home that the page has found itself in.
#[derive(Debug, Clone)]
pub enum Host {
    /// A tab in an admin's browser, talking to the engine that served it.
    StandAlone(BrowserTransport),
    /// A frame in oVirt's web admin, with its session.
    WebAdmin(WebAdmin),
    /// Files on a static host and nothing else; the engine runs inside the page.
    #[cfg(feature = "demo")]
    Demo(demo::DemoEngine),
}

impl Host {
    /// Finds out where we are: a page built for web admin that one holds is its panel; any other is what it was built for.
    /// Nothing in the address changes that: `?demo` means something only where a demo was built, and that is always one.
    pub fn detect() -> Self {
        if let Some(web_admin) = WebAdmin::find() {
            return Self::WebAdmin(web_admin);
        }
        #[cfg(feature = "demo")]
        return Self::Demo(demo::DemoEngine::open());
        #[cfg(not(feature = "demo"))]
        Self::StandAlone(BrowserTransport::default())
    }

    /// Whether somebody has to log in.
    pub const fn needs_log_in(&self) -> bool {
        match self {
            Self::StandAlone(_) => true,
            Self::WebAdmin(_) => false,
            #[cfg(feature = "demo")]
            Self::Demo(_) => false,
        }
    }

    /// The web admin around the page.
    pub const fn web_admin(&self) -> Option<&WebAdmin> {
        match self {
            Self::WebAdmin(web_admin) => Some(web_admin),
            Self::StandAlone(_) => None,
            #[cfg(feature = "demo")]
            Self::Demo(_) => None,
        }
    }

    /// The engine inside the page.
    #[cfg(feature = "demo")]
    pub fn demo(&self) -> Option<demo::DemoEngine> {
        match self {
            Self::StandAlone(_) | Self::WebAdmin(_) => None,
            Self::Demo(engine) => Some(engine.clone()),
        }
    }

    /// Gives up all requests that are under way.
    pub fn give_up(&self) {
        match self {
            Self::StandAlone(browser) => browser.give_up(),
            Self::WebAdmin(web_admin) => web_admin.browser().give_up(),
            #[cfg(feature = "demo")]
            Self::Demo(_) => (),
        }
    }
}

impl Transport for Host {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        let (browser, request) = match self {
            Self::StandAlone(browser) => (browser, request),
            Self::WebAdmin(web_admin) => (web_admin.browser(), web_admin.signed(request)?),
            #[cfg(feature = "demo")]
            Self::Demo(engine) => return engine.send(request).await,
        };
        browser.send(request).await
    }
}
