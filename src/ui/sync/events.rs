//! Finds out why the jobs failed that the admin sees, from the engine's events.

use leptos::{prelude::*, task::spawn_local};

use super::Sync;
use crate::{
    api::ApiError,
    domain::{Job, JobId, outline::NodeId},
    ui::state::SessionTicket,
    view::reasons::{Ask, Reasons},
};

impl Sync {
    /// Asks for what is missing. Runs again whenever the rows in view, the selection or the jobs change.
    pub(super) fn fetch_reasons(self) {
        if self.next_about_reasons().is_none() {
            return;
        }
        let ticket = self.state.session.ticket();
        if Self::claim(self.fetching_reasons, &ticket) {
            spawn_local(async move {
                self.fetch_reasons_while_due(&ticket).await;
                Self::release(self.fetching_reasons, &ticket);
            });
        }
    }

    /// A poll has succeeded.
    pub(super) fn renew_reasons(self) {
        self.reasons.update_value(Reasons::polled);
        untrack(|| self.fetch_reasons());
    }

    /// The engine has no events: it is not asked for any.
    pub(super) fn have_no_events(self) {
        self.reasons.update_value(Reasons::refuse);
        self.show_reasons();
    }

    fn next_about_reasons(self) -> Option<Ask> {
        let grid = self.state.grid;
        let (selected, in_view) = (grid.selected().map(NodeId::job), grid.jobs_in_view());
        if !self.state.session.is_in() || self.is_held() {
            return None;
        }
        let next = grid.jobs().with(|jobs| {
            let budget = self.budget.get_value();
            self.reasons.try_update_value(|reasons| reasons.next(jobs.snapshot(), selected, in_view, &budget))
        });
        self.show_reasons();
        next.flatten()
    }

    fn show_reasons(self) {
        self.reasons.with_value(|reasons| self.state.reasons.show(reasons.found(), reasons.is_refused()));
    }

    async fn fetch_reasons_while_due(self, ticket: &SessionTicket) {
        while let Some(ask) = untrack(|| self.next_about_reasons()) {
            self.reasons.update_value(|reasons| self.budget.update_value(|budget| reasons.asked(&ask, budget)));
            let asked = self.state.clock.engine_now();
            let answer = match &ask {
                Ask::Events(query) => ticket.client.events(query).await.map(|events| {
                    self.reasons.try_update_value(|reasons| reasons.take_events(query, events.items, asked));
                }),
                Ask::Proof(correlation, _) => ticket.client.jobs_with(correlation).await.map(|jobs| {
                    let jobs: Vec<JobId> = jobs.iter().map(|job: &Job| job.id).collect();
                    self.reasons.try_update_value(|reasons| reasons.take_proof(correlation, jobs, asked));
                }),
            };
            if !ticket.is_current() {
                return;
            }
            if let Err(error) = answer {
                self.take_refusal(ticket, &error);
            }
        }
    }

    /// There is nothing to tell the admin: the reason is an addition to what the page shows.
    fn take_refusal(self, ticket: &SessionTicket, error: &ApiError) {
        self.reasons.update_value(|reasons| reasons.failed(error));
        self.heed(error);
        if error.ends_session() {
            self.end_session(ticket);
        }
    }
}
