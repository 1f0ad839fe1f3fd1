//! What the admin is told about a submission: at the form that it was made with, or, if that is closed, by a notice.

use super::Errand;
use crate::{
    api::ApiError,
    domain::{
        JobWithSteps,
        outline::NodeId,
        rules::{Consequence, consequences},
    },
    ui::part::run::spawn,
    view::{
        form::{Form, Phase},
        route::Target,
        words,
    },
};

impl Errand {
    /// It was refused. Everything typed is still there.
    pub(super) fn refuse(&self, error: &ApiError) {
        if *error == ApiError::Unauthenticated && self.monitor.0.era.get() == self.era {
            self.monitor.session_ended(self.context);
        }
        let words = error.to_string();
        self.tell(Phase::Editing { field: None, refusal: Some(words.clone()) }, &words);
    }

    /// Tells the form, or whoever has closed it.
    pub(super) fn tell(&self, phase: Phase, otherwise: &str) {
        let told = self.context.form.try_update(|form| match form {
            Some(form) if self.is_from(form) => {
                form.turn(phase);
                true
            }
            Some(_) | None => false,
        });
        if told != Some(true) && !otherwise.is_empty() {
            let told = match self.submission.added() {
                Some(description) => format!("Add “{}”: {otherwise}", words::shortened(description, 60)),
                None => otherwise.to_owned(),
            };
            self.context.offer_again(told, true, self.draft.clone());
        }
    }

    /// It is done: closes the form, says so, and polls once. Goes to what was added, unless the admin has left the form.
    /// `unread` is why what came of it could not be read, if so.
    pub(super) fn done(&self, before: Option<&JobWithSteps>, node: NodeId, unread: Option<ApiError>) {
        let open = self.context.form.try_update(|form| form.take_if(|form| self.is_from(form)).is_some());
        let added = self.submission.added();
        let mut told = match &unread {
            Some(error) => format!("It is done. What came of it could not be read: {error}"),
            None => self.what_happened(before, node),
        };
        if let Some(description) = added {
            told = format!("Added “{}”. {told}", words::shortened(description, 60));
        }
        self.context.say(told.trim(), unread.is_some(), Some(node));
        self.monitor.poll(self.context);
        if added.is_some() && open == Some(true) {
            let context = self.context;
            // After the form, which gives the focus back to where it was opened.
            spawn(async move { context.go_to(Target::Node(node)) });
        }
    }

    /// What was done, as a person wants to hear it. Of an addition that is only what is not as one would think: that the job
    /// is over.
    fn what_happened(&self, before: Option<&JobWithSteps>, node: NodeId) -> String {
        let after = self.context.grid.with_untracked(|grid| super::known_in(grid.snapshot(), node.job()));
        let added = self.submission.added().is_some();
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
