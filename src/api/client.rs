//! The calls themselves.

use uuid::Uuid;

use super::{ApiError, Call, Credentials, Endpoint, Transport, call::Reply};
use crate::domain::{
    HostId, Job, JobId, Status, Step, StepId, StepType, Time, UserId,
    rules::{Dialect, Outcome},
};
use crate::wire::{
    Request, action,
    json::{self, ApiRoot, FollowedJob, Listed, Undecodable, UserName},
};

/// Speaks the jobs API over a transport. One call is one request: nothing is sent twice.
#[derive(Debug, Clone)]
pub struct Client<T> {
    transport: T,
    credentials: Credentials,
}

/// What came, and what the engine's clock said then (`Date`, to the second).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer<T> {
    /// What came.
    pub value: T,
    /// The engine's time, if it told.
    pub engine_time: Option<Time>,
}

/// Ties a job to the request that adds it, so that it can be found again when the reply is lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrelationId(String);

impl CorrelationId {
    /// A fresh one. 36 characters of `[0-9a-f-]`: engines cut and strip anything else (`CurrentFilter`).
    pub fn new(id: Uuid) -> Self {
        Self(id.to_string())
    }

    /// As the engine has it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a job is added with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    /// Not blank.
    pub description: String,
    /// Whether the engine may remove it after its end.
    pub auto_cleared: bool,
}

/// What a step is added with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewStep {
    /// The job.
    pub job: JobId,
    /// The step it goes under, if not directly under the job.
    pub parent: Option<StepId>,
    /// What kind of work.
    pub step_type: StepType,
    /// Not blank.
    pub description: String,
}

impl<T: Transport> Client<T> {
    /// A client that sends its credentials with each call.
    pub const fn new(transport: T, credentials: Credentials) -> Self {
        Self { transport, credentials }
    }

    /// The transport, for log-in and log-out.
    pub const fn transport(&self) -> &T {
        &self.transport
    }

    /// What the client proves itself with.
    pub const fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// Which engine it is, and who we are to it.
    pub fn root(&self) -> Call<'_, ApiRoot> {
        self.read(Endpoint::Root.request(), json::read_api_root)
    }

    /// All jobs. Asking to follow the steps is heavy on an oVirt engine, and may be refused with any error.
    pub fn jobs(&self, follow_steps: bool) -> Call<'_, Answer<Listed<FollowedJob>>> {
        let request = Endpoint::Jobs.request();
        let request = if follow_steps { request.with_query("follow", "steps") } else { request };
        self.call(request, |reply| Ok(Answer { value: json::read_jobs(&reply.body)?, engine_time: reply.engine_time }))
    }

    /// The jobs that a request added. Engines before 4.2 ignore the question and list all.
    pub fn jobs_of(&self, correlation: &CorrelationId) -> Call<'_, Vec<Job>> {
        let request = Endpoint::Jobs.request().with_query("search", "correlation_id=".to_owned() + &correlation.0);
        self.read(request, |body| Ok(json::read_jobs(body)?.items.into_iter().map(|(job, _)| job).collect()))
    }

    /// One job.
    pub fn job(&self, id: JobId) -> Call<'_, Job> {
        self.read(Endpoint::Job(id).request(), json::read_job)
    }

    /// The steps of a job, at every depth. Those of an unknown job are an empty list.
    pub fn steps(&self, job: JobId) -> Call<'_, Listed<Step>> {
        self.read(Endpoint::Steps(job).request(), move |body| json::read_steps(body, job))
    }

    /// The body of a job or step as it came.
    pub fn raw(&self, job: JobId, step: Option<StepId>) -> Call<'_, String> {
        let endpoint = step.map_or(Endpoint::Job(job), |step| Endpoint::Step(job, step));
        self.call(endpoint.request(), |reply| {
            String::from_utf8(reply.body).map_err(|_| ApiError::Undecodable("this is no text".to_owned()))
        })
    }

    /// What a user is called. The engine itself has an id but is no user: 404.
    pub fn user(&self, id: UserId) -> Call<'_, UserName> {
        self.read(Endpoint::User(id).request(), json::read_user)
    }

    /// What a host is called. One that was removed, or that is not for us to see: an error.
    pub fn host(&self, id: HostId) -> Call<'_, String> {
        self.read(Endpoint::Host(id).request(), json::read_host)
    }

    /// Adds a job.
    pub fn add_job(&self, new: &NewJob, correlation: &CorrelationId) -> Call<'_, Job> {
        // In the query: cross-origin rules of engines allow no such header.
        let request = Endpoint::AddJob.request().with_query("correlation_id", correlation.0.as_str());
        self.read(request.with_json(json::write_add_job(&new.description, new.auto_cleared)), json::read_job)
    }

    /// Adds a step.
    pub fn add_step(&self, new: &NewStep) -> Call<'_, Step> {
        let body = json::write_add_step(new.step_type, &new.description, new.parent);
        let job = new.job;
        self.read(Endpoint::AddStep(job).request().with_json(body), move |body| json::read_step(body, job))
    }

    /// Ends a job. What became of it must be read: the reply does not tell.
    pub fn end_job(&self, id: JobId, outcome: Outcome, force: bool) -> Call<'_, ()> {
        self.act(Endpoint::EndJob(id), end_body(outcome, force))
    }

    /// Ends a step. What became of it must be read: the reply does not tell.
    pub fn end_step(&self, job: JobId, step: StepId, outcome: Outcome) -> Call<'_, ()> {
        self.act(Endpoint::EndStep(job, step), end_body(outcome, false))
    }

    /// Marks a job as one that the engine may remove.
    pub fn clear_job(&self, id: JobId) -> Call<'_, ()> {
        self.act(Endpoint::ClearJob(id), action::write_request(None, None, false))
    }

    fn read<V: 'static>(
        &self,
        request: Request,
        read: impl Fn(&[u8]) -> Result<V, Undecodable> + 'static,
    ) -> Call<'_, V> {
        self.call(request, move |reply| Ok(read(&reply.body)?))
    }

    fn act(&self, endpoint: Endpoint, body: Vec<u8>) -> Call<'_, ()> {
        self.call(endpoint.request().with_json(body), |_| Ok(()))
    }

    fn call<V: 'static>(&self, request: Request, read: impl Fn(Reply) -> Result<V, ApiError> + 'static) -> Call<'_, V> {
        let request = match self.credentials.header() {
            Some(value) => request.with_header("authorization", value),
            None => request,
        };
        Call::new(&self.transport, request, read)
    }
}

/// Both members: engine 4.0 looks at `status`, later ones at `succeeded`, ours at both.
fn end_body(outcome: Outcome, force: bool) -> Vec<u8> {
    let status = outcome.status(Dialect::JobsEngine);
    // `succeeded` would win over a status of aborted.
    let succeeded = (status != Status::Aborted).then_some(outcome == Outcome::Succeeded);
    action::write_request(succeeded, Some(status), force)
}
