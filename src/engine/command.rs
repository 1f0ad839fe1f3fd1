//! Commands on jobs. Each loads a job with its steps, applies a rule and saves. If the job changed in between, the command
//! is tried again.

use std::future::Future;

use super::{ATTEMPTS, ActionGroup, Caller, Engine, Environment, JobRecord, SaveError, Store, StoreError, Stored};
use crate::domain::{
    Job, JobId, JobWithSteps, Status, Step, StepId, StepType,
    rules::{self, DescriptionProblem, Dialect, Outcome, Refusal},
};

/// Why a command changed nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CommandError {
    /// The caller lacks `INJECT_EXTERNAL_TASKS`.
    NotAuthorized,
    /// The description is not allowed.
    Description(DescriptionProblem),
    /// There is no such job or step.
    NotFound,
    /// A rule forbids it.
    Refused(Refusal),
    /// Other clients kept changing the same job.
    Busy,
    /// The store failed.
    Store(StoreError),
}

/// A step to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewStep {
    /// Its type.
    pub step_type: StepType,
    /// Its description.
    pub description: String,
    /// Where it goes.
    pub place: StepPlace,
}

/// Where a new step goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StepPlace {
    /// Directly under a job.
    Job(JobId),
    /// Under a step of any job.
    Step(StepId),
}

impl<S: Store, E: Environment> Engine<S, E> {
    /// Adds an external job, running from now (`AddExternalJobCommand`).
    pub async fn add_job(
        &self,
        caller: &Caller,
        description: String,
        auto_cleared: bool,
        correlation_id: &str,
    ) -> Result<Job, CommandError> {
        authorize(caller)?;
        let description = named(description)?;
        for _ in 0..ATTEMPTS {
            let job = self.new_job(caller, description.clone(), auto_cleared);
            let content = JobWithSteps { job, steps: Vec::new() };
            let record = JobRecord { content, correlation_id: correlation_id.to_owned(), scenario: false };
            match self.store.save(&record, None).await {
                Ok(_) => return Ok(record.content.job),
                Err(SaveError::Stale) => (),
                Err(SaveError::Store(error)) => return Err(CommandError::Store(error)),
            }
        }
        Err(CommandError::Busy)
    }

    /// Adds an external step, running from now (`AddExternalStepCommand`). It joins the job of its parent.
    pub async fn add_step(&self, caller: &Caller, step: NewStep) -> Result<Step, CommandError> {
        authorize(caller)?;
        let description = named(step.description)?;
        let id = StepId::new(self.environment.new_uuid());
        let load = || async move {
            match step.place {
                StepPlace::Job(job) => self.store.load(job).await,
                StepPlace::Step(parent) => self.store.load_by_step(parent).await,
            }
        };
        let changed = self.change(load, |content| {
            let now = self.now();
            let parent = match step.place {
                StepPlace::Job(_) => None,
                StepPlace::Step(parent) => Some(parent),
            };
            let step = Step {
                id,
                job: content.job.id,
                parent,
                step_type: step.step_type,
                description: description.clone(),
                number: None,
                status: Status::Started,
                progress: None,
                start_time: Some(now),
                end_time: None,
                external: true,
                external_system: None,
                execution_host: None,
            };
            rules::add_step(content, step, now)
        });
        changed.await?.steps.into_iter().find(|step| step.id == id).ok_or(CommandError::NotFound)
    }

    /// Ends a job and the steps that still run (`EndExternalJobCommand`).
    pub async fn end_job(
        &self,
        caller: &Caller,
        id: JobId,
        outcome: Outcome,
        force: bool,
    ) -> Result<JobWithSteps, CommandError> {
        authorize(caller)?;
        let rule =
            |content: &mut JobWithSteps| rules::end_job(Dialect::JobsEngine, content, outcome, force, self.now());
        self.change(|| self.store.load(id), rule).await
    }

    /// Allows the engine to remove a job some time after its end (`ClearExternalJobCommand`).
    pub async fn clear_job(&self, caller: &Caller, id: JobId) -> Result<JobWithSteps, CommandError> {
        authorize(caller)?;
        self.change(|| self.store.load(id), |content| rules::clear_job(&mut content.job)).await
    }

    /// Ends a step of any job (`EndExternalStepCommand`).
    pub async fn end_step(&self, caller: &Caller, id: StepId, outcome: Outcome) -> Result<JobWithSteps, CommandError> {
        authorize(caller)?;
        let rule = |content: &mut JobWithSteps| rules::end_step(Dialect::JobsEngine, content, id, outcome, self.now());
        self.change(|| self.store.load_by_step(id), rule).await
    }

    fn new_job(&self, caller: &Caller, description: String, auto_cleared: bool) -> Job {
        let now = self.now();
        Job {
            id: JobId::new(self.environment.new_uuid()),
            description,
            status: Status::Started,
            external: true,
            auto_cleared,
            owner: Some(caller.user.id),
            start_time: Some(now),
            end_time: None,
            last_updated: Some(now),
        }
    }

    /// Loads, changes and saves; again if the job changed in between. A changed job no longer belongs to the sample world.
    async fn change<L>(
        &self,
        load: impl Fn() -> L + Send,
        rule: impl Fn(&mut JobWithSteps) -> Result<(), Refusal> + Send,
    ) -> Result<JobWithSteps, CommandError>
    where
        L: Future<Output = Result<Option<Stored>, StoreError>> + Send,
    {
        for _ in 0..ATTEMPTS {
            let Stored { mut record, version } =
                load().await.map_err(CommandError::Store)?.ok_or(CommandError::NotFound)?;
            rule(&mut record.content).map_err(CommandError::Refused)?;
            record.scenario = false;
            match self.store.save(&record, Some(version)).await {
                Ok(_) => return Ok(record.content),
                Err(SaveError::Stale) => (),
                Err(SaveError::Store(error)) => return Err(CommandError::Store(error)),
            }
        }
        Err(CommandError::Busy)
    }
}

/// The action group allows changes of any external job: an engine does not check the owner.
fn authorize(caller: &Caller) -> Result<(), CommandError> {
    if caller.may(ActionGroup::INJECT_EXTERNAL_TASKS) { Ok(()) } else { Err(CommandError::NotAuthorized) }
}

/// Checks a description. It is stored as it is, with spaces around it.
fn named(description: String) -> Result<String, CommandError> {
    rules::check_description(Dialect::JobsEngine, &description).map_err(CommandError::Description)?;
    Ok(description)
}
