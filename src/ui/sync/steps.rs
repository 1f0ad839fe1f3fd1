//! Fetches the steps of jobs that the admin can see, one request after the other.

use leptos::{prelude::*, task::spawn_local};

use super::Sync;
use crate::{
    api::{ApiError, Listed},
    domain::{JobId, Step, outline::StepTree},
    ui::state::SessionTicket,
    view::steps::{Ask, Due},
};

impl Sync {
    /// Fetches due steps. Runs again whenever the rows in view, the expanded nodes or the selection change.
    pub(super) fn fetch_steps(self) {
        match self.due() {
            Due::Nothing => self.steps.update_value(|steps| steps.caught_up()),
            // Too many for single requests: the next poll follows all steps, and it is due now.
            Due::Follow => self.refresh_to_follow(),
            Due::Job(_) => {
                let ticket = self.state.session.ticket();
                if Self::claim(self.fetching_steps, &ticket) {
                    spawn_local(async move {
                        let goes_on = self.fetch_while_due(&ticket).await;
                        Self::release(self.fetching_steps, &ticket);
                        if goes_on && ticket.is_current() {
                            untrack(|| self.fetch_steps());
                        }
                    });
                }
            }
        }
    }

    fn due(self) -> Due {
        let wanted = self.state.grid.wanted_jobs();
        if !self.state.session.is_in() || self.is_held() {
            return Due::Nothing;
        }
        self.state.grid.jobs().with(|jobs| self.steps.with_value(|steps| steps.due(jobs.snapshot(), wanted)))
    }

    /// Whether the next poll should follow the steps of all jobs.
    pub(super) fn is_next_to_follow(self) -> bool {
        let wanted = untrack(|| self.state.grid.wanted_jobs());
        let snapshot = self.snapshot();
        self.steps.with_value(|steps| steps.is_next_to_follow(&snapshot, wanted))
    }

    /// If there is no timed poll, expanding a row requests its steps again.
    pub fn refresh_steps_of(self, job: JobId) {
        if self.state.connection.is_manual() {
            self.steps.update_value(|steps| steps.touched(job));
        }
    }

    /// Returns whether to look for other due steps.
    async fn fetch_while_due(self, ticket: &SessionTicket) -> bool {
        while let Due::Job(job) = untrack(|| self.due()) {
            let last_updated = self.snapshot().find(job).and_then(|node| node.job.last_updated);
            let Some(ask) = self.steps.try_update_value(|steps| steps.asked(job, last_updated)) else { return false };
            let answer = ticket.client.steps(job).await;
            if !ticket.is_current() || !self.take_steps(ticket, job, ask, answer) {
                return false;
            }
        }
        true
    }

    /// Counts the jobs whose steps could not be read.
    pub(super) fn count_unread_steps(self) {
        let snapshot = self.snapshot();
        self.state.connection.unread_steps.set(self.steps.with_value(|steps| steps.unread(&snapshot)));
    }

    /// Polls now. But if the connection is lost and a timed poll will come, does nothing: scrolling and expanding must not
    /// cause more requests.
    fn refresh_to_follow(self) {
        let connection = self.state.connection;
        if connection.poller.with_untracked(|poller| poller.failures() == 0) || connection.is_manual() {
            self.refresh();
        }
    }

    /// Shows the steps of a job. Returns whether to continue.
    fn take_steps(self, ticket: &SessionTicket, job: JobId, ask: Ask, answer: Result<Listed<Step>, ApiError>) -> bool {
        // An action on this page came between. Its result is on screen already.
        if !self.steps.with_value(|steps| steps.is_latest(job, ask)) {
            return true;
        }
        match answer {
            Ok(list) => {
                let tree = StepTree::nest(list.items);
                self.show(self.snapshot().with_steps([(job, tree)]));
                self.count_unread_steps();
                true
            }
            Err(error) => {
                self.steps.update_value(|steps| steps.failed(job));
                self.count_unread_steps();
                self.heed(&error);
                let goes_on = !error.stops_reads();
                if error.ends_session() {
                    self.end_session(ticket);
                } else if (error.stops_reads() || error.outcome_is_unknown()) && self.state.connection.is_manual() {
                    // No timed poll will report it.
                    self.state.connection.lose(error);
                }
                goes_on
            }
        }
    }
}
