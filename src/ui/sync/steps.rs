//! Requests the steps of jobs, a few at a time.

use leptos::{prelude::*, task::spawn_local};

use super::Sync;
use crate::{
    api::{ApiError, Listed},
    domain::{JobId, Step, outline::StepTree},
    ui::state::SessionTicket,
    view::{
        grid::Grid,
        steps::{Ask, Due},
    },
};

impl Sync {
    /// Requests due steps. Runs again whenever the rows in view, the expanded nodes, the selection or the query change.
    pub(super) fn fetch_steps(self) {
        let ticket = self.state.session.ticket();
        match self.due() {
            Due::Nothing => (),
            Due::Follow(ask) => spawn_local(self.follow(ticket, ask)),
            Due::Jobs(jobs) => {
                for (job, ask) in jobs {
                    spawn_local(self.fetch_steps_of(ticket.clone(), job, ask));
                }
            }
        }
    }

    fn due(self) -> Due {
        let wanted = self.state.grid.wanted();
        if !self.state.session.is_in() || self.is_held() {
            return Due::Nothing;
        }
        let snapshot = self.snapshot();
        let next = self.steps.try_update_value(|steps| {
            self.budget.try_update_value(|budget| steps.next(&snapshot, &wanted, budget)).unwrap_or(Due::Nothing)
        });
        next.unwrap_or(Due::Nothing)
    }

    /// Loads all steps that the query needs.
    pub fn load_all_steps(self) {
        self.state.grid.update(Grid::load_all);
    }

    /// If there is no timed poll, expanding a row requests its steps again.
    pub fn refresh_steps_of(self, job: JobId) {
        if self.state.connection.is_manual() {
            self.steps.update_value(|steps| steps.touched(job));
        }
    }

    /// Requests the steps of a job, then other due steps.
    async fn fetch_steps_of(self, ticket: SessionTicket, job: JobId, ask: Ask) {
        let answer = ticket.client.steps(job).await;
        if ticket.is_current() && self.take_steps(&ticket, job, ask, answer) && ticket.is_current() {
            untrack(|| self.fetch_steps());
        }
    }

    /// Counts the jobs whose steps could not be read.
    pub(super) fn count_unread_steps(self) {
        let snapshot = self.snapshot();
        self.state.connection.unread_steps.set(self.steps.with_value(|steps| steps.unread(&snapshot)));
    }

    /// Shows the steps of a job. Returns whether to continue.
    fn take_steps(self, ticket: &SessionTicket, job: JobId, ask: Ask, answer: Result<Listed<Step>, ApiError>) -> bool {
        self.steps.update_value(|steps| steps.answered(ask));
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
