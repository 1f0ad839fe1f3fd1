//! The connection to the engine, the schedule of polls, and the counts of unreadable data.

use leptos::prelude::*;

use super::PreferencesState;
use crate::{
    api::ApiError,
    domain::Time,
    host::PageHost,
    view::{
        connection::Connection,
        panel::POLL_SECONDS,
        poll::{Pace, Poller},
    },
};

/// The connection, the poller, and the counts of unreadable data.
#[derive(Clone, Copy)]
pub struct ConnectionState {
    /// The result of the last poll.
    pub connection: RwSignal<Connection>,
    /// The schedule of polls.
    pub poller: RwSignal<Poller>,
    /// How many jobs have come of the list that is being read: the last full hundred.
    pub arrived: RwSignal<usize>,
    /// Entries of the engine's lists that could not be read.
    pub unreadable: RwSignal<usize>,
    /// Jobs whose steps could not be read.
    pub unread_steps: RwSignal<usize>,
}

/// The connection of the page.
pub fn use_connection() -> ConnectionState {
    expect_context()
}

impl ConnectionState {
    pub(super) fn new(preferences: PreferencesState, host: &PageHost) -> Self {
        let mut poller = Poller::new(preferences.get_untracked().pace);
        if let Some(web_admin) = host.web_admin() {
            poller.set_while_running(web_admin.number(POLL_SECONDS));
        }
        Self {
            connection: RwSignal::new(Connection::Loading),
            poller: RwSignal::new(poller),
            arrived: RwSignal::new(0),
            unreadable: RwSignal::new(0),
            unread_steps: RwSignal::new(0),
        }
    }

    /// So many jobs have come.
    pub fn tell_progress(self, jobs: usize) {
        let hundreds = jobs - jobs % 100;
        if self.arrived.try_get_untracked().is_some_and(|arrived| arrived != hundreds) {
            self.arrived.set(hundreds);
        }
    }

    /// The last poll, or another read in its place, failed.
    pub fn lose(self, error: ApiError) {
        self.connection.update(|connection| *connection = connection.lost(error, None));
    }

    /// When timed polls were paused, if they are.
    pub fn paused_since(self) -> Option<Time> {
        self.poller.with(Poller::paused_since)
    }

    /// The admin's pace.
    pub fn pace(self) -> Pace {
        self.poller.with(Poller::pace)
    }

    /// Whether there is no timed poll: then the page polls only on request.
    pub fn is_manual(self) -> bool {
        self.poller.with_untracked(|poller| !poller.is_timed())
    }

    /// Whether an answer asks the page to wait. Only the admin may make requests before.
    pub fn is_held(self, now: Time) -> bool {
        self.poller.with_untracked(|poller| poller.is_held(now))
    }

    pub(super) fn forget(self) {
        self.connection.set(Connection::Loading);
        self.arrived.set(0);
        self.unreadable.set(0);
        self.unread_steps.set(0);
    }
}
