//! Logs the reason that the admin gave when ending a job or step as failed.

use leptos::prelude::*;
use uuid::Uuid;

use super::SubmissionTask;
use crate::{
    api::NewEvent,
    domain::{event::Severity, outline::NodeId},
    ui::state::ToastKind,
};

/// The origin of this page's events.
const ORIGIN: &str = "Task Monitor";

impl SubmissionTask {
    /// Keeps the reason, and adds an event with the job's correlation id, if that is known and the engine has events.
    pub(super) async fn log_reason(&self, node: NodeId) {
        let Some(reason) = self.draft.reason().filter(|_| self.is_users_session()) else { return };
        let (sync, reasons) = (self.sync, self.sync.state.reasons);
        reasons.give(node, reason.to_owned());
        let Some(correlation_id) =
            untrack(|| sync.correlation_of(node.job())).filter(|_| !untrack(|| reasons.is_refused()))
        else {
            return;
        };
        let event = NewEvent {
            origin: ORIGIN.to_owned(),
            severity: Severity::Error,
            // Unique for each origin. Engines read 31 bits.
            custom_id: Uuid::new_v4().as_fields().0 >> 1,
            description: reason.to_owned(),
            correlation_id,
        };
        let client = sync.state.session.ticket().client;
        if let Err(error) = client.add_event(&event).await
            && self.is_users_session()
        {
            sync.heed(&error);
            let text = format!("The reason is kept on this page, but the engine did not log it: {}", error.refusal());
            sync.state.toasts.say(ToastKind::Info, text, Some(node));
        }
    }
}
