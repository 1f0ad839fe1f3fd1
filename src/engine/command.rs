//! Commands on jobs. Each loads a job with its steps, applies a rule and saves. If the job changed in between, the command
//! is tried again.

use std::future::Future;

use super::{
    ATTEMPTS, ActionGroup, Along, AnswerStore, Caller, Engine, Environment, JobRecord, Keep, SaveError, SavedOnce,
    Store, StoreError, Stored,
    events::{EventKind, EventStore, NewEvent},
};
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

/// A job to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    /// Its description.
    pub description: String,
    /// Whether the engine may remove it some time after its end.
    pub auto_cleared: bool,
    /// Searches find it by this.
    pub correlation_id: String,
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

/// What became of an addition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Added<T> {
    /// It was added.
    New(T),
    /// Nothing was added: another request with the same key was answered meanwhile.
    Repeated,
}

impl<S: Store + AnswerStore + EventStore, E: Environment> Engine<S, E> {
    /// Adds an external job, running from now (`AddExternalJobCommand`), and logs it. `keep` makes the answer to keep with it.
    pub async fn add_job(
        &self,
        caller: &Caller,
        new: NewJob,
        keep: impl Fn(&Job) -> Option<Keep> + Send + Sync,
    ) -> Result<Added<Job>, CommandError> {
        authorize(caller)?;
        let NewJob { description, auto_cleared, correlation_id } = new;
        let description = match named(description) {
            Ok(description) => description,
            Err((error, description)) => {
                let text = format!("Failed to add new external Job {}", in_a_sentence(&description));
                let failed = self.event_by(caller, EventKind::USER_ADD_EXTERNAL_JOB_FAILED, text, &correlation_id);
                self.store.log(&[failed]).await.map_err(CommandError::Store)?;
                return Err(error);
            }
        };
        let (name, user) = (in_a_sentence(&description), &caller.user.user_name);
        let text = format!("New external Job {name} was added by user {user}");
        let added = self.event_by(caller, EventKind::USER_ADD_EXTERNAL_JOB, text, &correlation_id);
        for _ in 0..ATTEMPTS {
            let job = self.new_job(caller, description.clone(), auto_cleared);
            let content = JobWithSteps { job, steps: Vec::new() };
            let record = JobRecord { content, correlation_id: correlation_id.clone(), scenario: false };
            let along = Along { keep: keep(&record.content.job), events: vec![added.clone()] };
            match self.save(&record, None, along).await {
                Ok(SavedOnce::Saved(_)) => return Ok(Added::New(record.content.job)),
                Ok(SavedOnce::Repeated) => return Ok(Added::Repeated),
                Err(SaveError::Stale) => (),
                Err(SaveError::Store(error)) => return Err(CommandError::Store(error)),
            }
        }
        Err(CommandError::Busy)
    }

    /// Adds an external step, running from now (`AddExternalStepCommand`). It joins the job of its parent. `keep` makes the
    /// answer to keep with it.
    pub async fn add_step(
        &self,
        caller: &Caller,
        step: NewStep,
        keep: impl Fn(&Step) -> Option<Keep> + Send + Sync,
    ) -> Result<Added<Step>, CommandError> {
        authorize(caller)?;
        let description = named(step.description).map_err(|(error, _)| error)?;
        let id = StepId::new(self.environment.new_uuid());
        let load = || async move {
            match step.place {
                StepPlace::Job(job) => self.store.load(job).await,
                StepPlace::Step(parent) => self.store.load_by_step(parent).await,
            }
        };
        let added = |content: &JobWithSteps| content.steps.iter().find(|step| step.id == id).cloned();
        let rule = |content: &mut JobWithSteps| {
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
        };
        match self.change_and_keep(load, rule, |content| keep(&added(content)?)).await? {
            Added::New(content) => added(&content).map(Added::New).ok_or(CommandError::NotFound),
            Added::Repeated => Ok(Added::Repeated),
        }
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
        match self.change_and_keep(load, rule, |_| None).await? {
            Added::New(content) => Ok(content),
            // Only what is kept can be repeated.
            Added::Repeated => Err(CommandError::Busy),
        }
    }

    /// The same with an answer to keep.
    async fn change_and_keep<L>(
        &self,
        load: impl Fn() -> L + Send,
        rule: impl Fn(&mut JobWithSteps) -> Result<(), Refusal> + Send,
        keep: impl Fn(&JobWithSteps) -> Option<Keep> + Send,
    ) -> Result<Added<JobWithSteps>, CommandError>
    where
        L: Future<Output = Result<Option<Stored>, StoreError>> + Send,
    {
        for _ in 0..ATTEMPTS {
            let Stored { mut record, version } =
                load().await.map_err(CommandError::Store)?.ok_or(CommandError::NotFound)?;
            rule(&mut record.content).map_err(CommandError::Refused)?;
            record.scenario = false;
            let along = Along { keep: keep(&record.content), events: Vec::new() };
            match self.save(&record, Some(version), along).await {
                Ok(SavedOnce::Saved(_)) => return Ok(Added::New(record.content)),
                Ok(SavedOnce::Repeated) => return Ok(Added::Repeated),
                Err(SaveError::Stale) => (),
                Err(SaveError::Store(error)) => return Err(CommandError::Store(error)),
            }
        }
        Err(CommandError::Busy)
    }

    async fn save(&self, record: &JobRecord, replaces: Option<u64>, along: Along) -> Result<SavedOnce, SaveError> {
        if along == Along::default() {
            return self.store.save(record, replaces).await.map(SavedOnce::Saved);
        }
        self.store.save_along(record, replaces, &along).await
    }

    fn event_by(&self, caller: &Caller, kind: EventKind, text: String, correlation_id: &str) -> NewEvent {
        NewEvent::new(kind, self.now(), text).by(&caller.user).correlated(correlation_id)
    }
}

/// The action group allows changes of any external job: an engine does not check the owner.
fn authorize(caller: &Caller) -> Result<(), CommandError> {
    if caller.may(ActionGroup::INJECT_EXTERNAL_TASKS) { Ok(()) } else { Err(CommandError::NotAuthorized) }
}

/// Checks a description. It is stored as it is, with spaces around it.
fn named(description: String) -> Result<String, (CommandError, String)> {
    match rules::check_description(Dialect::JobsEngine, &description) {
        Ok(()) => Ok(description),
        Err(problem) => Err((CommandError::Description(problem), description)),
    }
}

/// The longest part of a description that an event repeats, in characters.
const IN_A_SENTENCE: usize = 255;

/// A description as a part of an event's text, which the database can store.
fn in_a_sentence(description: &str) -> String {
    let mut text: String = description.chars().take(IN_A_SENTENCE).collect();
    if text.len() < description.len() {
        text.push('\u{2026}');
    }
    text.replace('\0', "\u{fffd}")
}
