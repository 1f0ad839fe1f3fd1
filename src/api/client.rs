//! The calls.

mod events;
mod list;

pub use events::{EventQuery, is_searchable};
pub use list::JobList;

use uuid::Uuid;

use super::{ApiError, Credentials, Endpoint, Transport, exchange::exchange};
use crate::domain::{
    HostId, Job, JobId, Status, Step, StepId, StepType, Time, UserId,
    rules::{Dialect, Outcome},
};
use crate::wire::{
    Request, action,
    json::{self, ApiRoot, Listed, Undecodable, UserName},
};

/// A client of the jobs API over a transport. One call is one request: nothing is sent twice.
#[derive(Debug, Clone)]
pub struct Client<T> {
    transport: T,
    credentials: Credentials,
}

/// What the engine sent, and its clock at that moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer<T> {
    /// What the engine sent.
    pub value: T,
    /// The engine's time (`Date`, to the second), if it sent one.
    pub engine_time: Option<Time>,
}

/// Identifies one submission of an addition, also when it is sent again. It is the correlation id of an added job, so that the job
/// can be found if the reply is lost. It is also the key by which an engine knows a request that it has carried out already.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorrelationId(String);

impl CorrelationId {
    /// From a new UUID. 36 characters of `[0-9a-f-]`: engines cut and strip anything else (`CurrentFilter`).
    pub fn new(id: Uuid) -> Self {
        Self(id.to_string())
    }

    /// As the engine stores it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// With this header, jobs-engine carries out requests with the same value once. It is for the page's own origin only: engines let no
/// other origin send it (`CORSSupportFilter`).
pub(super) const IDEMPOTENCY_KEY: &str = "idempotency-key";

/// A job to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewJob {
    /// Not blank.
    pub description: String,
    /// Whether the engine may remove it after its end.
    pub auto_cleared: bool,
}

/// A step to add.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewStep {
    /// The job.
    pub job: JobId,
    /// The parent step; none for a step directly under the job.
    pub parent: Option<StepId>,
    /// The kind of work.
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

    /// The credentials.
    pub const fn credentials(&self) -> &Credentials {
        &self.credentials
    }

    /// Which engine this is, and which user is logged in.
    pub async fn root(&self) -> Result<ApiRoot, ApiError> {
        self.read(Endpoint::Root.request(), json::read_api_root).await
    }

    /// The jobs that a request added. Engines before 4.2 ignore the search and list all jobs.
    pub async fn jobs_of(&self, correlation: &CorrelationId) -> Result<Vec<Job>, ApiError> {
        self.jobs_with(correlation.as_str()).await
    }

    /// One job.
    pub async fn job(&self, id: JobId) -> Result<Job, ApiError> {
        self.read(Endpoint::Job(id).request(), json::read_job).await
    }

    /// The steps of a job, at every depth. An unknown job has an empty list.
    pub async fn steps(&self, job: JobId) -> Result<Listed<Step>, ApiError> {
        self.read(Endpoint::Steps(job).request(), |body| json::read_steps(body, job)).await
    }

    /// The body of a job or step, unchanged.
    pub async fn raw(&self, job: JobId, step: Option<StepId>) -> Result<String, ApiError> {
        let endpoint = step.map_or(Endpoint::Job(job), |step| Endpoint::Step(job, step));
        let body = self.send(endpoint.request()).await?;
        String::from_utf8(body).map_err(|_| ApiError::Undecodable("the body is not UTF-8".to_owned()))
    }

    /// The name of a user. The engine itself has an id but is no user: 404.
    pub async fn user(&self, id: UserId) -> Result<UserName, ApiError> {
        self.read(Endpoint::User(id).request(), json::read_user).await
    }

    /// The name of a host. A host that was removed, or that this user may not see, is an error.
    pub async fn host(&self, id: HostId) -> Result<String, ApiError> {
        self.read(Endpoint::Host(id).request(), json::read_host).await
    }

    /// Adds a job.
    pub async fn add_job(&self, new: &NewJob, correlation: &CorrelationId) -> Result<Job, ApiError> {
        // In the query: the CORS filter of engines allows no such header.
        let request = Endpoint::AddJob.request().with_query("correlation_id", correlation.as_str());
        let body = json::write_add_job(&new.description, new.auto_cleared);
        self.read(with_key(request, correlation).with_json(body), json::read_job).await
    }

    /// Adds a step.
    pub async fn add_step(&self, new: &NewStep, correlation: &CorrelationId) -> Result<Step, ApiError> {
        let request = with_key(Endpoint::AddStep(new.job).request(), correlation);
        let body = json::write_add_step(new.step_type, &new.description, new.parent);
        self.read(request.with_json(body), |body| json::read_step(body, new.job)).await
    }

    /// Ends a job. The reply does not contain the result: read the job afterwards.
    pub async fn end_job(&self, id: JobId, outcome: Outcome, force: bool) -> Result<(), ApiError> {
        self.act(Endpoint::EndJob(id), end_body(outcome, force)).await
    }

    /// Ends a step. The reply does not contain the result: read the job and its steps afterwards.
    pub async fn end_step(&self, job: JobId, step: StepId, outcome: Outcome) -> Result<(), ApiError> {
        self.act(Endpoint::EndStep(job, step), end_body(outcome, false)).await
    }

    /// Allows the engine to remove a job.
    pub async fn clear_job(&self, id: JobId) -> Result<(), ApiError> {
        self.act(Endpoint::ClearJob(id), action::write_request(None, None, false)).await
    }

    async fn read<V>(
        &self,
        request: Request,
        read: impl FnOnce(&[u8]) -> Result<V, Undecodable>,
    ) -> Result<V, ApiError> {
        Ok(read(&self.send(request).await?)?)
    }

    async fn act(&self, endpoint: Endpoint, body: Vec<u8>) -> Result<(), ApiError> {
        self.send(endpoint.request().with_json(body)).await.map(drop)
    }

    async fn send(&self, request: Request) -> Result<Vec<u8>, ApiError> {
        exchange(&self.transport, self.signed(request)).await
    }

    fn signed(&self, request: Request) -> Request {
        match self.credentials.header() {
            Some(value) => request.with_header("authorization", value),
            None => request,
        }
    }
}

fn with_key(request: Request, correlation: &CorrelationId) -> Request {
    request.with_header(IDEMPOTENCY_KEY, correlation.as_str())
}

/// Sends both members: engine 4.0 reads `status`, later ones read `succeeded`, jobs-engine reads both.
fn end_body(outcome: Outcome, force: bool) -> Vec<u8> {
    let status = outcome.status(Dialect::JobsEngine);
    // With `succeeded`, jobs-engine would not abort.
    let succeeded = (status != Status::Aborted).then_some(outcome == Outcome::Succeeded);
    action::write_request(succeeded, Some(status), force)
}
