//! What a recipe writes into its script, from beginning to end.

use chrono::TimeDelta;

use super::{Script, StepPlan, step::ScriptStep};
use crate::domain::{Status, StepType};

impl Script {
    /// Opens a step. Steps that follow go under it, until it is closed.
    pub(in crate::engine) fn open(&mut self, step_type: StepType, description: impl Into<String>) {
        if !self.stopped {
            self.open_as(StepPlan::new(step_type, description, (0, 1)));
        }
    }

    /// Closes the step that was opened last.
    pub(in crate::engine) fn close(&mut self) {
        if !self.stopped
            && let Some(step) = self.open.pop()
        {
            self.pause(1);
            self.steps[step].end = self.clock;
        }
    }

    /// Adds a step that succeeds.
    pub(in crate::engine) fn work(&mut self, plan: StepPlan) {
        if !self.stopped {
            let length = self.length(&plan);
            self.add(plan);
            self.clock += length;
            self.end_last(Status::Finished, None);
        }
    }

    /// Adds a step that fails. The job goes on: an engine tries again, or finishes what it began.
    pub(in crate::engine::scenario) fn fail(&mut self, plan: StepPlan) {
        self.work(plan);
        if !self.stopped {
            self.end_last(Status::Failed, None);
        }
    }

    /// Adds a step that ends with the job, in the job's status. Its length is how long nothing else happens.
    pub(in crate::engine::scenario) fn until_end(&mut self, plan: StepPlan) {
        if !self.stopped {
            let length = self.length(&plan);
            self.add(plan);
            self.unended.push(self.steps.len() - 1);
            self.clock += length;
        }
    }

    /// Opens a step, as [`Self::open`], that ends with the job.
    pub(in crate::engine::scenario) fn open_until_end(&mut self, step_type: StepType, description: impl Into<String>) {
        if !self.stopped {
            self.until_end(StepPlan::new(step_type, description, (0, 1)));
            self.open.push(self.steps.len() - 1);
        }
    }

    /// Leaves the step that was opened last, without ending it.
    pub(in crate::engine::scenario) fn leave(&mut self) {
        self.open.pop();
    }

    /// The job fails in the end.
    pub(in crate::engine::scenario) const fn fails(&mut self) {
        self.outcome = Some(Status::Failed);
    }

    /// Adds a step that starts some milliseconds after now, when the job has ended. An engine closes such a step with the job's
    /// end time, so that it ends before it starts; `in_time` is for one that it closes as it should.
    pub(in crate::engine::scenario) fn late(&mut self, plan: StepPlan, milliseconds: i64, in_time: bool) {
        if !self.stopped {
            self.add(plan);
            let index = self.steps.len() - 1;
            let begin = self.clock + TimeDelta::milliseconds(1_000 + milliseconds);
            (self.steps[index].begin, self.steps[index].end) = (begin, begin);
            if !in_time {
                self.unended.push(index);
            }
        }
    }

    /// Adds steps that run at the same time and succeed.
    pub(in crate::engine::scenario) fn in_parallel(&mut self, plans: impl IntoIterator<Item = StepPlan>) {
        let (begin, mut end) = (self.clock, self.clock);
        for plan in plans {
            self.clock = begin;
            self.work(plan);
            end = end.max(self.clock);
        }
        self.clock = end;
    }

    /// Adds a step during which the whole job ends, with that status and for that reason; open steps end with it.
    pub(in crate::engine::scenario) fn stop_at(&mut self, plan: StepPlan, status: Status, reason: &'static str) {
        if !self.stopped {
            let length = TimeDelta::milliseconds(self.length(&plan).num_milliseconds() * 2 / 3);
            self.add(plan);
            self.clock += length;
            self.end_last(status, Some(reason));
            for step in self.open.drain(..) {
                self.steps[step].end = self.clock;
                self.steps[step].status = status;
            }
            (self.outcome, self.stopped) = (Some(status), true);
        }
    }

    /// Opens a step, as [`Self::open`], with all that is planned for it.
    pub(in crate::engine::scenario) fn open_as(&mut self, plan: StepPlan) {
        if !self.stopped {
            self.add(plan);
            self.open.push(self.steps.len() - 1);
        }
    }

    /// Lets time pass until that many seconds after the job's start.
    pub(in crate::engine::scenario) fn pause_until(&mut self, seconds: i64) {
        if !self.stopped {
            self.clock = self.clock.max(self.begin + TimeDelta::seconds(seconds));
        }
    }

    /// Lets some seconds pass.
    pub(in crate::engine::scenario) fn pause(&mut self, seconds: i64) {
        if !self.stopped {
            self.clock += TimeDelta::seconds(seconds);
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
            by_agent: plan.by_agent,
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
