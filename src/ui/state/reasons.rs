//! Why jobs failed, as far as it is known.

use std::{collections::HashMap, sync::Arc};

use leptos::prelude::*;
use rustc_hash::FxHashMap;

use crate::domain::{
    JobId,
    outline::NodeId,
    reason::{Explanation, Level},
};

/// A reason that the engine logged with the job's own correlation id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProvenReason {
    /// The engine's text. It may have several lines.
    pub text: String,
    /// For this task alone, or for the group that it is of.
    pub level: Level,
}

/// Why jobs failed.
#[derive(Clone, Copy)]
pub struct ReasonsState {
    found: RwSignal<FxHashMap<JobId, Arc<Explanation>>>,
    /// Whether the engine has no events for this user.
    is_refused: RwSignal<bool>,
    /// What this admin typed as the reason when ending a job or step.
    given: RwSignal<HashMap<NodeId, String>>,
}

/// The reasons of the page.
pub fn use_reasons() -> ReasonsState {
    expect_context()
}

impl Default for ReasonsState {
    fn default() -> Self {
        Self {
            found: RwSignal::new(FxHashMap::default()),
            is_refused: RwSignal::new(false),
            given: RwSignal::new(HashMap::new()),
        }
    }
}

impl ReasonsState {
    /// What is known about the reason of a failed job; none before anything was looked at.
    pub fn of(self, job: JobId) -> Option<Arc<Explanation>> {
        self.found.with(|found| found.get(&job).cloned())
    }

    /// The proven reason of a failed job that says most.
    pub fn proven(self, job: JobId) -> Option<ProvenReason> {
        self.found.with(|found| {
            let logged = found.get(&job)?.logged.as_ref()?;
            let text = logged.events.first()?.description.clone();
            Some(ProvenReason { text, level: logged.level() })
        })
    }

    /// Whether the engine has no events, or this user may not read them.
    pub fn is_refused(self) -> bool {
        self.is_refused.get()
    }

    /// What this admin typed as the reason when ending a job or step as failed.
    pub fn given(self, node: NodeId) -> Option<String> {
        self.given.with(|given| given.get(&node).cloned())
    }

    /// Keeps what the admin typed.
    pub fn give(self, node: NodeId, reason: String) {
        self.given.update(|given| _ = given.insert(node, reason));
    }

    /// Shows what was found. If it is what is shown, nobody is notified.
    pub fn show(self, found: &FxHashMap<JobId, Arc<Explanation>>, is_refused: bool) {
        if self.found.with_untracked(|shown| shown != found) {
            self.found.set(found.clone());
        }
        if self.is_refused.get_untracked() != is_refused {
            self.is_refused.set(is_refused);
        }
    }

    /// Jobs are gone.
    pub fn forget_jobs(self, gone: &[JobId]) {
        if self.given.with_untracked(|given| given.keys().any(|node| gone.contains(&node.job()))) {
            self.given.update(|given| given.retain(|node, _| !gone.contains(&node.job())));
        }
    }

    pub(super) fn forget(self) {
        self.show(&FxHashMap::default(), false);
        self.given.update(HashMap::clear);
    }
}
