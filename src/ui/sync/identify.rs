//! Asking what is at the other end, and who we are to it.

use leptos::{prelude::*, task::spawn_local};

use super::Sync;
use crate::{
    domain::rules::Dialect,
    ui::state::{EngineInfo, Session, SessionTicket},
};

impl Sync {
    /// Begins to watch. The first request of a session goes alone: an engine makes one session of its own for each request
    /// that comes before the first is answered, and the token ends with the one that is not used again (contract, section 4).
    pub(super) fn begin(self) {
        let ticket = self.state.session.ticket();
        spawn_local(async move {
            self.identify(&ticket).await;
            if ticket.is_current() {
                self.refresh();
            }
        });
    }

    /// Asks again after a poll that succeeded, if an earlier answer was lost.
    pub(super) fn identify_if_unknown(self) {
        let ticket = self.state.session.ticket();
        spawn_local(async move { self.identify(&ticket).await });
    }

    /// Until the engine has told what it is, it counts as an oVirt engine.
    async fn identify(self, ticket: &SessionTicket) {
        if !Self::claim(self.identified, ticket) {
            return;
        }
        let root = ticket.client.root().await;
        if !ticket.is_current() {
            return;
        }
        // The poll says what is wrong; the next that succeeds asks again.
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
