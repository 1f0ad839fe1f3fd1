//! Keeps the state up to date: polls the engine, fetches steps and names, and carries out submissions. The state machines of
//! [`crate::view`] decide when and what to request. The tasks write state and do not use components.
//!
//! Each task belongs to one session. It takes a [`SessionTicket`](super::state::SessionTicket) when it begins. Answers that come
//! after the end of that session are not used.

mod announce;
mod events;
mod filter;
mod follow;
mod identify;
mod list;
mod names;
mod poll;
mod session;
mod steps;
mod submit;

use std::sync::Arc;

use futures_channel::mpsc::{UnboundedSender, unbounded};
use leptos::{ev, prelude::*, task::spawn_local};
use web_sys::VisibilityState;

pub use self::submit::{known_job, knows_steps};
use self::{list::no_list, poll::Wake};
use super::state::{AppState, Epoch, SessionTicket};
use crate::{
    api::{ApiError, CorrelationId, JobList},
    domain::{
        JobId, UserId,
        outline::{Filter, JobNode, Snapshot},
    },
    view::{budget::Budget, reasons::Reasons, steps::StepsSchedule, unsettled::Unsettled},
};

/// The tasks of the page, and their own state. Copies are handles to the same tasks.
#[derive(Clone, Copy)]
pub struct Sync {
    state: AppState,
    /// Wakes the poll loop.
    wake: StoredValue<UnboundedSender<Wake>, LocalStorage>,
    /// What the engine's last list of jobs said.
    list: StoredValue<JobList<Arc<JobNode>>>,
    steps: StoredValue<StepsSchedule>,
    /// The requests that may still repeat themselves before the next poll.
    budget: StoredValue<Budget>,
    /// The filter whose matches are being looked for.
    filtering: StoredValue<Option<Filter>>,
    /// The session whose owners' names are being fetched. There is one request at a time.
    fetching_names: StoredValue<Option<Epoch>>,
    /// Owners whose names this user may not see, or who were removed.
    nameless: StoredValue<Vec<UserId>>,
    /// The session in which the engine was identified, or is being identified.
    identified: StoredValue<Option<Epoch>>,
    /// The jobs that were added from this page, with the correlation ids of their events.
    added: StoredValue<Vec<(JobId, CorrelationId)>>,
    /// What is known of the reasons of failed jobs.
    reasons: StoredValue<Reasons>,
    /// The session whose events are being fetched. There is one request at a time.
    fetching_reasons: StoredValue<Option<Epoch>>,
    /// The submission whose outcome is unknown.
    unsettled: StoredValue<Unsettled>,
}

/// The tasks of the page.
pub fn use_sync() -> Sync {
    expect_context()
}

impl Sync {
    /// Starts the tasks. They end with the component that calls this.
    pub fn start(state: AppState) -> Self {
        let (wake, wakes) = unbounded();
        let sync = Self {
            state,
            wake: StoredValue::new_local(wake),
            list: StoredValue::new(no_list()),
            steps: StoredValue::new(StepsSchedule::default()),
            budget: StoredValue::new(Budget::default()),
            filtering: StoredValue::new(None),
            fetching_names: StoredValue::new(None),
            nameless: StoredValue::new(Vec::new()),
            identified: StoredValue::new(None),
            added: StoredValue::new(Vec::new()),
            reasons: StoredValue::new(Reasons::default()),
            fetching_reasons: StoredValue::new(None),
            unsettled: StoredValue::new(Unsettled::default()),
        };
        spawn_local(sync.poll_loop(wakes));
        sync.follow_window();
        sync.follow_zone();
        Effect::new(move || sync.fetch_steps());
        Effect::new(move || sync.fetch_names());
        Effect::new(move || sync.fetch_reasons());
        if state.session.is_in_untracked() {
            sync.begin();
        }
        sync
    }

    /// Polls now. If a poll is in flight, polls once more after it.
    pub fn refresh(self) {
        self.send(Wake::Now);
    }

    /// Computes again when the next poll is due.
    pub fn reschedule(self) {
        self.send(Wake::Changed);
    }

    /// The correlation id of a job that was added from this page, or whose id is proven. The API does not contain it.
    pub fn correlation_of(self, job: JobId) -> Option<String> {
        let own = self.added.with_value(|added| {
            added.iter().find(|(id, _)| *id == job).map(|(_, correlation)| correlation.as_str().to_owned())
        });
        // Another answer may prove it: whoever shows it is notified.
        self.state.reasons.of(job);
        own.or_else(|| self.reasons.with_value(|reasons| reasons.correlation_of(job).map(ToString::to_string)))
    }

    fn send(self, wake: Wake) {
        // Without a receiver the page is closed.
        let _ = self.wake.try_with_value(|sender| sender.unbounded_send(wake));
    }

    /// Polls less often while the page is hidden. Polls immediately when it is visible again, or when the network is back.
    fn follow_window(self) {
        let poller = self.state.connection.poller;
        let on_change = window_event_listener_untyped("visibilitychange", move |_| {
            let hidden = document().visibility_state() == VisibilityState::Hidden;
            self.state.clock.read_zone();
            poller.update(|poller| poller.set_hidden(hidden));
            if hidden { self.reschedule() } else { self.catch_up() }
        });
        let on_line = window_event_listener(ev::online, move |_| self.catch_up());
        let on_leave = window_event_listener_untyped("pagehide", move |_| self.state.session.host().give_up());
        on_cleanup(move || {
            on_change.remove();
            on_line.remove();
            on_leave.remove();
        });
    }

    /// Times are searched as they are shown.
    fn follow_zone(self) {
        let today = self.state.clock.today();
        Effect::new(move || {
            let zone = today.with(|today| today.zone().clone());
            let now = self.state.clock.now_untracked();
            self.state.grid.update(|grid| grid.set_zone(now, zone));
        });
    }

    /// Polls now, unless the admin has paused the refresh or turned it off, or an answer asks to wait.
    fn catch_up(self) {
        if self.is_held() {
            self.reschedule();
        } else if !self.state.connection.is_manual() {
            self.refresh();
        }
    }

    /// Whether an answer asks the page to wait.
    fn is_held(self) -> bool {
        self.state.connection.is_held(self.state.clock.engine_now())
    }

    /// Waits as an answer asks, if it does. The next poll waits, too.
    fn heed(self, error: &ApiError) {
        if let Some(seconds) = error.advice() {
            let now = self.state.clock.engine_now();
            self.state.connection.poller.update(|poller| poller.hold_for(now, seconds));
            self.reschedule();
        }
    }

    /// The present snapshot.
    fn snapshot(self) -> Arc<Snapshot> {
        self.state.grid.jobs().with_untracked(|jobs| jobs.snapshot().clone())
    }

    /// Marks a task as running in a session. Returns false if it is already running there.
    fn claim(task: StoredValue<Option<Epoch>>, ticket: &SessionTicket) -> bool {
        task.try_update_value(|claimed| claimed.replace(ticket.epoch()) != Some(ticket.epoch())).unwrap_or(false)
    }

    /// The task of a session has ended. Another session may have started the same task.
    fn release(task: StoredValue<Option<Epoch>>, ticket: &SessionTicket) {
        task.try_update_value(|claimed| _ = claimed.take_if(|epoch| *epoch == ticket.epoch()));
    }
}
