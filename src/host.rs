//! Where the page runs: in a tab of its own beside an engine, or as a demo that brings its engine along.

#[cfg(feature = "demo")]
pub mod demo;

use crate::{
    api::{Transport, TransportError, browser::BrowserTransport},
    wire::{Request, Response},
};

/// The home that the page was built for.
#[derive(Debug, Clone)]
pub enum Host {
    /// A tab in an admin's browser, talking to the engine that served it.
    StandAlone(BrowserTransport),
    /// Files on a static host and nothing else; the engine runs inside the page.
    #[cfg(feature = "demo")]
    Demo(demo::DemoEngine),
}

impl Host {
    /// Finds out where we are.
    pub fn detect() -> Self {
        #[cfg(feature = "demo")]
        return Self::Demo(demo::DemoEngine::open());
        #[cfg(not(feature = "demo"))]
        Self::StandAlone(BrowserTransport::default())
    }

    /// Whether somebody has to log in.
    pub const fn needs_log_in(&self) -> bool {
        match self {
            Self::StandAlone(_) => true,
            #[cfg(feature = "demo")]
            Self::Demo(_) => false,
        }
    }

    /// The engine inside the page.
    #[cfg(feature = "demo")]
    pub fn demo(&self) -> Option<demo::DemoEngine> {
        match self {
            Self::StandAlone(_) => None,
            Self::Demo(engine) => Some(engine.clone()),
        }
    }

    /// Gives up all requests that are under way.
    pub fn give_up(&self) {
        match self {
            Self::StandAlone(browser) => browser.give_up(),
            #[cfg(feature = "demo")]
            Self::Demo(_) => (),
        }
    }
}

impl Transport for Host {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        match self {
            Self::StandAlone(browser) => browser.send(request).await,
            #[cfg(feature = "demo")]
            Self::Demo(engine) => engine.send(request).await,
        }
    }
}
