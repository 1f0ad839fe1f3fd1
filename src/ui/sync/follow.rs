//! Requests the steps of all jobs at once: at most once in a session, if the list is short.

use std::sync::Arc;

use leptos::prelude::*;
use rustc_hash::FxHashSet;

use super::{
    Sync,
    list::{Polling, no_list, node},
};
use crate::{
    api::ApiError,
    domain::{
        JobId,
        outline::{StepTree, Steps},
    },
    ui::state::SessionTicket,
    view::steps::{Ask, StepsSchedule},
};

impl Sync {
    /// Reads the list with all steps, and takes the steps alone: the list of the polls stays the plain one, with its version.
    pub(super) async fn follow(self, ticket: SessionTicket, ask: Ask) {
        let answer = ticket.client.list(true, &no_list(), node, |_| ()).await;
        if !ticket.is_current() {
            return;
        }
        let goes_on = self.take_followed(&ticket, ask, answer);
        if goes_on && ticket.is_current() {
            untrack(|| self.fetch_steps());
        }
    }

    /// Shows the steps that came. Returns whether to continue.
    ///
    /// Engines before 4.2 ignore the request, and send no steps. Others may refuse it in several ways, or break off. In each case
    /// the steps are requested job by job. A server that asks to wait, or that is not there, has not refused it.
    fn take_followed(self, ticket: &SessionTicket, ask: Ask, answer: Polling) -> bool {
        self.steps.update_value(|steps| steps.answered(ask));
        let error = match answer {
            Ok(answer) => {
                let items = &answer.value.read().items;
                self.show_followed(
                    ask,
                    items.iter().filter_map(|node| Some((node.job.id, tree(&node.steps)?))).collect(),
                );
                return true;
            }
            Err(error) => error,
        };
        self.show_followed(ask, Vec::new());
        self.heed(&error);
        let is_refused = !error.stops_reads() || error == ApiError::TimedOut;
        if error.ends_session() {
            self.end_session(ticket);
        } else if !is_refused {
            self.steps.update_value(StepsSchedule::follow_later);
        }
        is_refused
    }

    fn show_followed(self, ask: Ask, mut came: Vec<(JobId, Arc<StepTree>)>) {
        let ids: FxHashSet<JobId> = came.iter().map(|(job, _)| *job).collect();
        self.steps.update_value(|steps| {
            came.retain(|(job, _)| steps.is_latest(*job, ask));
            steps.followed(ask, &ids);
        });
        if !came.is_empty() {
            self.show(self.snapshot().with_steps(came));
        }
    }
}

fn tree(steps: &Steps) -> Option<Arc<StepTree>> {
    match steps {
        Steps::Unfetched => None,
        Steps::Fetched(tree) => Some(Arc::clone(tree)),
    }
}
