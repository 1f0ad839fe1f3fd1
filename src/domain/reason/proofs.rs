//! Which jobs have which correlation id: answers of `GET /jobs?search=correlation_id=X`, kept.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::domain::{JobId, Time};

/// So many ids are kept.
const MOST: usize = 1_000;

/// The jobs that have one correlation id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// The jobs.
    pub jobs: Vec<JobId>,
    /// The engine's time when it was asked. A job that started later may have the id, too.
    pub asked: Time,
}

/// The jobs of all ids that were asked for.
#[derive(Debug, Clone, Default)]
pub struct Proofs(FxHashMap<Arc<str>, Proof>);

impl Proofs {
    /// Takes an answer. It settles all jobs that are in it.
    pub fn learn(&mut self, correlation: &str, proof: Proof) {
        if self.0.len() >= MOST
            && let Some(oldest) = self.0.iter().min_by_key(|(_, proof)| proof.asked).map(|(id, _)| Arc::clone(id))
        {
            self.0.remove(&oldest);
        }
        self.0.insert(correlation.into(), proof);
    }

    /// The correlation id of a job, and how many jobs have it; none if it is not proven.
    pub fn of(&self, job: JobId) -> Option<(&Arc<str>, usize)> {
        let (id, proof) = self.0.iter().find(|(_, proof)| proof.jobs.contains(&job))?;
        Some((id, proof.jobs.len()))
    }

    /// Whether it is known if this id is the job's. An answer from before the job's start says nothing about it.
    pub fn settles(&self, correlation: &str, start: Time) -> bool {
        self.0.get(correlation).is_some_and(|proof| proof.asked >= start)
    }

    /// The jobs that have this id, as far as is known.
    pub fn jobs_of(&self, correlation: &str) -> Vec<JobId> {
        self.0.get(correlation).map(|proof| proof.jobs.clone()).unwrap_or_default()
    }

    /// Drops the ids none of whose jobs the page knows any more.
    pub fn retain(&mut self, is_known: impl Fn(JobId) -> bool) {
        self.0.retain(|_, proof| proof.jobs.iter().any(|job| is_known(*job)));
    }

    /// How many ids are kept.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether none is kept.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
