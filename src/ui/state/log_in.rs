//! The state of the log-in form. What is typed is only in its fields, above all the password.

use leptos::prelude::*;

/// Whether a log-in is under way, and the result of the last one.
#[derive(Clone, Copy)]
pub struct LogInState {
    /// Whether the engine is asked.
    pub is_busy: RwSignal<bool>,
    /// Why the last attempt failed.
    pub problem: RwSignal<Option<String>>,
    /// Whether the engine wants a profile, so that the form has a field for it.
    pub needs_profile: RwSignal<bool>,
}

/// The log-in of the page.
pub fn use_log_in() -> LogInState {
    expect_context()
}

impl Default for LogInState {
    fn default() -> Self {
        Self { is_busy: RwSignal::new(false), problem: RwSignal::new(None), needs_profile: RwSignal::new(false) }
    }
}

impl LogInState {
    /// A form that nobody has used yet.
    pub fn reset(self) {
        self.is_busy.set(false);
        self.problem.set(None);
        self.needs_profile.set(false);
    }
}
