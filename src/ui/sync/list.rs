//! Asks for the list of jobs, and takes it. What it says of a job is kept, so that the next list is decoded only where it differs.

use std::sync::Arc;

use leptos::prelude::*;
use uuid::Uuid;

use super::Sync;
use crate::{
    api::{Answer, ApiError, FollowedJob, JobList},
    domain::{
        Status,
        outline::{JobNode, StepTree},
    },
    ui::state::SessionTicket,
    view::{connection::Connection, reasons::Reasons},
};

/// A list, whole or in part, or why there is none.
pub(super) type Polling = Result<Answer<JobList<Arc<JobNode>>>, ApiError>;

/// No list yet.
pub(super) fn no_list() -> JobList<Arc<JobNode>> {
    JobList::none(Uuid::new_v4().as_u64_pair().0)
}

/// Whether any job is running.
pub(super) fn any_runs(list: &JobList<Arc<JobNode>>) -> bool {
    list.read().items.iter().any(|node| node.job.status == Status::Started)
}

/// What the page keeps of a job.
pub(super) fn node((job, steps): FollowedJob) -> Arc<JobNode> {
    Arc::new(JobNode::listed(job, steps.map(StepTree::nest)))
}

impl Sync {
    /// Requests the jobs, without their steps.
    pub(super) async fn ask(self, ticket: &SessionTicket) -> Polling {
        let before = self.list.try_get_value().unwrap_or_else(no_list);
        let connection = self.state.connection;
        ticket.client.list(false, &before, node, |jobs| connection.tell_progress(jobs)).await
    }

    /// Takes the list. If only a part of it came, nothing is removed, and the poll counts as failed.
    pub(super) fn take_list(self, list: JobList<Arc<JobNode>>) {
        let connection = self.state.connection;
        let read = list.read();
        if read.is_whole {
            self.steps.update_value(|steps| steps.polled(read.items.len()));
            let may_prove = self.reasons.with_value(Reasons::is_looking);
            self.budget.update_value(|budget| budget.renew(may_prove));
        }
        connection.unreadable.set(read.unreadable);
        let (jobs, is_whole) = (read.items.iter().cloned(), read.is_whole);
        let snapshot = self.snapshot();
        self.show(if is_whole { snapshot.advance_to(jobs) } else { snapshot.advance_in_part(jobs) });
        self.list.set_value(list);
        if is_whole {
            self.take_success();
        } else {
            connection.lose(ApiError::BrokenOff);
        }
    }

    /// A poll has succeeded.
    fn take_success(self) {
        let connection = self.state.connection.connection;
        // A name may have been missing only because the engine was not there.
        if connection.with_untracked(Connection::is_lost) {
            self.nameless.set_value(Vec::new());
            self.state.host_names.forget_untold();
        }
        connection.set(Connection::Live { at: self.state.clock.now_untracked() });
        self.forget_names();
        self.identify_if_unknown();
        self.count_unread_steps();
        untrack(|| self.fetch_steps());
        self.renew_reasons();
    }
}
