//! One occurrence of a recipe: a job with all its steps and their times, written in advance and read for any moment.

mod step;

use super::{KEPT, Recipe, dice::Dice};
use crate::{
    domain::{ExternalSystem, Job, JobId, JobWithSteps, Status, Step, StepId, StepType, Time, UserId},
    engine::{JobRecord, Retention},
};
use chrono::TimeDelta;

use step::ScriptStep;
pub(in crate::engine) use step::StepPlan;

/// The script. A recipe writes it from beginning to end. After [`Script::stop_at`] nothing more is added.
pub(in crate::engine) struct Script {
    pub(super) dice: Dice,
    pub(super) description: String,
    pub(super) owner: Option<UserId>,
    pub(super) external: bool,
    auto_cleared: bool,
    job: JobId,
    begin: Time,
    clock: Time,
    steps: Vec<ScriptStep>,
    open: Vec<usize>,
    /// The job's status, if it does not finish normally.
    stopped: Option<Status>,
}

impl Script {
    /// The script that a recipe writes.
    pub(super) fn of_recipe(recipe: &Recipe, dice: Dice, begin: Time) -> Self {
        let mut script = Self::empty(dice, begin);
        script.auto_cleared = !recipe.kept;
        script.clock += TimeDelta::milliseconds(300);
        (recipe.write)(&mut script);
        script.pause(1);
        script
    }

    /// The script of a command on a machine; only its steps are used.
    pub(in crate::engine) fn of_command(dice: Dice, begin: Time, write: impl FnOnce(&mut Self)) -> Self {
        let mut script = Self::empty(dice, begin);
        write(&mut script);
        script
    }

    fn empty(mut dice: Dice, begin: Time) -> Self {
        Self {
            job: JobId::new(dice.uuid()),
            dice,
            description: String::new(),
            owner: None,
            external: false,
            auto_cleared: true,
            begin,
            clock: begin,
            steps: Vec::new(),
            open: Vec::new(),
            stopped: None,
        }
    }

    /// When the job ends.
    pub(in crate::engine) const fn end(&self) -> Time {
        self.clock
    }

    /// Opens a step. Steps that follow go under it, until it is closed.
    pub(in crate::engine) fn open(&mut self, step_type: StepType, description: impl Into<String>) {
        if self.stopped.is_none() {
            self.add(StepPlan::new(step_type, description, (0, 1)));
            self.open.push(self.steps.len() - 1);
        }
    }

    /// Closes the step that was opened last.
    pub(in crate::engine) fn close(&mut self) {
        if self.stopped.is_none()
            && let Some(step) = self.open.pop()
        {
            self.pause(1);
            self.steps[step].end = self.clock;
        }
    }

    /// Adds a step that succeeds.
    pub(in crate::engine) fn work(&mut self, plan: StepPlan) {
        if self.stopped.is_none() {
            let length = self.length(&plan);
            self.add(plan);
            self.clock += length;
            self.end_last(Status::Finished, None);
        }
    }

    /// Adds steps that run at the same time and succeed.
    pub(super) fn in_parallel(&mut self, plans: impl IntoIterator<Item = StepPlan>) {
        let (begin, mut end) = (self.clock, self.clock);
        for plan in plans {
            self.clock = begin;
            self.work(plan);
            end = end.max(self.clock);
        }
        self.clock = end;
    }

    /// Adds a step during which the whole job ends, with that status and for that reason; open steps end with it.
    pub(super) fn stop_at(&mut self, plan: StepPlan, status: Status, reason: &'static str) {
        if self.stopped.is_none() {
            let length = TimeDelta::milliseconds(self.length(&plan).num_milliseconds() * 2 / 3);
            self.add(plan);
            self.clock += length;
            self.end_last(status, Some(reason));
            for step in self.open.drain(..) {
                self.steps[step].end = self.clock;
                self.steps[step].status = status;
            }
            self.stopped = Some(status);
        }
    }

    /// Lets some seconds pass.
    pub(super) fn pause(&mut self, seconds: i64) {
        if self.stopped.is_none() {
            self.clock += TimeDelta::seconds(seconds);
        }
    }

    /// The job as of now; `None` if it has been removed by now.
    pub(super) fn at(&self, now: Time, retention: &Retention) -> Option<JobRecord> {
        let job = self.job_at(now);
        let removed =
            retention.is_over(&job, now) || (!job.auto_cleared && job.end_time.is_some_and(|end| now - end > KEPT));
        if removed {
            return None;
        }
        let correlation_id = format!("sample-{}", self.job);
        Some(JobRecord { content: JobWithSteps { job, steps: self.steps_at(now) }, correlation_id, scenario: true })
    }

    fn job_at(&self, now: Time) -> Job {
        let ended = self.clock <= now;
        let events = self.steps.iter().flat_map(|step| [step.begin, step.end]).chain([self.clock]);
        Job {
            id: self.job,
            description: self.description.clone(),
            status: if ended { self.stopped.unwrap_or(Status::Finished) } else { Status::Started },
            external: self.external,
            auto_cleared: self.auto_cleared,
            owner: self.owner,
            start_time: Some(self.begin),
            end_time: ended.then_some(self.clock),
            last_updated: events.filter(|event| *event <= now).max().or(Some(self.begin)),
        }
    }

    /// The steps that have begun by now.
    pub(in crate::engine) fn steps_at(&self, now: Time) -> Vec<Step> {
        let mut dice = self.dice.derive(0x57e9);
        let ids: Vec<_> = self.steps.iter().map(|_| StepId::new(dice.uuid())).collect();
        let begun = self.steps.iter().zip(0..).filter(|(planned, _)| planned.begin <= now);
        begun.map(|(planned, index)| self.step_at(planned, index, &ids, now)).collect()
    }

    fn step_at(&self, planned: &ScriptStep, index: usize, ids: &[StepId], now: Time) -> Step {
        let ended = planned.end <= now;
        let reason = planned.reason.filter(|_| ended);
        let siblings = self.steps[..index].iter().filter(|earlier| earlier.parent == planned.parent).count();
        Step {
            id: ids[index],
            job: self.job,
            parent: planned.parent.map(|parent| ids[parent]),
            step_type: planned.step_type,
            description: reason
                .map_or_else(|| planned.description.clone(), |reason| format!("{}: {reason}", planned.description)),
            number: u32::try_from(siblings).ok(),
            status: if ended { planned.status } else { Status::Started },
            progress: planned.measured.then(|| planned.progress_at(now)),
            start_time: Some(planned.begin),
            end_time: ended.then_some(planned.end),
            external: self.external,
            external_system: planned.host.map(|_| ExternalSystem::Vdsm),
            execution_host: planned.host,
        }
    }

    fn add(&mut self, plan: StepPlan) {
        self.steps.push(ScriptStep {
            parent: self.open.last().copied(),
            step_type: plan.step_type,
            description: plan.description,
            reason: None,
            begin: self.clock,
            end: self.clock,
            status: Status::Finished,
            host: plan.host,
            measured: plan.measured,
        });
    }

    fn end_last(&mut self, status: Status, reason: Option<&'static str>) {
        if let Some(last) = self.steps.last_mut() {
            (last.end, last.status, last.reason) = (self.clock, status, reason);
        }
    }

    fn length(&mut self, plan: &StepPlan) -> TimeDelta {
        TimeDelta::milliseconds(self.dice.between(plan.seconds.0 * 1000, plan.seconds.1 * 1000))
    }
}
