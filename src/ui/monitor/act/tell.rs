//! What the admin is told about a submission: at the form that it was made with, or, if that is closed, by a notice.

use super::Errand;
use crate::{
    api::ApiError,
    domain::{
        JobWithSteps,
        outline::NodeId,
        rules::{Consequence, consequences},
    },
    ui::context::Context,
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
            self.context.say(otherwise, true, self.draft.target());
        }
    }

    /// It is done: closes the form, says so, and polls once. Goes to what was added. `unread` is why what came of it could not
    /// be read, if so.
    pub(super) fn done(&self, before: Option<&JobWithSteps>, node: NodeId, unread: Option<ApiError>) {
        self.context.form.update(|form| {
            if form.as_ref().is_some_and(|form| self.is_from(form)) {
                *form = None;
            }
        });
        let added = self.submission.added();
        let text = match (added, &unread) {
            (Some(description), _) => format!("Added “{}”.", words::shortened(description, 60)),
            (None, None) => what_happened(self.context, before, node),
            (None, Some(error)) => format!("It is done. What came of it could not be read: {error}"),
        };
        self.context.say(text, added.is_none() && unread.is_some(), Some(node));
        self.monitor.poll(self.context);
        if added.is_some() {
            self.context.go_to(Target::Node(node));
        }
    }

    fn is_from(&self, form: &Form) -> bool {
        form.is_busy() && form.draft == self.draft
    }
}

fn what_happened(context: Context, before: Option<&JobWithSteps>, node: NodeId) -> String {
    let after = context.grid.with_untracked(|grid| super::known_in(grid.snapshot(), node.job()));
    let Some((before, after)) = before.zip(after.as_ref()) else { return "The engine has removed the job.".to_owned() };
    let told = consequences(before, after, node.step());
    told.into_iter().map(Consequence::told).collect::<Vec<_>>().join(" ")
}
