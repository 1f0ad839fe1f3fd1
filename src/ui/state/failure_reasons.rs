//! Why jobs failed, as far as the engine's events prove it.

use std::collections::HashMap;

use leptos::prelude::*;

use crate::domain::JobId;

/// The proven reasons, by job. Whoever reads events tells them here; rows show them.
#[derive(Clone, Copy)]
pub struct FailureReasons(RwSignal<HashMap<JobId, String>>);

/// The proven reasons of the page.
pub fn use_failure_reasons() -> FailureReasons {
    expect_context()
}

impl Default for FailureReasons {
    fn default() -> Self {
        Self(RwSignal::new(HashMap::new()))
    }
}

impl FailureReasons {
    /// Why a job failed, if it is proven.
    pub fn of(self, job: JobId) -> Option<String> {
        self.0.with(|reasons| reasons.get(&job).cloned())
    }

    /// Takes what is proven about some jobs, in place of what was known before.
    pub fn tell(self, reasons: HashMap<JobId, String>) {
        if self.0.with_untracked(|known| *known != reasons) {
            self.0.set(reasons);
        }
    }
}
