//! POST.

use super::{
    Call, Environment, Resource, Store,
    respond::{Doing, command_fault, invalid, json, missing, not_allowed, refusal, syntax},
};
use crate::{
    domain::{JobId, JobWithSteps, Status, StepId, rules::Outcome},
    engine::{CommandError, NewStep, StepPlace},
    wire::{
        Response,
        action::Action,
        fault::Fault,
        json::{Href, ParentStep, Place, read_action, read_add_job, read_add_step, write_job, write_step},
    },
};

impl<S: Store, E: Environment> Call<'_, S, E> {
    /// Answers a POST to a resource that has one.
    pub(super) async fn act(&self, resource: Resource) -> Response {
        match resource {
            Resource::Jobs => self.add_job().await,
            Resource::Steps(job) => self.add_step(job).await,
            Resource::EndJob(id) => self.end_job(id).await,
            Resource::ClearJob(id) => self.clear_job(id).await,
            Resource::EndStep(id) => self.end_step(id).await,
            Resource::Root | Resource::Job(_) | Resource::Step(..) | Resource::Statistics(_) | Resource::User(_) => {
                Response::empty(405)
            }
        }
    }

    async fn add_job(&self) -> Response {
        let Ok(adding) = read_add_job(&self.request.body) else { return syntax("jobs/methods/add") };
        let Some(description) = adding.description else { return missing("job.description") };
        let auto_cleared = adding.auto_cleared.unwrap_or(false);
        match self.engine.add_job(self.caller, description, auto_cleared, &self.correlation_id).await {
            Ok(job) => self.created(Place::Job(job.id), write_job(self.base, &job, None)),
            Err(error) => refused_addition(Doing::AddJob, &error),
        }
    }

    async fn add_step(&self, job: JobId) -> Response {
        let Ok(adding) = read_add_step(&self.request.body) else { return syntax("steps/methods/add") };
        let Some(step_type) = adding.step_type else { return missing("step.type") };
        let Some(description) = adding.description else { return missing("step.description") };
        let place = match step_place(job, adding.parent) {
            Ok(place) => place,
            Err(fault) => return refusal(400, &fault),
        };
        match self.engine.add_step(self.caller, NewStep { step_type, description, place }).await {
            // The step is there all the same: reading it back needs an admin's query.
            Ok(_) if self.reader().may_read_everything().is_err() => not_allowed(),
            Ok(step) => self.created(Place::Step(job, step.id), write_step(self.base, job, &step)),
            Err(error) => refused_addition(Doing::AddStep, &error),
        }
    }

    async fn end_job(&self, id: JobId) -> Response {
        let Ok(action) = read_action(&self.request.body) else { return syntax("job/methods/end") };
        let outcome = match outcome(&action) {
            Ok(outcome) => outcome.unwrap_or(Outcome::Succeeded),
            Err(refused) => return refused,
        };
        let force = action.force.unwrap_or(false);
        self.acted(Doing::ChangeJob, &action, Some(id), self.engine.end_job(self.caller, id, outcome, force).await)
    }

    async fn clear_job(&self, id: JobId) -> Response {
        let Ok(action) = read_action(&self.request.body) else { return syntax("job/methods/clear") };
        self.acted(Doing::ChangeJob, &action, Some(id), self.engine.clear_job(self.caller, id).await)
    }

    async fn end_step(&self, id: StepId) -> Response {
        let Ok(action) = read_action(&self.request.body) else { return syntax("step/methods/end") };
        let outcome = match outcome(&action) {
            Ok(Some(outcome)) => outcome,
            Ok(None) => return missing("succeeded"),
            Err(refused) => return refused,
        };
        self.acted(Doing::EndStep, &action, None, self.engine.end_step(self.caller, id, outcome).await)
    }

    fn created(&self, place: Place, body: Vec<u8>) -> Response {
        json(201, body).with_header("location", Href(self.base, place).to_string())
    }

    /// The answer to an action is the action, done or refused.
    fn acted(
        &self,
        doing: Doing,
        action: &Action,
        job: Option<JobId>,
        result: Result<JobWithSteps, CommandError>,
    ) -> Response {
        match result {
            Ok(_) => json(200, action.write_complete(self.base, job)),
            Err(error) => {
                let (status, fault) = command_fault(doing, &error);
                json(status, action.write_failed(&fault))
            }
        }
    }
}

fn refused_addition(doing: Doing, error: &CommandError) -> Response {
    let (status, fault) = command_fault(doing, error);
    refusal(status, &fault)
}

/// A parent step overrules the job that the path names (`BackendStepsResource`).
fn step_place(job: JobId, parent: Option<ParentStep>) -> Result<StepPlace, Fault> {
    match parent {
        None => Ok(StepPlace::Job(job)),
        Some(ParentStep { id: None }) => Err(Fault::new("Incomplete parameters", "Step [id] required for add")),
        Some(ParentStep { id: Some(id) }) => match id.parse() {
            Ok(id) => Ok(StepPlace::Step(id)),
            // With a small f, unlike everywhere else.
            Err(_) => Err(Fault::new("Operation failed", format!("Invalid id: {id}"))),
        },
    }
}

/// How it ended: `succeeded` decides when it is there, else `status` does. One of the departures: a current oVirt engine
/// looks at `succeeded` only.
fn outcome(action: &Action) -> Result<Option<Outcome>, Response> {
    match (action.succeeded, &action.status) {
        (Some(true), _) => Ok(Some(Outcome::Succeeded)),
        (Some(false), _) => Ok(Some(Outcome::Failed)),
        (None, None) => Ok(None),
        (None, Some(word)) => match word.parse() {
            Ok(Status::Finished) => Ok(Some(Outcome::Succeeded)),
            Ok(Status::Failed) => Ok(Some(Outcome::Failed)),
            Ok(Status::Aborted) => Ok(Some(Outcome::Aborted)),
            Ok(Status::Started | Status::Unknown) | Err(_) => {
                Err(invalid("Parameter 'status' must be one of finished, failed and aborted."))
            }
        },
    }
}
