//! Identifies the engine and the user.

use leptos::{prelude::*, task::spawn_local};

use super::Sync;
use crate::{
    api::{ApiError, ApiRoot},
    domain::rules::Dialect,
    ui::state::{EngineInfo, Session, SessionTicket},
};

impl Sync {
    /// Begins a session: identifies the engine, then polls.
    pub(super) fn begin(self) {
        let ticket = self.state.session.ticket();
        spawn_local(async move {
            self.identify(&ticket).await;
            if ticket.is_current() {
                self.refresh();
            }
        });
    }

    /// Begins a session after a log-in, with the answer to its first request.
    pub(super) fn begin_with(self, root: Result<ApiRoot, ApiError>) {
        let ticket = self.state.session.ticket();
        self.refresh();
        if let Ok(root) = root
            && Self::claim(self.identified, &ticket)
        {
            spawn_local(async move { self.take_root(&ticket, root).await });
        }
    }

    /// Tries again after a successful poll, if an earlier answer was lost.
    pub(super) fn identify_if_unknown(self) {
        let ticket = self.state.session.ticket();
        spawn_local(async move { self.identify(&ticket).await });
    }

    /// Until it is identified, an engine counts as an oVirt engine.
    async fn identify(self, ticket: &SessionTicket) {
        if !Self::claim(self.identified, ticket) {
            return;
        }
        let root = ticket.client.root().await;
        if !ticket.is_current() {
            return;
        }
        // The poll shows the error. The next successful poll tries again.
        match root {
            Ok(root) => self.take_root(ticket, root).await,
            Err(_) => Self::release(self.identified, ticket),
        }
    }

    async fn take_root(self, ticket: &SessionTicket, root: ApiRoot) {
        if !root.has_events {
            self.have_no_events();
        }
        let dialect = Dialect::of_product(root.product.as_deref());
        let product = root.product.map(|name| match root.version {
            Some(version) => format!("{name} {version}"),
            None => name,
        });
        self.state.session.engine.set(EngineInfo { dialect, product });
        let known = self.state.session.session.with_untracked(|session| session.user().is_some());
        if let Some(id) = root.user.filter(|_| !known)
            && let Ok(name) = ticket.client.user(id).await
            && ticket.is_current()
        {
            self.state.session.session.set(Session::In { user: Some(name.0) });
        }
    }
}
