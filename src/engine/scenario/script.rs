//! One occurrence of a recipe: a job with all its steps and their times, written in advance and read for any moment.

mod events;
mod step;
mod writing;

use super::{KEPT, Recipe, dice::Dice};
use crate::{
    domain::{ExternalSystem, Job, JobId, JobWithSteps, Status, Step, StepId, Time, UserId},
    engine::{JobRecord, Retention},
};
use chrono::TimeDelta;

pub(super) use events::About;
use events::ScriptEvent;
use step::ScriptStep;
pub(in crate::engine) use step::StepPlan;

/// The script. A recipe writes it from beginning to end. After [`Script::stop_at`] nothing more is added.
pub(in crate::engine) struct Script {
    pub(super) dice: Dice,
    /// The same for all jobs of an occurrence, so that they are about the same things.
    pub(super) shared: Dice,
    correlation_id: String,
    pub(super) description: String,
    pub(super) owner: Option<UserId>,
    pub(super) external: bool,
    auto_cleared: bool,
    job: JobId,
    begin: Time,
    clock: Time,
    steps: Vec<ScriptStep>,
    open: Vec<usize>,
    /// What is logged.
    logged: Vec<ScriptEvent>,
    /// Steps that end with the job.
    unended: Vec<usize>,
    /// The job's status, if it does not finish normally.
    outcome: Option<Status>,
    /// Whether the job ended before the end of the script.
    stopped: bool,
}

impl Script {
    /// The scripts of an occurrence of a recipe: of its job, and of the jobs beside it.
    pub(super) fn all_of_recipe(recipe: &Recipe, dice: &Dice, begin: Time) -> Vec<Self> {
        let first = Self::of_recipe(recipe, recipe.write, dice.clone(), dice.clone(), begin);
        let correlation_id = first.correlation_id.clone();
        let beside = recipe.beside.iter().zip(1..).map(|(beside, number)| {
            let begin = begin + TimeDelta::seconds(beside.after);
            let script = Self::of_recipe(recipe, beside.write, dice.derive(number), dice.clone(), begin);
            Self { correlation_id: correlation_id.clone(), ..script }
        });
        let beside: Vec<Self> = beside.collect();
        [first].into_iter().chain(beside).collect()
    }

    fn of_recipe(recipe: &Recipe, write: fn(&mut Self), dice: Dice, shared: Dice, begin: Time) -> Self {
        let mut script = Self { shared, ..Self::empty(dice, begin) };
        script.auto_cleared = !recipe.kept;
        script.clock += TimeDelta::milliseconds(300);
        write(&mut script);
        script.pause(1);
        script.log_addition();
        for step in script.unended.drain(..) {
            script.steps[step].end = script.clock;
            script.steps[step].status = script.outcome.unwrap_or(Status::Finished);
        }
        script
    }

    /// The script of a command on a machine; only its steps are used.
    pub(in crate::engine) fn of_command(dice: Dice, begin: Time, write: impl FnOnce(&mut Self)) -> Self {
        let mut script = Self::empty(dice, begin);
        write(&mut script);
        script
    }

    fn empty(mut dice: Dice, begin: Time) -> Self {
        let job = JobId::new(dice.uuid());
        Self {
            job,
            shared: dice.clone(),
            correlation_id: format!("sample-{job}"),
            dice,
            description: String::new(),
            owner: None,
            external: false,
            auto_cleared: true,
            begin,
            clock: begin,
            steps: Vec::new(),
            open: Vec::new(),
            logged: Vec::new(),
            unended: Vec::new(),
            outcome: None,
            stopped: false,
        }
    }

    /// When the job starts.
    pub(super) const fn begin(&self) -> Time {
        self.begin
    }

    /// When the job ends.
    pub(in crate::engine) const fn end(&self) -> Time {
        self.clock
    }

    /// The job as of now; `None` if it has been removed by now.
    pub(super) fn at(&self, now: Time, retention: &Retention) -> Option<JobRecord> {
        let job = self.job_at(now);
        let removed =
            retention.is_over(&job, now) || (!job.auto_cleared && job.end_time.is_some_and(|end| now - end > KEPT));
        if removed {
            return None;
        }
        let correlation_id = self.correlation_id.clone();
        Some(JobRecord { content: JobWithSteps { job, steps: self.steps_at(now) }, correlation_id, scenario: true })
    }

    fn job_at(&self, now: Time) -> Job {
        let ended = self.clock <= now;
        let events = self.steps.iter().flat_map(|step| [step.begin, step.end]).chain([self.clock]);
        Job {
            id: self.job,
            description: self.description.clone(),
            status: if ended { self.outcome.unwrap_or(Status::Finished) } else { Status::Started },
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
            progress: (planned.measured && !ended).then(|| planned.progress_at(now)),
            start_time: Some(planned.begin),
            end_time: ended.then_some(planned.end),
            external: self.external,
            external_system: planned.by_agent.then_some(ExternalSystem::Vdsm),
            execution_host: planned.host,
        }
    }
}
