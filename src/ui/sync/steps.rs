//! Fetching steps: of what can be seen, one request after the other.

use leptos::{prelude::*, task::spawn_local};

use super::Sync;
use crate::{
    api::{ApiError, Listed},
    domain::{JobId, Step, outline::StepTree},
    ui::state::SessionTicket,
    view::steps::{Ask, Due},
};

impl Sync {
    /// Fetches what is due. Wakes whenever that may have changed: rows in view, what is expanded, what is selected.
    pub(super) fn fetch_steps(self) {
        match self.due() {
            Due::Nothing => self.steps.update_value(|steps| steps.caught_up()),
            // More than is worth single requests: the next poll follows all steps, and it is due now.
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
        if !self.state.session.is_in() {
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

    /// Expanding a row while no timed poll is to come asks for its steps again.
    pub fn refresh_steps_of(self, job: JobId) {
        if self.state.connection.is_manual() {
            self.steps.update_value(|steps| steps.touched(job));
        }
    }

    /// Says whether it is worth looking what else is due.
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

    /// Says of how many jobs the steps could not be read.
    pub(super) fn count_unread_steps(self) {
        let snapshot = self.snapshot();
        self.state.connection.unread_steps.set(self.steps.with_value(|steps| steps.unread(&snapshot)));
    }

    /// Polls now, but not while the engine does not answer and a timed poll is to come: scrolling and expanding do not make
    /// the page ask sooner.
    fn refresh_to_follow(self) {
        let connection = self.state.connection;
        if connection.poller.with_untracked(|poller| poller.failures() == 0) || connection.is_manual() {
            self.refresh();
        }
    }

    /// Shows the steps of a job. Says whether it is worth going on.
    fn take_steps(self, ticket: &SessionTicket, job: JobId, ask: Ask, answer: Result<Listed<Step>, ApiError>) -> bool {
        // An own action came between, and what it changed is on screen already.
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
                let goes_on = !error.is_no_answer();
                if error.ends_session() {
                    self.end_session(ticket);
                } else if error.outcome_is_unknown() && self.state.connection.is_manual() {
                    // No poll is to come that would tell.
                    self.state.connection.lose(error);
                }
                goes_on
            }
        }
    }
}
