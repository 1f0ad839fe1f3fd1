//! How a running command appears in its job.

use std::collections::HashSet;

use super::{Monitoring, RunningCommand};
use crate::{
    domain::{Job, JobId, JobWithSteps, Status, Step, StepId, Time, UserId},
    engine::scenario::Script,
};

impl RunningCommand {
    /// A job of the command's own, as it begins.
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

    /// Brings the command's steps in the job up to now.
    ///
    /// A step that has ended stays as it is, and no step is added under it. So a client that ends an external job early also
    /// ends the steps of commands in it; the commands go on without showing.
    pub(super) fn update_job(&self, content: &mut JobWithSteps, script: &Script, now: Time) {
        let open: HashSet<StepId> =
            content.steps.iter().filter(|step| step.status.is_running()).map(|step| step.id).collect();
        let mut added: HashSet<StepId> = HashSet::new();
        for planned in script.steps_at(now) {
            if let Some(known) = content.steps.iter_mut().find(|step| step.id == planned.id) {
                update_step(known, &planned, &mut content.job);
                continue;
            }
            let may_add = match planned.parent {
                Some(parent) => open.contains(&parent) || added.contains(&parent),
                None => self.may_add_top_step(&content.job, now),
            };
            if may_add {
                added.insert(planned.id);
                self.add_step(content, planned);
            }
        }
        if matches!(self.monitoring, Monitoring::OwnJob { .. }) && script.end() <= now {
            finish(content, script.end());
        }
    }

    /// Whether a step without a parent in the script may be added now. In an external job that is only at the begin; the
    /// state of that job or step does not matter then, as for external steps (`AddStepCommand`).
    fn may_add_top_step(&self, job: &Job, now: Time) -> bool {
        match self.monitoring {
            Monitoring::OwnJob { .. } => job.status.is_running(),
            Monitoring::Attached { .. } => now == self.begin,
            Monitoring::Unmonitored => false,
        }
    }

    fn add_step(&self, content: &mut JobWithSteps, planned: Step) {
        let parent = planned.parent.or(match self.monitoring {
            Monitoring::Attached { step, .. } => step,
            Monitoring::OwnJob { .. } | Monitoring::Unmonitored => None,
        });
        let siblings = content.steps.iter().filter(|step| step.parent == parent).count();
        set_last_updated(&mut content.job, planned.end_time.or(planned.start_time));
        content.steps.push(Step { job: content.job.id, parent, number: u32::try_from(siblings).ok(), ..planned });
    }
}

/// Progress alone does not change the job's `last_updated` (`StepDao.updateStepProgress`). It never goes down, also if the clock
/// was set back.
fn update_step(known: &mut Step, planned: &Step, job: &mut Job) {
    if known.status.is_running() {
        known.progress = planned.progress.map(|progress| known.progress.map_or(progress, |shown| shown.max(progress)));
        known.status = planned.status;
        known.end_time = planned.end_time;
        set_last_updated(job, planned.end_time);
    }
}

fn set_last_updated(job: &mut Job, event: Option<Time>) {
    job.last_updated = job.last_updated.max(event);
}

/// Ends the command's own job, with all steps that still run in it. A client may have added one after the planned end.
fn finish(content: &mut JobWithSteps, end: Time) {
    if content.job.status.is_running() {
        content.job.status = Status::Finished;
        content.job.end_time = Some(end);
        set_last_updated(&mut content.job, Some(end));
        for step in content.steps.iter_mut().filter(|step| step.status.is_running()) {
            step.status = Status::Finished;
            step.end_time = step.start_time.max(Some(end));
        }
    }
}
