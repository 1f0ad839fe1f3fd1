//! The calls themselves.

use uuid::Uuid;

use super::{ApiError, Credentials, Endpoint, Transport};
use crate::domain::{
    HostId, Job, JobId, Status, Step, StepId, StepType, Time, UserId,
    rules::{Dialect, Outcome},
};
use crate::wire::{
    Request, action,
    json::{self, ApiRoot, FollowedJob, Listed, UserName},
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
    pub async fn root(&self) -> Result<ApiRoot, ApiError> {
        let body = self.read(Endpoint::Root.request()).await?.value;
        Ok(json::read_api_root(&body)?)
    }

    /// All jobs. Asking to follow the steps is heavy on an oVirt engine, and may be refused with any error.
    pub async fn jobs(&self, follow_steps: bool) -> Result<Answer<Listed<FollowedJob>>, ApiError> {
        let request = Endpoint::Jobs.request();
        let request = if follow_steps { request.with_query("follow", "steps") } else { request };
        let Answer { value, engine_time } = self.read(request).await?;
        Ok(Answer { value: json::read_jobs(&value)?, engine_time })
    }

    /// The jobs that a request added. Engines before 4.2 ignore the question and list all.
    pub async fn jobs_of(&self, correlation: &CorrelationId) -> Result<Vec<Job>, ApiError> {
        let request = Endpoint::Jobs.request().with_query("search", format!("correlation_id={}", correlation.0));
        let body = self.read(request).await?.value;
        Ok(json::read_jobs(&body)?.items.into_iter().map(|(job, _)| job).collect())
    }

    /// One job.
    pub async fn job(&self, id: JobId) -> Result<Job, ApiError> {
        let body = self.read(Endpoint::Job(id).request()).await?.value;
        Ok(json::read_job(&body)?)
    }

    /// The steps of a job, at every depth. Those of an unknown job are an empty list.
    pub async fn steps(&self, job: JobId) -> Result<Listed<Step>, ApiError> {
        let body = self.read(Endpoint::Steps(job).request()).await?.value;
        Ok(json::read_steps(&body, job)?)
    }

    /// The body of a job or step as it came.
    pub async fn raw(&self, job: JobId, step: Option<StepId>) -> Result<String, ApiError> {
        let endpoint = step.map_or(Endpoint::Job(job), |step| Endpoint::Step(job, step));
        let body = self.read(endpoint.request()).await?.value;
        String::from_utf8(body).map_err(|error| ApiError::Undecodable(error.to_string()))
    }

    /// What a user is called. The engine itself has an id but is no user: 404.
    pub async fn user(&self, id: UserId) -> Result<UserName, ApiError> {
        let body = self.read(Endpoint::User(id).request()).await?.value;
        Ok(json::read_user(&body)?)
    }

    /// What a host is called. One that was removed, or that is not for us to see: an error.
    pub async fn host(&self, id: HostId) -> Result<String, ApiError> {
        let body = self.read(Endpoint::Host(id).request()).await?.value;
        Ok(json::read_host(&body)?)
    }

    /// Adds a job.
    pub async fn add_job(&self, new: &NewJob, correlation: &CorrelationId) -> Result<Job, ApiError> {
        // In the query: cross-origin rules of engines allow no such header.
        let request = Endpoint::AddJob.request().with_query("correlation_id", correlation.0.as_str());
        let body = self.act(request, json::write_add_job(&new.description, new.auto_cleared)).await?;
        Ok(json::read_job(&body)?)
    }

    /// Adds a step.
    pub async fn add_step(&self, new: &NewStep) -> Result<Step, ApiError> {
        let body = json::write_add_step(new.step_type, &new.description, new.parent);
        let reply = self.act(Endpoint::AddStep(new.job).request(), body).await?;
        Ok(json::read_step(&reply, new.job)?)
    }

    /// Ends a job. What became of it must be read: the reply does not tell.
    pub async fn end_job(&self, id: JobId, outcome: Outcome, force: bool) -> Result<(), ApiError> {
        self.act(Endpoint::EndJob(id).request(), end_body(outcome, force)).await.map(drop)
    }

    /// Ends a step. What became of it must be read: the reply does not tell.
    pub async fn end_step(&self, job: JobId, step: StepId, outcome: Outcome) -> Result<(), ApiError> {
        self.act(Endpoint::EndStep(job, step).request(), end_body(outcome, false)).await.map(drop)
    }

    /// Marks a job as one that the engine may remove.
    pub async fn clear_job(&self, id: JobId) -> Result<(), ApiError> {
        self.act(Endpoint::ClearJob(id).request(), action::write_request(None, None, false)).await.map(drop)
    }

    async fn read(&self, request: Request) -> Result<Answer<Vec<u8>>, ApiError> {
        let response = self.send(request).await?;
        let engine_time = response.header("date").and_then(http_time);
        Ok(Answer { value: ApiError::check(response, true)?, engine_time })
    }

    async fn act(&self, request: Request, body: Vec<u8>) -> Result<Vec<u8>, ApiError> {
        ApiError::check(self.send(request.with_json(body)).await?, false)
    }

    async fn send(&self, request: Request) -> Result<crate::wire::Response, ApiError> {
        let request = match self.credentials.header() {
            Some(value) => request.with_header("authorization", value),
            None => request,
        };
        Ok(self.transport.send(request).await?)
    }
}

/// Both members: engine 4.0 looks at `status`, later ones at `succeeded`, ours at both.
fn end_body(outcome: Outcome, force: bool) -> Vec<u8> {
    let status = outcome.status(Dialect::JobsEngine);
    // `succeeded` would win over a status of aborted.
    let succeeded = (status != Status::Aborted).then_some(outcome == Outcome::Succeeded);
    action::write_request(succeeded, Some(status), force)
}

fn http_time(text: &str) -> Option<Time> {
    let since_epoch = httpdate::parse_http_date(text).ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
    Time::from_timestamp(i64::try_from(since_epoch.as_secs()).ok()?, 0)
}
