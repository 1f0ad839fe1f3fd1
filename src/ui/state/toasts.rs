//! Messages about the admin's actions.

use leptos::prelude::*;

use crate::{domain::outline::NodeId, view::form::Draft};

/// Whether a toast closes by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToastKind {
    /// It closes by itself.
    Info,
    /// It stays until the admin closes it.
    Problem,
}

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// Tells toasts apart.
    pub id: u32,
    /// The sentence.
    pub text: String,
    /// Information or a problem.
    pub kind: ToastKind,
    /// The job or step of the message, with a button to go there.
    pub about: Option<NodeId>,
    /// The form to reopen as it was.
    pub draft: Option<Draft>,
}

/// All toasts on screen, the latest last.
#[derive(Clone, Copy)]
pub struct Toasts(RwSignal<Vec<Toast>>);

/// The toasts of the page.
pub fn use_toasts() -> Toasts {
    expect_context()
}

impl Default for Toasts {
    fn default() -> Self {
        Self(RwSignal::new(Vec::new()))
    }
}

impl Toasts {
    /// The toasts on screen.
    pub fn get(self) -> Vec<Toast> {
        self.0.get()
    }

    /// Shows a message, perhaps about a job or step.
    pub fn say(self, kind: ToastKind, text: impl Into<String>, about: Option<NodeId>) {
        self.push(kind, text.into(), about, None);
    }

    /// Shows a message about a closed form, and offers to reopen it with its draft.
    pub fn offer_draft(self, kind: ToastKind, text: impl Into<String>, draft: Draft) {
        self.push(kind, text.into(), draft.target(), Some(draft));
    }

    /// Removes a toast.
    pub fn close(self, id: u32) {
        // It may close by itself after the state of the page was dropped.
        self.0.try_update(|toasts| toasts.retain(|toast| toast.id != id));
    }

    pub(super) fn clear(self) {
        self.0.set(Vec::new());
    }

    fn push(self, kind: ToastKind, text: String, about: Option<NodeId>, draft: Option<Draft>) {
        self.0.update(|toasts| {
            let id = toasts.last().map_or(0, |last| last.id + 1);
            // A sentence that is on screen already is not added again.
            toasts.retain(|toast| toast.text != text);
            toasts.push(Toast { id, text, kind, about, draft });
        });
    }
}
