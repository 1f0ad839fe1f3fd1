//! POST.

use super::{
    Call, Environment, InventoryStore, Refused, Resource,
    doing::{Doing, non_monitored},
    inventory::invalid_id,
    once::{kept, response},
};
use crate::{
    domain::{Job, JobId, JobWithSteps, Status, Step, StepId, rules::Outcome},
    engine::{Added, CommandError, KeptAnswer, NewJob, NewStep, StepPlace},
    wire::{
        Href, ResourcePath, Response, describe,
        document::Document,
        fault::Fault,
        input::{Action, ParentStep, Unreadable, read_action, read_add_job, read_add_step, read_guid},
    },
};

impl<S: InventoryStore, E: Environment> Call<'_, S, E> {
    /// Answers a POST to a resource that has one.
    pub(super) async fn act(&self, resource: Resource) -> Result<Response, Refused> {
        match resource {
            Resource::Jobs => self.add_job().await,
            Resource::Steps(job) => self.add_step(job).await,
            Resource::EndJob(id) => self.end_job(id).await,
            Resource::ClearJob(id) => self.clear_job(id).await,
            Resource::EndStep(id) => self.end_step(id).await,
            Resource::Events => self.add_event().await,
            Resource::Inventory(resource) => self.act_on_inventory(resource).await,
            Resource::Root
            | Resource::Job(_)
            | Resource::Step(..)
            | Resource::Statistics(_)
            | Resource::Capabilities
            | Resource::Event(_)
            | Resource::Directory(_) => Err(Refused::Method(resource.allowed())),
        }
    }

    async fn add_job(&self) -> Result<Response, Refused> {
        let once = self.once()?;
        if let Some(answered) = self.answered(&once).await? {
            return Ok(answered);
        }
        let sent = read_add_job(self.sent()?, &self.request.body);
        let adding = sent.map_err(unreadable(Usage { operation: "jobs/methods/add", body: "Parameter 'job'" }))?;
        let description = adding.description.ok_or_else(|| Refused::missing("job.description"))?;
        not_empty("Job", "description", &description)?;
        let auto_cleared = adding.auto_cleared.unwrap_or(false);
        self.refuse_attachment()?;
        let new = NewJob { description, auto_cleared, correlation_id: self.correlation_id.clone() };
        let keep = |job: &Job| once.keep(self.added_job(job), self.engine.now());
        match self.engine.add_job(self.caller, new, keep).await {
            Ok(Added::New(job)) => Ok(response(self.added_job(&job))),
            Ok(Added::Repeated) => self.answered_meanwhile(&once).await,
            Err(error) => Err(Refused::addition(Doing::AddJob.fault(error))),
        }
    }

    /// The answer to a request that added that job.
    fn added_job(&self, job: &Job) -> KeptAnswer {
        let document = Document::entity("job", describe::job(self.base, job, None));
        kept(self.created(ResourcePath::Job(job.id), &document))
    }

    async fn add_step(&self, job: JobId) -> Result<Response, Refused> {
        let once = self.once()?;
        if let Some(answered) = self.answered(&once).await? {
            return Ok(answered);
        }
        let sent = read_add_step(self.sent()?, &self.request.body);
        let adding = sent.map_err(unreadable(Usage { operation: "steps/methods/add", body: "Parameter 'step'" }))?;
        let step_type = adding.step_type.ok_or_else(|| Refused::missing("step.type"))?;
        let description = adding.description.ok_or_else(|| Refused::missing("step.description"))?;
        not_empty("Step", "description", &description)?;
        let place = step_place(job, adding.parent)?;
        self.refuse_attachment()?;
        let new = NewStep { step_type, description, place };
        let keep = |step: &Step| once.keep(self.added_step(job, step), self.engine.now());
        match self.engine.add_step(self.caller, new, keep).await {
            Ok(Added::New(step)) => Ok(response(self.added_step(job, &step))),
            Ok(Added::Repeated) => self.answered_meanwhile(&once).await,
            Err(error) => Err(Refused::addition(Doing::AddStep.fault(error))),
        }
    }

    /// The answer to a request that added that step. Reading it back is an admin's query: for others this is a refusal,
    /// although the step was added.
    fn added_step(&self, job: JobId, step: &Step) -> KeptAnswer {
        if let Err(error) = self.reader().may_read_everything() {
            return kept(Refused::from(error).response(self.format(), &self.request.origin()));
        }
        let document = Document::entity("step", describe::step(self.base, job, step));
        kept(self.created(ResourcePath::Step(job, step.id), &document))
    }

    async fn end_job(&self, id: JobId) -> Result<Response, Refused> {
        let action = self.action("job/methods/end")?;
        let outcome = outcome(&action)?.unwrap_or(Outcome::Succeeded);
        let force = action.force.unwrap_or(false);
        let ended = self.engine.end_job(self.caller, id, outcome, force).await;
        self.acted(Doing::ChangeJob, action, Some(id), ended)
    }

    async fn clear_job(&self, id: JobId) -> Result<Response, Refused> {
        let action = self.action("job/methods/clear")?;
        let cleared = self.engine.clear_job(self.caller, id).await;
        self.acted(Doing::ChangeJob, action, Some(id), cleared)
    }

    async fn end_step(&self, id: StepId) -> Result<Response, Refused> {
        let action = self.action("step/methods/end")?;
        let outcome = outcome(&action)?.ok_or_else(|| Refused::missing("succeeded"))?;
        let ended = self.engine.end_step(self.caller, id, outcome).await;
        self.acted(Doing::EndStep, action, None, ended)
    }

    /// Adding is not a monitored command, so it cannot run under a job (`Backend.runActionImpl`). An engine exempts ending
    /// and clearing.
    pub(super) fn refuse_attachment(&self) -> Result<(), Refused> {
        match self.attachment() {
            Ok(None) => Ok(()),
            Ok(Some(_)) => Err(Refused::addition(non_monitored())),
            Err(fault) => Err(Refused::Fault(400, fault)),
        }
    }

    /// The action in the request's body; `operation` is its name in the API's manual.
    pub(super) fn action(&self, operation: &'static str) -> Result<Action, Refused> {
        let sent = read_action(self.sent()?, &self.request.body);
        sent.map_err(unreadable(Usage { operation, body: "Action" }))
    }

    pub(super) fn created(&self, place: ResourcePath, document: &Document<'_>) -> Response {
        self.send(201, document).with_header("location", Href(self.base, place).to_string())
    }

    /// The answer to an action is the action, completed or failed.
    fn acted(
        &self,
        doing: Doing,
        action: Action,
        job: Option<JobId>,
        result: Result<JobWithSteps, CommandError>,
    ) -> Result<Response, Refused> {
        match result {
            Ok(_) => Ok(self.send(200, &describe::action_complete(&action, self.base, job))),
            Err(error) => Err(Refused::action(action, doing.fault(error))),
        }
    }
}

/// How messages call an operation and its body.
#[derive(Clone, Copy)]
pub(super) struct Usage {
    /// The operation's name in the API's manual.
    pub(super) operation: &'static str,
    /// What is missing without a body (`JaxrsHelperGenerator`).
    pub(super) body: &'static str,
}

/// The refusal of a body that cannot be read.
pub(super) fn unreadable(usage: Usage) -> impl Fn(Unreadable) -> Refused {
    move |why| match why {
        // An engine answers 500 to `end` and `clear` of a job; one of the departures.
        Unreadable::Empty => Refused::invalid(format!("{} is mandatory but was not provided.", usage.body)),
        // An engine answers with the same sentence as HTML; one of the departures.
        Unreadable::Unknown { member, class } => Refused::Fault(
            400,
            Fault::new(
                "Request syntactically incorrect.",
                format!(
                    "Unrecognized field \"{member}\" (class org.ovirt.engine.api.model.{class}), not marked as ignorable"
                ),
            ),
        ),
        Unreadable::Syntax => Refused::Syntax(usage.operation),
        Unreadable::Value(detail) => Refused::Fault(400, Fault::new("Invalid value", detail)),
    }
}

/// An empty text counts as missing (`CompletenessAssertor`).
pub(super) fn not_empty(class: &str, member: &str, text: &str) -> Result<(), Refused> {
    if !text.is_empty() {
        return Ok(());
    }
    Err(Refused::Fault(400, Fault::new("Incomplete parameters", format!("{class} [{member}] required for add"))))
}

/// A parent step takes precedence over the job in the path (`BackendStepsResource`).
fn step_place(job: JobId, parent: Option<ParentStep>) -> Result<StepPlace, Refused> {
    let Some(ParentStep { id }) = parent else { return Ok(StepPlace::Job(job)) };
    let id = id.unwrap_or_default();
    not_empty("Step", "parentStep.id", &id)?;
    let id = read_guid(&id).map_err(|message| Refused::Fault(400, invalid_id(message)))?;
    Ok(StepPlace::Step(StepId::new(id)))
}

/// The outcome: `succeeded` decides; without it, `status` does. One of the departures: a current oVirt engine reads only
/// `succeeded`.
fn outcome(action: &Action) -> Result<Option<Outcome>, Refused> {
    match (action.succeeded, &action.status) {
        (Some(true), _) => Ok(Some(Outcome::Succeeded)),
        (Some(false), _) => Ok(Some(Outcome::Failed)),
        (None, None) => Ok(None),
        (None, Some(word)) => match word.parse() {
            Ok(Status::Finished) => Ok(Some(Outcome::Succeeded)),
            Ok(Status::Failed) => Ok(Some(Outcome::Failed)),
            Ok(Status::Aborted) => Ok(Some(Outcome::Aborted)),
            Ok(Status::Started | Status::Unknown) | Err(_) => {
                Err(Refused::invalid("Parameter 'status' must be one of finished, failed and aborted."))
            }
        },
    }
}
