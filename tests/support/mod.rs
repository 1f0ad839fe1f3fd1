//! An engine with a fixed clock, predictable ids and known users, and some jobs.
#![allow(dead_code, missing_docs, unreachable_pub, reason = "each test binary uses its part of this")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

pub mod answers;
pub mod outline;
pub mod recorded;

use std::{
    future::{Future, ready},
    sync::{
        Mutex,
        atomic::{AtomicI64, AtomicU64, Ordering},
    },
};

use chrono::TimeDelta;
use task_monitor::{
    api::{Transport, TransportError},
    domain::{Job, JobId, JobWithSteps, Status, Step, StepId, StepType, Time, UserId},
    engine::{Caller, Engine, Environment, JobRecord, MemoryStore, PredefinedRole, Role, StoreError, User, http},
    wire::{Method, Request, Response},
};
use uuid::Uuid;

/// When all jobs of the fixtures started.
pub const START: i64 = 1_767_225_600_000;
/// When ended jobs of the fixtures ended.
pub const OLD: i64 = START + 60_000;
/// The engine's clock.
pub const NOW: i64 = START + 3_600_000;

/// A clock that is moved by hand, ids that count up, and five users.
pub struct TestEnvironment {
    clock: AtomicI64,
    ids: AtomicU64,
    /// The logged failures.
    pub failures: Mutex<Vec<StoreError>>,
}

impl Default for TestEnvironment {
    fn default() -> Self {
        Self { clock: AtomicI64::new(NOW), ids: AtomicU64::new(0), failures: Mutex::default() }
    }
}

impl TestEnvironment {
    /// Moves the clock forward.
    pub fn pass(&self, milliseconds: i64) {
        self.clock.fetch_add(milliseconds, Ordering::Relaxed);
    }
}

impl Environment for TestEnvironment {
    fn now(&self) -> Time {
        // A real clock has microseconds, too.
        time(self.clock.load(Ordering::Relaxed)) + TimeDelta::microseconds(321)
    }

    fn new_uuid(&self) -> Uuid {
        Uuid::from_u128(
            0xfeed_0000_0000_4000_8000_0000_0000_0000 + u128::from(self.ids.fetch_add(1, Ordering::Relaxed)),
        )
    }

    fn user(&self, id: UserId) -> impl Future<Output = Result<Option<User>, StoreError>> + Send {
        ready(Ok(callers().into_iter().map(|caller| caller.user).find(|user| user.id == id)))
    }

    fn users(&self) -> impl Future<Output = Result<Vec<User>, StoreError>> + Send {
        let mut users: Vec<_> = callers().into_iter().map(|caller| caller.user).collect();
        users.sort_by(|a, b| a.user_name.cmp(&b.user_name));
        ready(Ok(users))
    }

    fn roles(&self) -> impl Future<Output = Result<Vec<Role>, StoreError>> + Send {
        let mut roles = PredefinedRole::ALL.map(PredefinedRole::role).to_vec();
        roles.sort_by(|a, b| a.name.cmp(&b.name));
        ready(Ok(roles))
    }

    fn roles_of(&self, id: UserId) -> impl Future<Output = Result<Vec<Role>, StoreError>> + Send {
        let caller = callers().into_iter().find(|caller| caller.user.id == id);
        ready(Ok(caller.map(|caller| caller.roles).unwrap_or_default()))
    }

    fn failed(&self, error: &StoreError) {
        self.failures.lock().unwrap().push(error.clone());
    }
}

pub type TestEngine = Engine<MemoryStore, TestEnvironment>;

/// An engine that holds these jobs.
pub fn engine(jobs: impl IntoIterator<Item = JobWithSteps>) -> TestEngine {
    let record = |content| JobRecord { content, correlation_id: "fixture".to_owned(), scenario: true };
    Engine { store: MemoryStore::of(jobs.into_iter().map(record)), environment: TestEnvironment::default() }
}

/// A response, read to its end.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    pub fn of(response: Response) -> Self {
        let Response { status, headers, body } = response;
        Self { status, headers, body: String::from_utf8(body.into_bytes()).unwrap() }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error} in {:?}", self.body))
    }

    /// The ids of the list under that key.
    pub fn ids(&self, key: &str) -> Vec<String> {
        let rows = self.json()[key].as_array().cloned().unwrap_or_default();
        rows.iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect()
    }
}

/// Sends a request to the engine.
pub async fn ask(engine: &TestEngine, caller: &Caller, request: Request) -> Answer {
    Answer::of(http::handle(engine, caller, request).await)
}

/// A GET that wants JSON; `path` is what comes after `/ovirt-engine/api`, and may have a query.
pub fn get(path: &str) -> Request {
    request(Method::Get, path).with_header("accept", "application/json")
}

/// A POST of JSON that wants JSON.
pub fn post(path: &str, body: &str) -> Request {
    request(Method::Post, path).with_header("accept", "application/json").with_json(body)
}

/// A POST of XML that wants XML.
pub fn post_xml(path: &str, body: &str) -> Request {
    let request = request(Method::Post, path).with_header("accept", "application/xml");
    Request { body: body.as_bytes().to_vec(), ..request.with_header("content-type", "application/xml") }
}

/// A request without headers.
pub fn request(method: Method, path: &str) -> Request {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs.fold(Request::new(method, format!("/ovirt-engine/api{path}")), |request, pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        request.with_query(name, value.replace("%3D", "=").replace("%20", " "))
    })
}

pub fn admin() -> Caller {
    caller(1, "admin@internal", &[PredefinedRole::SuperUser])
}

pub fn creator() -> Caller {
    caller(2, "backup@internal", &[PredefinedRole::ExternalTasksCreator])
}

pub fn read_only() -> Caller {
    caller(3, "auditor@internal", &[PredefinedRole::ReadOnlyAdmin])
}

pub fn plain_user() -> Caller {
    caller(4, "someone@internal", &[PredefinedRole::UserRole])
}

pub fn nobody() -> Caller {
    caller(5, "nobody@internal", &[])
}

pub fn callers() -> Vec<Caller> {
    vec![admin(), creator(), read_only(), plain_user(), nobody()]
}

fn caller(id: u128, user_name: &str, roles: &[PredefinedRole]) -> Caller {
    let roles = roles.iter().map(|role| role.role()).collect();
    Caller { user: User { id: user_id(id), user_name: user_name.to_owned() }, roles }
}

pub fn user_id(number: u128) -> UserId {
    UserId::new(Uuid::from_u128(0x0000_0000_0000_4000_8000_0000_0000_0000 + number))
}

pub fn job_id(number: u128) -> JobId {
    JobId::new(Uuid::from_u128(0xaaaa_0000_0000_4000_8000_0000_0000_0000 + number))
}

pub fn step_id(number: u128) -> StepId {
    StepId::new(Uuid::from_u128(0xbbbb_0000_0000_4000_8000_0000_0000_0000 + number))
}

pub fn time(millis: i64) -> Time {
    Time::from_timestamp_millis(millis).unwrap()
}

/// A job of the admin, without steps. The number determines its id and its position in lists.
pub fn job(number: u128, status: Status, external: bool) -> JobWithSteps {
    let end_time = status.is_ended().then(|| time(OLD));
    let job = Job {
        id: job_id(number),
        description: format!("Job {number}"),
        status,
        external,
        auto_cleared: false,
        owner: Some(admin().user.id),
        start_time: Some(time(START + i64::try_from(number).unwrap())),
        end_time,
        last_updated: Some(end_time.unwrap_or(time(START))),
    };
    JobWithSteps { job, steps: Vec::new() }
}

/// A step directly under its job, or under another step.
pub fn step(job: u128, number: u128, parent: Option<u128>, status: Status, external: bool) -> Step {
    Step {
        id: step_id(number),
        job: job_id(job),
        parent: parent.map(step_id),
        step_type: StepType::Executing,
        description: format!("Step {number}"),
        number: Some(0),
        status,
        progress: None,
        start_time: Some(time(START)),
        end_time: status.is_ended().then(|| time(OLD)),
        external,
        external_system: None,
        execution_host: None,
    }
}

/// A job with three steps, independent of its status: the first runs, the second under it runs too, the third has finished.
/// Their numbers are ten times the job's, plus 1, 2 and 3.
pub fn job_with_steps(number: u128, status: Status, external: bool) -> JobWithSteps {
    let steps = vec![
        step(number, number * 10 + 1, None, Status::Started, external),
        step(number, number * 10 + 2, Some(number * 10 + 1), Status::Started, external),
        step(number, number * 10 + 3, None, Status::Finished, external),
    ];
    JobWithSteps { steps, ..job(number, status, external) }
}

/// A job and its steps in one line: `started end=- updated=start | started -, started -, finished old`.
pub fn show(content: &JobWithSteps) -> String {
    let job = &content.job;
    let steps: Vec<_> =
        content.steps.iter().map(|step| format!("{} {}", step.status.as_str(), moment(step.end_time))).collect();
    let cleared = if job.auto_cleared { " cleared" } else { "" };
    let (end, updated) = (moment(job.end_time), moment(job.last_updated));
    format!("{} end={end} updated={updated}{cleared} | {}", job.status.as_str(), steps.join(", "))
}

fn moment(time: Option<Time>) -> String {
    match time.map(|time| time.timestamp_millis()) {
        None => "-".to_owned(),
        Some(START) => "start".to_owned(),
        Some(OLD) => "old".to_owned(),
        Some(NOW) => "now".to_owned(),
        Some(other) => format!("{:+}", other - NOW),
    }
}

/// A transport to an engine in this process, for one caller.
pub struct InProcess {
    pub engine: std::sync::Arc<TestEngine>,
    pub caller: Caller,
}

impl Transport for InProcess {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        Ok(http::handle(&self.engine, &self.caller, request).await)
    }
}
