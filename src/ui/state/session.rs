//! The session, its user and its client.

use std::rc::Rc;

use leptos::prelude::*;

use crate::{
    api::{Client, Credentials},
    domain::rules::Dialect,
    host::{PageHost, ovirt_plugin::WebAdmin},
};

/// The state of the session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Session {
    /// Nobody is logged in.
    LoggedOut,
    /// A user is logged in.
    In {
        /// `admin@internal`; unknown until the engine has answered.
        user: Option<String>,
    },
    /// The session has ended, and its data is still on screen.
    Ended {
        /// The user of that session.
        user: Option<String>,
    },
}

impl Session {
    /// The user of the present or ended session; none after a log-out.
    pub fn user(&self) -> Option<&str> {
        match self {
            Self::In { user } | Self::Ended { user } => user.as_deref(),
            Self::LoggedOut => None,
        }
    }
}

/// The engine: its rules and its name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EngineInfo {
    /// Its rules.
    pub dialect: Dialect,
    /// Its product name and version.
    pub product: Option<String>,
}

/// A session epoch: the number of log-ins and log-outs until now. It identifies a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Epoch(u32);

/// The session: its user, its engine, its client.
#[derive(Clone, Copy)]
pub struct SessionState {
    /// The state of the session.
    pub session: RwSignal<Session>,
    /// The engine: its rules and its name.
    pub engine: RwSignal<EngineInfo>,
    client: StoredValue<Rc<Client<PageHost>>, LocalStorage>,
    epoch: StoredValue<Epoch>,
}

/// A task's reference to the session in which it began.
#[derive(Clone)]
pub struct SessionTicket {
    /// The client of that session.
    pub client: Rc<Client<PageHost>>,
    epoch: Epoch,
    state: SessionState,
}

impl SessionTicket {
    /// The epoch of the session.
    pub const fn epoch(&self) -> Epoch {
        self.epoch
    }

    /// Whether that session is still the present one. If not, the task must not use its results.
    pub fn is_current(&self) -> bool {
        self.state.epoch.try_get_value() == Some(self.epoch)
    }
}

/// The session of the page.
pub fn use_session() -> SessionState {
    expect_context()
}

impl SessionState {
    pub(super) fn new(host: PageHost) -> Self {
        let session = if host.needs_log_in() {
            Session::LoggedOut
        } else {
            Session::In { user: host.web_admin().and_then(WebAdmin::user) }
        };
        Self {
            session: RwSignal::new(session),
            engine: RwSignal::new(EngineInfo::default()),
            client: StoredValue::new_local(Rc::new(Client::new(host, Credentials::none()))),
            epoch: StoredValue::new(Epoch::default()),
        }
    }

    /// A ticket of the present session, for a task that may run longer than the session.
    pub fn ticket(self) -> SessionTicket {
        SessionTicket { client: self.client.get_value(), epoch: self.epoch.get_value(), state: self }
    }

    /// Where the page runs.
    pub fn host(self) -> PageHost {
        self.client.with_value(|client| client.transport().clone())
    }

    /// The web admin around the page, if there is one.
    pub fn web_admin(self) -> Option<WebAdmin> {
        self.client.with_value(|client| client.transport().web_admin().cloned())
    }

    /// Whether a user is logged in.
    pub fn is_in(self) -> bool {
        self.session.with(|session| matches!(session, Session::In { .. }))
    }

    /// Whether the session has ended with its data still on screen.
    pub fn has_ended(self) -> bool {
        self.session.with(|session| matches!(session, Session::Ended { .. }))
    }

    /// The rules of the engine, as far as they are known.
    pub fn dialect(self) -> Dialect {
        self.engine.with_untracked(|engine| engine.dialect)
    }

    /// The same for a task. If the page's components are gone, nobody is logged in.
    pub fn is_in_untracked(self) -> bool {
        self.session.try_with_untracked(|session| matches!(session, Session::In { .. })).unwrap_or(false)
    }

    /// Begins another session with these credentials. Tickets of the earlier session are no longer current.
    pub fn replace_client(self, credentials: Credentials) {
        let host = self.host();
        self.epoch.update_value(|epoch| epoch.0 += 1);
        self.client.set_value(Rc::new(Client::new(host, credentials)));
    }
}
