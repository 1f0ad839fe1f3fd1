//! One occurrence of a recipe: the whole story of a job, written in advance, and read up to any moment.

mod work;

use super::{KEPT, Recipe, dice::Dice};
use crate::{
    domain::{ExternalSystem, Job, JobId, JobWithSteps, Status, Step, StepId, StepType, Time, UserId},
    engine::{JobRecord, Retention},
};
use chrono::TimeDelta;

use work::Planned;
pub(in crate::engine) use work::Work;

/// The story. Recipes write it from beginning to end; once it has ended, nothing more is written.
pub(in crate::engine) struct Script {
    pub(super) dice: Dice,
    pub(super) description: String,
    pub(super) owner: Option<UserId>,
    pub(super) external: bool,
    auto_cleared: bool,
    job: JobId,
    begin: Time,
    clock: Time,
    steps: Vec<Planned>,
    open: Vec<usize>,
    ending: Option<Status>,
}

impl Script {
    /// Has a recipe write its story.
    pub(super) fn written(recipe: &Recipe, dice: Dice, begin: Time) -> Self {
        let mut script = Self::blank(dice, begin);
        script.auto_cleared = !recipe.kept;
        script.clock += TimeDelta::milliseconds(300);
        (recipe.write)(&mut script);
        script.pause(1);
        script
    }

    /// A story that is told outside of the sample world; only its steps are looked at.
    pub(in crate::engine) fn told(dice: Dice, begin: Time, write: impl FnOnce(&mut Self)) -> Self {
        let mut script = Self::blank(dice, begin);
        write(&mut script);
        script
    }

    fn blank(mut dice: Dice, begin: Time) -> Self {
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
            ending: None,
        }
    }

    /// When it is over.
    pub(in crate::engine) const fn end(&self) -> Time {
        self.clock
    }

    /// Opens a step; what is written until it is closed goes under it.
    pub(in crate::engine) fn open(&mut self, step_type: StepType, description: impl Into<String>) {
        if self.ending.is_none() {
            self.plan(Work::new(step_type, description, (0, 1)));
            self.open.push(self.steps.len() - 1);
        }
    }

    /// Closes the step that was opened last.
    pub(in crate::engine) fn close(&mut self) {
        if self.ending.is_none()
            && let Some(step) = self.open.pop()
        {
            self.pause(1);
            self.steps[step].end = self.clock;
        }
    }

    /// Work that goes well.
    pub(in crate::engine) fn work(&mut self, work: Work) {
        if self.ending.is_none() {
            let length = self.length(&work);
            self.plan(work);
            self.clock += length;
            self.end_last(Status::Finished, None);
        }
    }

    /// Several pieces of work at the same time, which go well.
    pub(super) fn together(&mut self, works: impl IntoIterator<Item = Work>) {
        let (begin, mut end) = (self.clock, self.clock);
        for work in works {
            self.clock = begin;
            self.work(work);
            end = end.max(self.clock);
        }
        self.clock = end;
    }

    /// Work in the middle of which the whole job comes to that end: with what is open, and for a reason.
    pub(super) fn breaks(&mut self, work: Work, status: Status, why: &'static str) {
        if self.ending.is_none() {
            let length = TimeDelta::milliseconds(self.length(&work).num_milliseconds() * 2 / 3);
            self.plan(work);
            self.clock += length;
            self.end_last(status, Some(why));
            for step in self.open.drain(..) {
                self.steps[step].end = self.clock;
                self.steps[step].status = status;
            }
            self.ending = Some(status);
        }
    }

    /// Lets some seconds pass.
    pub(super) fn pause(&mut self, seconds: i64) {
        if self.ending.is_none() {
            self.clock += TimeDelta::seconds(seconds);
        }
    }

    /// What can be seen of it now; nothing when it has been over for too long.
    pub(super) fn at(&self, now: Time, retention: &Retention) -> Option<JobRecord> {
        let job = self.job_at(now);
        let over =
            retention.is_over(&job, now) || (!job.auto_cleared && job.end_time.is_some_and(|end| now - end > KEPT));
        if over {
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
            status: if ended { self.ending.unwrap_or(Status::Finished) } else { Status::Started },
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
        let mut dice = self.dice.load(0x57e9);
        let ids: Vec<_> = self.steps.iter().map(|_| StepId::new(dice.uuid())).collect();
        let begun = self.steps.iter().zip(0..).filter(|(planned, _)| planned.begin <= now);
        begun.map(|(planned, index)| self.step_at(planned, index, &ids, now)).collect()
    }

    fn step_at(&self, planned: &Planned, index: usize, ids: &[StepId], now: Time) -> Step {
        let ended = planned.end <= now;
        let why = planned.why.filter(|_| ended);
        let siblings = self.steps[..index].iter().filter(|earlier| earlier.parent == planned.parent).count();
        Step {
            id: ids[index],
            job: self.job,
            parent: planned.parent.map(|parent| ids[parent]),
            step_type: planned.step_type,
            description: why
                .map_or_else(|| planned.description.clone(), |why| format!("{}: {why}", planned.description)),
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

    fn plan(&mut self, work: Work) {
        self.steps.push(Planned {
            parent: self.open.last().copied(),
            step_type: work.step_type,
            description: work.description,
            why: None,
            begin: self.clock,
            end: self.clock,
            status: Status::Finished,
            host: work.host,
            measured: work.measured,
        });
    }

    fn end_last(&mut self, status: Status, why: Option<&'static str>) {
        if let Some(last) = self.steps.last_mut() {
            (last.end, last.status, last.why) = (self.clock, status, why);
        }
    }

    fn length(&mut self, work: &Work) -> TimeDelta {
        TimeDelta::milliseconds(self.dice.between(work.seconds.0 * 1000, work.seconds.1 * 1000))
    }
}
