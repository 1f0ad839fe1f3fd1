//! Reports the result of a submission: in its form, or in a toast if the form is closed.

use leptos::{prelude::*, task::spawn_local};

use super::{SubmissionTask, known_job};
use crate::{
    api::ApiError,
    domain::{
        JobWithSteps,
        outline::NodeId,
        rules::{Consequence, consequences},
    },
    ui::state::ToastKind,
    view::{
        form::{Form, Phase},
        route::Target,
        words,
    },
};

impl SubmissionTask {
    /// The submission was refused. The draft stays.
    pub(super) fn refuse(&self, error: &ApiError) {
        if error.ends_session() {
            self.sync.end_session(&self.ticket);
        }
        self.sync.heed(error);
        let words = error.refusal();
        self.tell(Phase::Editing { field: None, refusal: Some(words.clone()) }, &words);
    }

    /// A step was added, but this user may not read it. The form closes, so that the user does not send it again.
    pub(super) fn report_unread_addition(&self) {
        let state = self.sync.state;
        if !self.is_users_session() {
            return;
        }
        state.overlays.form.try_update(|form| form.take_if(|form| self.is_from(form)));
        let description = words::named(self.attempt.submission.added().unwrap_or_default(), 60);
        let text = format!("Added “{description}”. This user may not read it.");
        state.toasts.say(ToastKind::Info, text, self.draft.target().map(NodeId::job).map(NodeId::Job));
        self.sync.refresh();
    }

    /// Shows a phase in the form. If the form is closed, shows `otherwise` in a toast, unless it is empty.
    pub(super) fn tell(&self, phase: Phase, otherwise: &str) {
        if !self.is_users_session() {
            return;
        }
        let in_form = self.sync.state.overlays.form.try_update(|form| match form {
            Some(form) if self.is_from(form) => {
                form.set_phase(phase);
                true
            }
            Some(_) | None => false,
        });
        if in_form == Some(false) && !otherwise.is_empty() {
            self.offer_draft(match self.attempt.submission.added() {
                Some(description) => format!("Add “{}”: {otherwise}", words::named(description, 60)),
                None => otherwise.to_owned(),
            });
        }
    }

    /// The submission was carried out: closes the form, shows a toast, and polls once. If the form was open, goes to what was added.
    /// `unread` is the error if its result could not be read.
    pub(super) fn report_done(&self, before: Option<&JobWithSteps>, node: NodeId, unread: Option<ApiError>) {
        let state = self.sync.state;
        let was_open = state.overlays.form.try_update(|form| form.take_if(|form| self.is_from(form)).is_some());
        let added = self.attempt.submission.added();
        let mut text = match &unread {
            Some(error) => format!("It was done, but its result could not be read: {error}"),
            None => self.what_happened(before, node),
        };
        if let Some(description) = added {
            text = format!("Added “{}”. {text}", words::named(description, 60));
        }
        let kind = if unread.is_some() { ToastKind::Problem } else { ToastKind::Info };
        state.toasts.say(kind, text.trim(), Some(node));
        self.sync.refresh();
        if added.is_some() && was_open == Some(true) {
            // After the form has closed, because that moves the focus back.
            spawn_local(async move { state.navigation.go_to(Target::Node(node)) });
        }
    }

    /// The results, in sentences. For an addition only what is not obvious: that the job has ended.
    fn what_happened(&self, before: Option<&JobWithSteps>, node: NodeId) -> String {
        let after = known_job(&self.sync.snapshot(), node.job());
        let added = self.attempt.submission.added().is_some();
        let target = node.step().filter(|_| !added);
        match (before, after) {
            (Some(_), Some(after)) if added && after.job.status.is_running() => String::new(),
            (Some(before), Some(after)) => {
                let told = consequences(before, &after, target, true).into_iter().map(Consequence::result);
                told.collect::<Vec<_>>().join(" ")
            }
            (Some(_), None) => "The engine has removed the job.".to_owned(),
            (None, _) => String::new(),
        }
    }

    fn is_from(&self, form: &Form) -> bool {
        form.is_busy() && form.draft == self.draft
    }
}
