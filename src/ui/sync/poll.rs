//! The poll loop: waits until a poll is due or requested, polls, and takes the answer.

use std::{future::pending, pin::pin, sync::Arc, time::Duration};

use chrono::TimeDelta;
use futures_channel::mpsc::UnboundedReceiver;
use futures_util::{
    StreamExt,
    future::{Either, select},
};
use gloo_timers::future::sleep;
use leptos::{prelude::*, task::spawn_local};
use web_sys::js_sys::Math;

use super::{
    Sync, announce,
    list::{Polling, any_runs},
};
use crate::{
    api::{Answer, ApiError},
    domain::{JobId, Time, change::diff, outline::Snapshot},
    ui::{browser::clock::browser_now, state::SessionTicket},
    view::{
        connection::Connection,
        poll::{Polled, Poller, Reply},
    },
};

/// Why the poll loop is woken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wake {
    /// A poll is requested.
    Now,
    /// The time of the next poll may have changed.
    Changed,
    /// Another session has begun: the poll in flight is of no use.
    NewSession,
}

impl Sync {
    /// Runs until the page is closed.
    pub(super) async fn poll_loop(self, mut wakes: UnboundedReceiver<Wake>) {
        let mut asked = false;
        while asked || self.is_due(&mut wakes).await {
            // This poll also answers all earlier requests for a poll.
            while wakes.try_recv().is_ok() {}
            asked = self.poll(&mut wakes).await && self.state.session.is_in_untracked();
        }
    }

    /// Waits until a poll is due or requested. Returns false when the page is closed.
    async fn is_due(self, wakes: &mut UnboundedReceiver<Wake>) -> bool {
        loop {
            let is_in = self.state.session.is_in_untracked();
            let poller = self.state.connection.poller;
            let now = self.state.clock.engine_now();
            let wait = poller.with_untracked(|poller| poller.wait(now, Math::random())).filter(|_| is_in);
            self.show_next_try(wait);
            let timer = async {
                match wait {
                    Some(wait) => sleep(wait).await,
                    None => pending().await,
                }
            };
            match select(wakes.next(), pin!(timer)).await {
                Either::Left((None, _)) => return false,
                Either::Left((Some(Wake::Now), _)) if self.state.session.is_in_untracked() => return true,
                Either::Left((Some(Wake::Now | Wake::Changed | Wake::NewSession), _)) => (),
                Either::Right(_) => return true,
            }
        }
    }

    /// Makes one poll. Returns whether another one was requested meanwhile.
    async fn poll(self, wakes: &mut UnboundedReceiver<Wake>) -> bool {
        let ticket = self.state.session.ticket();
        let connection = self.state.connection;
        connection.poller.update(|poller| poller.begin(self.state.clock.engine_now()));
        let sent = browser_now();
        let mut again = false;
        let answer = {
            let mut answer = pin!(self.ask(&ticket));
            loop {
                match select(answer.as_mut(), wakes.next()).await {
                    Either::Left((answer, _)) => break Some(answer),
                    Either::Right((Some(Wake::Now), _)) => again = true,
                    Either::Right((Some(Wake::Changed), _)) => (),
                    Either::Right((Some(Wake::NewSession) | None, _)) => break None,
                }
            }
        };
        match answer {
            // The page has cancelled it, because the user has left the page.
            None | Some(Err(ApiError::Cancelled)) => {
                connection.poller.try_update(Poller::give_up);
                again
            }
            Some(answer) => ticket.is_current() && (self.take(&ticket, sent, answer) || again),
        }
    }

    /// Takes the answer to a poll. Returns whether another poll is needed.
    fn take(self, ticket: &SessionTicket, sent: Time, answer: Polling) -> bool {
        let connection = self.state.connection;
        let took = (browser_now() - sent).to_std().unwrap_or_default();
        if let Ok(Answer { engine_time: Some(engine_time), .. }) = &answer {
            self.state.clock.learn(*engine_time, sent);
        }
        let how = match &answer {
            Ok(answer) if answer.value.read().is_whole => Polled::Succeeded { running: any_runs(&answer.value) },
            Ok(_) => Polled::Failed(&ApiError::BrokenOff),
            Err(error) => Polled::Failed(error),
        };
        match (connection.poller.try_update(|poller| poller.end(took, how)), answer) {
            (None, _) => return false,
            (Some(Reply::Outdated), _) => return true,
            (Some(Reply::Current), Ok(answer)) => self.take_list(answer.value),
            (Some(Reply::Current), Err(error)) if error.ends_session() => self.end_session(ticket),
            // A user who may not list jobs may still read the jobs that he has added.
            (Some(Reply::Current), Err(error @ ApiError::Forbidden(_))) => {
                connection.lose(error);
                self.read_own_jobs(ticket);
            }
            (Some(Reply::Current), Err(error)) => connection.lose(error),
        }
        false
    }

    /// Reads the jobs that were added in this session, one by one.
    fn read_own_jobs(self, ticket: &SessionTicket) {
        let ticket = ticket.clone();
        spawn_local(async move {
            for job in self.added.with_value(|added| added.iter().map(|(job, _)| *job).collect::<Vec<_>>()) {
                let answer = ticket.client.job(job).await;
                if !ticket.is_current() {
                    return;
                }
                match answer {
                    Ok(found) => self.show(self.snapshot().with_job(found)),
                    Err(ApiError::NotFound) => self.show(self.snapshot().without_job(job)),
                    Err(_) => return,
                }
            }
        });
    }

    /// Shows the result of an action on this page. The answer to a poll from before the action is outdated and is not used.
    pub(super) fn show_own(self, job: JobId, next: Snapshot) {
        self.state.connection.poller.update_untracked(Poller::outdate);
        self.steps.update_value(|steps| steps.touched(job));
        self.show(next);
    }

    /// Shows the new snapshot. If nothing has changed, changes nothing.
    pub(super) fn show(self, next: Snapshot) {
        let grid = self.state.grid;
        let (change, loaded) = grid.jobs().with_untracked(|jobs| (diff(jobs.snapshot(), &next), jobs.is_loaded()));
        self.state.clock.tick();
        self.forget_jobs(&change.removed);
        if loaded && change.is_empty() {
            return;
        }
        let next = Arc::new(next);
        if loaded {
            announce::announce(self.state.announcer, &change, &next);
        }
        let now = self.state.clock.now_untracked();
        grid.update(|grid| grid.show(next, now));
    }

    /// Nothing stays behind of jobs that are gone: a page that is open for months sees many of them.
    fn forget_jobs(self, gone: &[JobId]) {
        self.steps.update_value(|steps| gone.iter().for_each(|job| steps.forget(*job)));
        self.added.update_value(|added| added.retain(|(job, _)| !gone.contains(job)));
        self.reasons.update_value(|reasons| reasons.forget(gone));
        self.state.reasons.forget_jobs(gone);
    }

    /// While the connection is lost, the banner shows when the next poll is.
    fn show_next_try(self, wait: Option<Duration>) {
        let connection = self.state.connection.connection;
        if connection.with_untracked(Connection::is_lost) {
            let wait = wait.and_then(|wait| TimeDelta::from_std(wait).ok());
            let due = wait.map(|wait| self.state.clock.engine_now() + wait);
            connection.update(|connection| {
                if let Connection::Lost { next, .. } = connection {
                    *next = due;
                }
            });
        }
    }
}
