//! Who is logged in, and the client that speaks for them.

use std::rc::Rc;

use leptos::prelude::*;

use crate::{
    api::{Client, Credentials},
    domain::rules::Dialect,
    host::{PageHost, ovirt_plugin::WebAdmin},
};

/// Who we are to the engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Session {
    /// Nobody is logged in.
    LoggedOut,
    /// Somebody is.
    In {
        /// `admin@internal`; not known before the engine has told it.
        user: Option<String>,
    },
    /// The session has ended, and its data is still on screen.
    Ended {
        /// Whose session it was.
        user: Option<String>,
    },
}

impl Session {
    /// Who is logged in, or was; nobody after a log-out.
    pub fn user(&self) -> Option<&str> {
        match self {
            Self::In { user } | Self::Ended { user } => user.as_deref(),
            Self::LoggedOut => None,
        }
    }
}

/// What is at the other end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct EngineInfo {
    /// Which rules it follows.
    pub dialect: Dialect,
    /// What it calls itself, with its version.
    pub product: Option<String>,
}

/// Counts log-ins and log-outs: it tells what belongs to which session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Epoch(u32);

/// The session: its user, its engine, its client.
#[derive(Clone, Copy)]
pub struct SessionState {
    /// Who we are.
    pub session: RwSignal<Session>,
    /// What is at the other end.
    pub engine: RwSignal<EngineInfo>,
    client: StoredValue<Rc<Client<PageHost>>, LocalStorage>,
    epoch: StoredValue<Epoch>,
}

/// What a task needs of the session that it was begun in.
#[derive(Clone)]
pub struct SessionTicket {
    /// The client of that session.
    pub client: Rc<Client<PageHost>>,
    epoch: Epoch,
    state: SessionState,
}

impl SessionTicket {
    /// Which session it is.
    pub const fn epoch(&self) -> Epoch {
        self.epoch
    }

    /// Whether that session is still the present one. What comes back after it has ended is not to be used.
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

    /// The present session, for a task that may outlast it.
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

    /// Whether somebody is logged in now.
    pub fn is_in(self) -> bool {
        self.session.with(|session| matches!(session, Session::In { .. }))
    }

    /// Whether the session has ended with its data still on screen.
    pub fn has_ended(self) -> bool {
        self.session.with(|session| matches!(session, Session::Ended { .. }))
    }

    /// Which rules the engine follows, as far as is known.
    pub fn dialect(self) -> Dialect {
        self.engine.with_untracked(|engine| engine.dialect)
    }

    /// The same for a task, which may outlast the page's components: then nobody is.
    pub fn is_in_untracked(self) -> bool {
        self.session.try_with_untracked(|session| matches!(session, Session::In { .. })).unwrap_or(false)
    }

    /// Begins another session with these credentials. The tickets of the one before are no longer current.
    pub fn replace_client(self, credentials: Credentials) {
        let host = self.host();
        self.epoch.update_value(|epoch| epoch.0 += 1);
        self.client.set_value(Rc::new(Client::new(host, credentials)));
    }
}
