//! When a reply is lost, look: sending again could do it twice.

use std::{collections::HashSet, time::Duration};

use crate::{
    api::{NewJob, NewStep},
    domain::{Job, Step, StepId, Time},
};

/// The waits before each look: three looks over ten seconds.
pub const LOOKS: [Duration; 3] = [Duration::from_secs(1), Duration::from_secs(3), Duration::from_secs(6)];

/// What a look found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found<T> {
    /// Not there (yet).
    Nothing,
    /// This must be it.
    One(T),
    /// It may be any of these: the admin decides.
    Several(Vec<T>),
}

impl<T> Found<T> {
    fn of(mut candidates: Vec<T>) -> Self {
        match (candidates.pop(), candidates.is_empty()) {
            (None, _) => Self::Nothing,
            (Some(only), true) => Self::One(only),
            (Some(last), false) => {
                candidates.push(last);
                Self::Several(candidates)
            }
        }
    }
}

/// Picks the job that was added from what a search by its correlation id brought.
///
/// Engines before 4.2 ignore the question and list all jobs, so the rest has to fit too.
pub fn added_job(candidates: Vec<Job>, new: &NewJob, known: impl Fn(&Job) -> bool) -> Found<Job> {
    let fits = |job: &Job| job.external && job.description == new.description && !known(job);
    Found::of(candidates.into_iter().filter(fits).collect())
}

/// The steps that a job had before one was added.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Before {
    ids: HashSet<StepId>,
    last_start: Option<Time>,
}

impl Before {
    /// From the job's steps.
    pub fn of<'a>(steps: impl IntoIterator<Item = &'a Step>) -> Self {
        let mut before = Self::default();
        for step in steps {
            before.ids.insert(step.id);
            before.last_start = before.last_start.max(step.start_time);
        }
        before
    }
}

/// Picks the step that was added: not there before, under this parent, of this type and description, and not started
/// before the others. Starts are compared with each other, so the clocks of page and engine do not matter.
pub fn added_step(steps: Vec<Step>, new: &NewStep, before: &Before) -> Found<Step> {
    let fits = |step: &Step| {
        !before.ids.contains(&step.id)
            && step.parent == new.parent
            && step.step_type == new.step_type
            && step.description == new.description
            && step.start_time >= before.last_start
    };
    Found::of(steps.into_iter().filter(fits).collect())
}
