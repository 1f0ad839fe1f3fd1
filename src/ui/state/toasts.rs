//! What was said about the admin's own actions.

use leptos::prelude::*;

use crate::{domain::outline::NodeId, view::form::Draft};

/// Whether a toast goes away by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ToastKind {
    /// It goes away by itself.
    Info,
    /// It stays until it is closed.
    Problem,
}

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Toast {
    /// Tells toasts apart.
    pub id: u32,
    /// The sentence.
    pub text: String,
    /// Good news or bad.
    pub kind: ToastKind,
    /// The job or step that it is about, to go there.
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
    /// Those on screen.
    pub fn get(self) -> Vec<Toast> {
        self.0.get()
    }

    /// Says something about a job or step, or about nothing in particular.
    pub fn say(self, kind: ToastKind, text: impl Into<String>, about: Option<NodeId>) {
        self.push(kind, text.into(), about, None);
    }

    /// Says something about a form that is closed, and offers to reopen it as it was.
    pub fn offer_draft(self, kind: ToastKind, text: impl Into<String>, draft: Draft) {
        self.push(kind, text.into(), draft.target(), Some(draft));
    }

    /// Takes one away.
    pub fn close(self, id: u32) {
        // It may close by itself after the page's state is gone.
        self.0.try_update(|toasts| toasts.retain(|toast| toast.id != id));
    }

    pub(super) fn clear(self) {
        self.0.set(Vec::new());
    }

    fn push(self, kind: ToastKind, text: String, about: Option<NodeId>, draft: Option<Draft>) {
        self.0.update(|toasts| {
            let id = toasts.last().map_or(0, |last| last.id + 1);
            // The same sentence stands there once.
            toasts.retain(|toast| toast.text != text);
            toasts.push(Toast { id, text, kind, about, draft });
        });
    }
}
