//! Fetching steps: of what can be seen, one request after the other.

use super::Monitor;
use crate::ui::part::run::spawn;
use crate::{
    api::ApiError,
    domain::{JobId, Step, outline::StepTree},
    ui::context::{Context, Session},
    view::steps::{Ask, Due},
    wire::json::Listed,
};

impl Monitor {
    /// Fetches what is due. Called whenever that may have changed: after a poll, a scroll, an opened row.
    pub fn fetch_steps(&self, context: Context) {
        if self.0.fetching.get() {
            return;
        }
        match self.due(context) {
            Due::Nothing => self.0.ledger.borrow_mut().caught_up(),
            // More than is worth single requests: the next poll follows all steps, and it is due now.
            Due::Follow => self.poll_to_follow(context),
            Due::Job(_) => {
                self.0.fetching.set(true);
                let monitor = self.clone();
                spawn(async move {
                    let goes_on = monitor.fetch_while_due(context).await;
                    monitor.0.fetching.set(false);
                    if goes_on {
                        monitor.fetch_steps(context);
                    }
                });
            }
        }
    }

    pub(super) fn due(&self, context: Context) -> Due {
        if !context.session.with_untracked(|session| matches!(session, Session::In { .. })) {
            return Due::Nothing;
        }
        context.grid.with_untracked(|grid| self.0.ledger.borrow().due(grid.snapshot(), grid.wanted_jobs()))
    }

    pub(super) fn is_next_to_follow(&self, context: Context) -> bool {
        context
            .grid
            .with_untracked(|grid| self.0.ledger.borrow().is_next_to_follow(grid.snapshot(), grid.wanted_jobs()))
    }

    /// Opening a row while no timed poll is to come asks for its steps again.
    pub fn look_again_at(&self, context: Context, job: JobId) {
        if context.poller.with_untracked(|poller| poller.wait(0.0).is_none()) {
            self.0.ledger.borrow_mut().touched(job);
        }
    }

    /// Says whether it is worth looking what else is due.
    async fn fetch_while_due(&self, context: Context) -> bool {
        let era = self.0.era.get();
        while let Due::Job(job) = self.due(context) {
            let last_updated = context.grid.with_untracked(|grid| grid.snapshot().find(job)?.job.last_updated);
            let ask = self.0.ledger.borrow_mut().asked(job, last_updated);
            let client = self.client();
            let answer = client.steps(job).await;
            if self.0.era.get() != era || !self.take_steps(context, job, ask, answer) {
                return false;
            }
        }
        true
    }

    /// Says how many jobs' steps could not be had.
    pub(super) fn count_unread(&self, context: Context) {
        context.unread.set(context.grid.with_untracked(|grid| self.0.ledger.borrow().unread(grid.snapshot())));
    }

    /// Polls now, but not while the engine does not answer and a timed poll is to come: however much is scrolled and opened, it
    /// is asked no sooner.
    fn poll_to_follow(&self, context: Context) {
        if context.poller.with_untracked(|poller| poller.failures() == 0 || poller.wait(0.0).is_none()) {
            self.poll(context);
        }
    }

    /// Shows the steps of a job. Says whether it is worth going on.
    fn take_steps(&self, context: Context, job: JobId, ask: Ask, answer: Result<Listed<Step>, ApiError>) -> bool {
        // An own action came between: what was done about it is shown already.
        if !self.0.ledger.borrow().is_latest(job, ask) {
            return true;
        }
        match answer {
            Ok(list) => {
                let tree = StepTree::nest(list.items);
                let next = context.grid.with_untracked(|grid| grid.snapshot().with_steps([(job, tree)]));
                self.show(context, next);
                self.count_unread(context);
                true
            }
            Err(error) => {
                self.0.ledger.borrow_mut().failed(job);
                self.count_unread(context);
                let goes_on = !error.is_no_answer();
                // While no poll is to come, nobody else would tell.
                if error == ApiError::Unauthenticated {
                    self.session_ended(context);
                } else if error.outcome_is_unknown()
                    && context.poller.with_untracked(|poller| poller.wait(0.0).is_none())
                {
                    context.link.update(|link| *link = link.lost(error, None));
                }
                goes_on
            }
        }
    }
}
