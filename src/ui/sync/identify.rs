//! Identifies the engine and the user.

use leptos::{prelude::*, task::spawn_local};

use super::Sync;
use crate::{
    domain::rules::Dialect,
    ui::state::{EngineInfo, Session, SessionTicket},
};

impl Sync {
    /// Starts the polls. The first request of a session is sent alone: an engine makes a session of its own for each request
    /// that comes before the first answer, and the token ends with the session that is not used again (contract, section 4).
    pub(super) fn begin(self) {
        let ticket = self.state.session.ticket();
        spawn_local(async move {
            self.identify(&ticket).await;
            if ticket.is_current() {
                self.refresh();
            }
        });
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
        let Ok(root) = root else { return Self::release(self.identified, ticket) };
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
