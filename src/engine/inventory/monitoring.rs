//! How a running command shows in its job.

use std::collections::HashSet;

use super::{Monitoring, Running};
use crate::{
    domain::{Job, JobId, JobWithSteps, Status, Step, StepId, Time, UserId},
    engine::scenario::Script,
};

impl Running {
    /// A job of its own, as it begins.
    pub(super) fn new_job(&self, id: JobId, owner: UserId) -> JobWithSteps {
        let job = Job {
            id,
            description: self.work.description(),
            status: Status::Started,
            external: false,
            auto_cleared: true,
            owner: Some(owner),
            start_time: Some(self.begin),
            end_time: None,
            last_updated: Some(self.begin),
        };
        JobWithSteps { job, steps: Vec::new() }
    }

    /// Tells the job how far the command is.
    ///
    /// Nothing that somebody ended is taken up again: a step that has ended stays as it is, and no step goes under it. So
    /// whoever ends an external job early ends the steps of commands in it too, and the commands go on unseen.
    pub(super) fn tell(&self, content: &mut JobWithSteps, story: &Script, now: Time) {
        let open: HashSet<StepId> =
            content.steps.iter().filter(|step| step.status.is_running()).map(|step| step.id).collect();
        let mut joined: HashSet<StepId> = HashSet::new();
        for told in story.steps_at(now) {
            if let Some(known) = content.steps.iter_mut().find(|step| step.id == told.id) {
                update(known, &told, &mut content.job);
                continue;
            }
            let joins = match told.parent {
                Some(parent) => open.contains(&parent) || joined.contains(&parent),
                None => self.goes_on_in(&content.job, now),
            };
            if joins {
                joined.insert(told.id);
                self.join(content, told);
            }
        }
        if matches!(self.monitoring, Monitoring::OwnJob { .. }) && story.end() <= now {
            finish(content, story.end());
        }
    }

    /// Whether a step directly under the job, or the step that was named, may come now. In somebody's job that is at the
    /// begin only, when the state of job and step does not matter, as it does not for external steps (`AddStepCommand`).
    fn goes_on_in(&self, job: &Job, now: Time) -> bool {
        match self.monitoring {
            Monitoring::OwnJob { .. } => job.status.is_running(),
            Monitoring::Attached { .. } => now == self.begin,
            Monitoring::Unmonitored => false,
        }
    }

    fn join(&self, content: &mut JobWithSteps, told: Step) {
        let parent = told.parent.or(match self.monitoring {
            Monitoring::Attached { step, .. } => step,
            Monitoring::OwnJob { .. } | Monitoring::Unmonitored => None,
        });
        let siblings = content.steps.iter().filter(|step| step.parent == parent).count();
        note(&mut content.job, told.end_time.or(told.start_time));
        content.steps.push(Step { job: content.job.id, parent, number: u32::try_from(siblings).ok(), ..told });
    }
}

/// Progress alone is no news of the job (`StepDao.updateStepProgress`).
fn update(known: &mut Step, told: &Step, job: &mut Job) {
    if known.status.is_running() {
        known.progress = told.progress;
        known.status = told.status;
        known.end_time = told.end_time;
        note(job, told.end_time);
    }
}

fn note(job: &mut Job, event: Option<Time>) {
    job.last_updated = job.last_updated.max(event);
}

/// Steps that others put under the command's end with it.
fn finish(content: &mut JobWithSteps, end: Time) {
    if content.job.status.is_running() {
        content.job.status = Status::Finished;
        content.job.end_time = Some(end);
        note(&mut content.job, Some(end));
        for step in content.steps.iter_mut().filter(|step| step.status.is_running()) {
            step.status = Status::Finished;
            step.end_time = Some(end);
        }
    }
}
