//! What is known about the reason of a failed job.

use std::sync::Arc;

use super::{FailedJob, Level, Proofs, Ring, hints, most_telling_first};
use crate::domain::{Event, event::Severity};

/// What is known about the reason of a failed job.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Explanation {
    /// The events with the job's own correlation id.
    pub logged: Option<Logged>,
    /// The events without a correlation id that are probably about the same, the latest first.
    pub hints: Vec<Arc<Event>>,
    /// What it means if there are neither.
    pub silence: Silence,
}

/// What it means that there is no event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Silence {
    /// The events of the job's time were not read yet.
    #[default]
    NotLooked,
    /// The engine refused the job and logged nothing. Whoever started it got the reason as the answer.
    Refused,
    /// The engine logged nothing about it.
    NothingLogged,
}

/// The events with the job's own correlation id. One of them at least is above normal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// The correlation id.
    pub correlation: Arc<str>,
    /// How many jobs have it. At least 1.
    pub tasks: usize,
    /// The events of the job's time, the most telling first.
    pub events: Vec<Arc<Event>>,
}

impl Logged {
    /// Whether the id is that of this job alone.
    pub const fn level(&self) -> Level {
        if self.tasks > 1 { Level::GroupOf(self.tasks) } else { Level::ThisTask }
    }
}

impl Explanation {
    /// The proven event that says most; none if nothing is proven.
    pub fn proven(&self) -> Option<&Arc<Event>> {
        self.logged.as_ref()?.events.first()
    }

    /// The levels that have events, the surest first.
    pub fn levels(&self) -> impl Iterator<Item = (Level, &[Arc<Event>])> {
        let logged = self.logged.iter().map(|logged| (logged.level(), &*logged.events));
        logged.chain((!self.hints.is_empty()).then_some((Level::SameTime, &*self.hints)))
    }

    /// Whether there is any event.
    pub fn has_events(&self) -> bool {
        self.logged.is_some() || !self.hints.is_empty()
    }
}

/// What the events say about a failed job. `others` are other failed jobs, see [`hints`]. `is_looked` tells whether no candidate is
/// left to ask for.
pub fn explain(job: &FailedJob, ring: &Ring, proofs: &Proofs, others: &[FailedJob], is_looked: bool) -> Explanation {
    let logged = logged(job, ring, proofs);
    let hints = hints(job, logged.as_ref(), ring.events(), others);
    let silence = match (is_looked && ring.covers(job.from(), job.end), job.is_refusal) {
        (false, _) => Silence::NotLooked,
        (true, true) => Silence::Refused,
        (true, false) => Silence::NothingLogged,
    };
    Explanation { logged, hints, silence }
}

fn logged(job: &FailedJob, ring: &Ring, proofs: &Proofs) -> Option<Logged> {
    let (correlation, tasks) = proofs.of(job.id)?;
    let is_own = |event: &&Arc<Event>| event.correlation_id.as_deref() == Some(&**correlation) && job.spans(event.time);
    let mut events: Vec<Arc<Event>> = ring.events().filter(is_own).cloned().collect();
    if events.iter().all(|event| event.severity == Severity::Normal) {
        return None;
    }
    most_telling_first(job, tasks > 1, &mut events);
    Some(Logged { correlation: Arc::clone(correlation), tasks, events })
}
