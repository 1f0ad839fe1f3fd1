//! What all components share: the state, and the monitor that keeps it true.

use leptos::prelude::*;

use super::{clock, monitor::Monitor, storage};
use crate::ui::part::{
    live::{Live, live},
    state::State,
};
use crate::{
    domain::{HostId, Time, outline::NodeId, rules::Dialect},
    host::{Host, ovirt_plugin::WebAdmin},
    view::{
        form::{Draft, Form},
        grid::Grid,
        link::Link,
        panel::POLL_SECONDS,
        poll::Poller,
        preferences::{Preferences, Theme},
        route::Target,
    },
};

/// The shared state. Copies are handles to the same.
#[derive(Clone, Copy)]
pub struct Context {
    /// The tree grid, and with it all that is known of the engine's jobs.
    pub grid: State<Grid>,
    /// The engine's time; moves on once a second while anybody can see it.
    pub now: State<Time>,
    /// How true what is on screen is.
    pub link: State<Link>,
    /// When to ask again.
    pub poller: State<Poller>,
    /// Who we are.
    pub session: State<Session>,
    /// What is at the other end.
    pub engine: State<Engine>,
    /// The form on screen.
    pub form: State<Option<Form>>,
    /// The row menu on screen.
    pub menu: State<Option<RowMenu>>,
    /// Whether the keyboard help is on screen.
    pub help: State<bool>,
    /// What was said about an own action.
    pub notices: State<Vec<Notice>>,
    /// What a screen reader is told next.
    pub announcement: State<String>,
    /// How the admin likes the page.
    pub preferences: State<Preferences>,
    /// A link that no id can name.
    pub nonsense: State<Option<String>>,
    /// Entries of the engine's lists that could not be read.
    pub unreadable: State<usize>,
    /// Jobs whose steps were asked for in vain.
    pub unread: State<usize>,
    /// The browser's focus is to follow the grid's, although it may not be in the grid (any more).
    pub focus_wanted: StoredValue<bool>,
    /// What hosts are called, of those that were asked for; none if that is not known (yet).
    pub hosts: State<Vec<(HostId, Option<String>)>>,
    monitor: StoredValue<Monitor, LocalStorage>,
}

/// Who we are to the engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Session {
    /// Nobody yet.
    LoggedOut,
    /// Somebody; the name comes with the first answers.
    In {
        /// `admin@internal`
        user: Option<String>,
    },
    /// Nobody any more, with somebody's data still on screen.
    Ended {
        /// Who it was.
        user: Option<String>,
    },
}

/// What is at the other end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Engine {
    /// Which rules it follows.
    pub dialect: Dialect,
    /// What it calls itself, with its version.
    pub product: Option<String>,
}

/// The row menu on screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct RowMenu {
    /// Whose.
    pub node: NodeId,
    /// Where, in CSS pixels of the view.
    pub x: i32,
    /// Likewise.
    pub y: i32,
}

/// What was said about an own action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Tells notices apart.
    pub id: u32,
    /// The sentence.
    pub text: String,
    /// Whether it is bad news, which stays until it is closed.
    pub bad: bool,
    /// What it is about, to go there.
    pub about: Option<NodeId>,
    /// What was asked for in vain, to ask again.
    pub again: Option<Draft>,
}

impl Context {
    /// Sets everything up for a host. Nothing is asked of an engine yet.
    pub fn new(host: Host) -> Self {
        let web_admin = host.web_admin().cloned();
        // Web admin is light.
        let theme = if web_admin.is_some() { Theme::Light } else { Theme::System };
        let preferences = storage::preferences().unwrap_or(Preferences { theme, ..Preferences::default() });
        let now = clock::browser_now();
        let session = if host.needs_log_in() {
            Session::LoggedOut
        } else {
            Session::In { user: web_admin.as_ref().and_then(WebAdmin::user) }
        };
        let monitor = StoredValue::new_local(Monitor::new(host));
        let context = Self {
            grid: State::new(Grid::new(now, clock::zone())),
            now: State::new(now),
            link: State::new(Link::Loading),
            poller: State::new(Poller::new(preferences.pace)),
            session: State::new(session),
            engine: State::new(Engine::default()),
            form: State::new(None),
            menu: State::new(None),
            help: State::new(false),
            notices: State::new(Vec::new()),
            announcement: State::new(String::new()),
            preferences: State::new(preferences),
            nonsense: State::new(None),
            unreadable: State::new(0),
            unread: State::new(0),
            focus_wanted: StoredValue::new(false),
            hosts: State::new(Vec::new()),
            monitor,
        };
        if let Some(web_admin) = web_admin {
            context.poller.update_untracked(|poller| poller.set_while_running(web_admin.number(POLL_SECONDS)));
        }
        context.grid.update_untracked(|grid| grid.restore_open(storage::open_nodes()));
        context
    }

    /// The one that `App` provides.
    pub fn get() -> Self {
        expect_context()
    }

    /// What keeps the state true.
    pub fn monitor(&self) -> Monitor {
        self.monitor.get_value()
    }

    /// The web admin around the page.
    pub fn web_admin(&self) -> Option<WebAdmin> {
        self.monitor().client().transport().web_admin().cloned()
    }

    /// Whether we are logged in, or were and have the data still.
    pub fn has_session(&self) -> bool {
        self.session.with(|session| *session != Session::LoggedOut)
    }

    /// Which rules the engine follows, as far as is known by now.
    pub fn dialect(&self) -> Dialect {
        self.engine.with_untracked(|engine| engine.dialect)
    }

    /// Whether single keys work everywhere in the page.
    pub fn has_shortcuts(&self) -> bool {
        !self.preferences.with(|preferences| preferences.plain_keys)
    }

    /// The key, for whom it is to be told to; none while shortcuts are off.
    pub fn shortcut(self, key: &'static str) -> Live {
        live(move || self.has_shortcuts().then_some(key))
    }

    /// Selects a node, or nothing. The URL follows.
    pub fn select(&self, node: Option<NodeId>) {
        self.nonsense.set(None);
        self.grid.update(|grid| grid.select(node));
        self.monitor().fetch_steps(*self);
    }

    /// Goes to a node: opens the way to it, focuses it, scrolls to it.
    pub fn go_to(&self, target: Target) {
        self.nonsense.set(match &target {
            Target::Nonsense(text) => Some(text.clone()),
            Target::List | Target::Node(_) => None,
        });
        self.focus_wanted.set_value(target.node().is_some());
        self.grid.update(|grid| match target.node() {
            Some(node) => grid.go_to(node),
            None => grid.select(None),
        });
        self.monitor().fetch_steps(*self);
    }

    /// Goes to a node that the admin asked for: search and filters do not stand in the way.
    pub fn show(&self, node: NodeId) {
        self.go_to(Target::Node(node));
        self.grid.update(Grid::unhide_selected);
    }

    /// Opens or closes a row, and fetches what is below it.
    pub fn toggle(&self, node: NodeId) {
        self.monitor().look_again_at(*self, node.job());
        self.grid.update(|grid| grid.toggle(node));
        self.monitor().fetch_steps(*self);
    }

    /// Says what became of an own action.
    pub fn say(&self, text: impl Into<String>, bad: bool, about: Option<NodeId>) {
        self.notice(text.into(), bad, about, None);
    }

    /// Says something of a form that is closed, and offers to open it again as it was.
    pub fn offer_again(&self, text: String, bad: bool, draft: Draft) {
        self.notice(text, bad, draft.target(), Some(draft));
    }

    fn notice(&self, text: String, bad: bool, about: Option<NodeId>, again: Option<Draft>) {
        self.notices.update(|notices| {
            let id = notices.last().map_or(0, |last| last.id + 1);
            // What is said again is said once.
            notices.retain(|notice| notice.text != text);
            notices.push(Notice { id, text, bad, about, again });
        });
    }
}
