//! The client over a recording transport: what each call sends, and how it reads each answer.
#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod advice;
mod answers;
mod calls;
mod errors;
mod list;
mod log_in;
#[path = "../support/mod.rs"]
mod support;

use std::{cell::RefCell, collections::VecDeque, rc::Rc};

use task_monitor::{
    api::{Answer, ApiError, Client, Credentials, FollowedJob, JobList, Transport, TransportError},
    domain::Time,
    wire::{Body, Request, Response},
};

use support::answers::CLIENT_CLOCK;

/// Gives prepared answers and records the requests.
#[derive(Default)]
struct Recorder {
    asked: RefCell<Vec<Request>>,
    answers: RefCell<VecDeque<Result<Response, TransportError>>>,
}

impl Recorder {
    fn answering(answer: Result<Response, TransportError>) -> Self {
        Self { answers: RefCell::new([answer].into()), ..Self::default() }
    }

    /// The request as text. There must be exactly one: nothing is sent twice.
    fn sent(&self) -> String {
        let asked = self.asked.borrow();
        let [request] = asked.as_slice() else { panic!("{} requests", asked.len()) };
        let query = request.query.iter().map(|(name, value)| format!("\n? {name}={value}"));
        let headers = request.headers.iter().map(|(name, value)| format!("\n{name}: {value}"));
        let body = String::from_utf8(request.body.clone()).unwrap();
        let parts: String = query.chain(headers).collect();
        format!("{} {}{parts}\n{body}", request.method.as_str(), request.path).trim_end().to_owned()
    }
}

impl Transport for &Recorder {
    async fn send(&self, request: Request) -> Result<Response, TransportError> {
        self.asked.borrow_mut().push(request);
        self.answers.borrow_mut().pop_front().unwrap_or(Err(TransportError::Unreachable))
    }

    fn now(&self) -> Option<Time> {
        Some(CLIENT_CLOCK.parse().unwrap())
    }
}

fn answer(status: u16, body: &str) -> Response {
    Response { body: Body::Bytes(body.as_bytes().to_vec()), ..Response::empty(status) }
}

fn run<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

fn client(recorder: &Recorder) -> Client<&Recorder> {
    Client::new(recorder, Credentials::bearer("s3cret".to_owned()))
}

/// Asks for the list of jobs.
async fn list(client: &Client<&Recorder>, follow_steps: bool) -> Result<Answer<JobList<Rc<FollowedJob>>>, ApiError> {
    client.list(follow_steps, &JobList::none(0), Rc::new, |_| ()).await
}

const HTML: &str = "<html><head><title>Error</title></head><body>Unauthorized</body></html>";
const FAULT: &str =
    r#"{"detail":"query execution failed due to insufficient permissions.","reason":"Operation Failed"}"#;
const ACTION: &str = r#"{"fault":{"detail":"[Cannot Clear External Job. Job not found.]","reason":"Operation Failed"},"status":"failed"}"#;
