//! The client over a transport that records: what exactly each call sends, and what it makes of each answer.
#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod support;

use std::{cell::RefCell, collections::VecDeque};

use support::{job_id, step_id, time, user_id};
use task_monitor::{
    api::{
        ApiError, Client, CorrelationId, Credentials, LogInError, NewJob, NewStep, Retry, Transport, TransportError,
        Words, log_in, log_out,
    },
    domain::{HostId, StepType, rules::Outcome},
    wire::{Body, Method, Request, Response},
};

/// Gives prepared answers, and keeps what it was asked.
#[derive(Default)]
struct Recorder {
    asked: RefCell<Vec<Request>>,
    answers: RefCell<VecDeque<Result<Response, TransportError>>>,
}

impl Recorder {
    fn answering(answer: Result<Response, TransportError>) -> Self {
        Self { answers: RefCell::new([answer].into()), ..Self::default() }
    }

    /// The one request, as a few lines: nothing is sent twice.
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

/// What a call sends.
macro_rules! sent {
    (|$client:ident| $call:expr) => {{
        let recorder = Recorder::default();
        let $client = client(&recorder);
        let result = run($call);
        assert_eq!(result.map(drop), Err(ApiError::Unreachable));
        recorder.sent()
    }};
}

fn correlation() -> CorrelationId {
    CorrelationId::new(uuid::Uuid::from_u128(7))
}

fn backup() -> NewJob {
    NewJob { description: "Nightly \"backup\" & more".to_owned(), auto_cleared: true }
}

fn copy() -> NewStep {
    NewStep { job: job_id(1), parent: Some(step_id(2)), step_type: StepType::Executing, description: "Copy".to_owned() }
}

#[test]
fn what_each_call_sends() {
    let (job, step) = ("aaaa0000-0000-4000-8000-000000000001", "bbbb0000-0000-4000-8000-000000000002");
    let api = "/ovirt-engine/api";
    let signed = "accept: application/json\nauthorization: Bearer s3cret";
    let json = "accept: application/json\ncontent-type: application/json\nauthorization: Bearer s3cret";
    let correlated = "00000000-0000-0000-0000-000000000007";
    let plain = NewStep { parent: None, step_type: StepType::Unknown, ..copy() };
    let rows = [
        (sent!(|c| c.root()), format!("GET {api}\n{signed}")),
        (sent!(|c| c.jobs(false)), format!("GET {api}/jobs\n{signed}")),
        (sent!(|c| c.jobs(true)), format!("GET {api}/jobs\n? follow=steps\n{signed}")),
        (
            sent!(|c| c.jobs_of(&correlation())),
            format!("GET {api}/jobs\n? search=correlation_id={correlated}\n{signed}"),
        ),
        (sent!(|c| c.job(job_id(1))), format!("GET {api}/jobs/{job}\n{signed}")),
        (sent!(|c| c.steps(job_id(1))), format!("GET {api}/jobs/{job}/steps\n{signed}")),
        (sent!(|c| c.raw(job_id(1), None)), format!("GET {api}/jobs/{job}\n{signed}")),
        (sent!(|c| c.raw(job_id(1), Some(step_id(2)))), format!("GET {api}/jobs/{job}/steps/{step}\n{signed}")),
        (sent!(|c| c.user(user_id(3))), format!("GET {api}/users/00000000-0000-4000-8000-000000000003\n{signed}")),
        (
            sent!(|c| c.host(HostId::new(uuid::Uuid::from_u128(4)))),
            format!("GET {api}/hosts/00000000-0000-0000-0000-000000000004\n{signed}"),
        ),
        (
            sent!(|c| c.add_job(&backup(), &correlation())),
            format!(
                "POST {api}/jobs\n? correlation_id={correlated}\n{json}\n{}",
                r#"{"description":"Nightly \"backup\" & more","auto_cleared":true}"#
            ),
        ),
        (
            sent!(|c| c.add_step(&copy())),
            format!(
                "POST {api}/jobs/{job}/steps\n{json}\n{{\"type\":\"executing\",\"description\":\"Copy\",\"parent_step\":{{\"id\":\"{step}\"}}}}"
            ),
        ),
        (
            sent!(|c| c.add_step(&plain)),
            format!("POST {api}/jobs/{job}/steps\n{json}\n{}", r#"{"type":"unknown","description":"Copy"}"#),
        ),
        (
            sent!(|c| c.end_job(job_id(1), Outcome::Succeeded, false)),
            format!("POST {api}/jobs/{job}/end\n{json}\n{}", r#"{"status":"finished","succeeded":true}"#),
        ),
        (
            sent!(|c| c.end_job(job_id(1), Outcome::Failed, true)),
            format!("POST {api}/jobs/{job}/end\n{json}\n{}", r#"{"force":true,"status":"failed","succeeded":false}"#),
        ),
        (
            sent!(|c| c.end_job(job_id(1), Outcome::Aborted, false)),
            format!("POST {api}/jobs/{job}/end\n{json}\n{}", r#"{"status":"aborted"}"#),
        ),
        (
            sent!(|c| c.end_step(job_id(1), step_id(2), Outcome::Failed)),
            format!("POST {api}/jobs/{job}/steps/{step}/end\n{json}\n{}", r#"{"status":"failed","succeeded":false}"#),
        ),
        (sent!(|c| c.clear_job(job_id(1))), format!("POST {api}/jobs/{job}/clear\n{json}\n{{}}")),
    ];
    for (sent, expected) in rows {
        assert_eq!(sent, expected);
        assert!(!sent.to_lowercase().contains("filter") && !sent.contains("/v4"), "traps 14 and 8: {sent}");
    }
}

#[test]
fn without_credentials_none_are_sent() {
    let recorder = Recorder::default();
    let result = run(Client::new(&recorder, Credentials::none()).root());
    assert_eq!(result, Err(ApiError::Unreachable));
    assert_eq!(recorder.sent(), "GET /ovirt-engine/api\naccept: application/json");
}

const HTML: &str = "<html><head><title>Error</title></head><body>Unauthorized</body></html>";
const FAULT: &str =
    r#"{"detail":"query execution failed due to insufficient permissions.","reason":"Operation Failed"}"#;
const ACTION: &str = r#"{"fault":{"detail":"[Cannot Clear External Job. Job not found.]","reason":"Operation Failed"},"status":"failed"}"#;

fn words(text: &str) -> Words {
    Words(Some(text).filter(|text| !text.is_empty()).map(str::to_owned))
}

fn server(status: u16, retry_after: Option<u32>, text: &str) -> ApiError {
    ApiError::Server { status, retry_after, words: words(text) }
}

/// The error of a read and that of a write, for one answer.
fn errors(make: impl Fn() -> Result<Response, TransportError>) -> [ApiError; 2] {
    let (reading, writing) = (Recorder::answering(make()), Recorder::answering(make()));
    let read = run(client(&reading).steps(job_id(1))).map(drop);
    let write = run(client(&writing).clear_job(job_id(1)));
    [read.unwrap_err(), write.unwrap_err()]
}

#[test]
fn what_each_refusal_means() {
    let permission = "query execution failed due to insufficient permissions.";
    let same = |error: ApiError| [error.clone(), error];
    let refused = |text: &str| [ApiError::Forbidden(words(text)), ApiError::Rejected(words(text))];
    let rows = [
        (401, HTML, same(ApiError::Unauthenticated)),
        (401, "", same(ApiError::Unauthenticated)),
        (401, FAULT, same(ApiError::Unauthenticated)),
        (403, "", same(ApiError::Forbidden(words("")))),
        (403, HTML, same(ApiError::Forbidden(words("")))),
        (403, FAULT, same(ApiError::Forbidden(words(permission)))),
        (404, "", same(ApiError::NotFound)),
        (404, HTML, same(ApiError::NotFound)),
        (400, FAULT, refused(permission)),
        (400, ACTION, refused("Cannot Clear External Job. Job not found.")),
        (400, HTML, refused("")),
        (400, "", refused("")),
        (409, FAULT, same(ApiError::Rejected(words(permission)))),
        (405, "", same(ApiError::Rejected(words("")))),
        (413, HTML, same(ApiError::Rejected(words("")))),
        (500, FAULT, same(server(500, None, permission))),
        (502, HTML, same(server(502, None, ""))),
        (503, "", same(server(503, None, ""))),
    ];
    for (status, body, expected) in rows {
        assert_eq!(errors(|| Ok(answer(status, body))), expected, "{status} {body}");
    }
    for status in [301, 302, 303, 304, 307] {
        let errors = errors(|| Ok(answer(status, "").with_header("location", "/ovirt-engine/login")));
        assert!(errors.iter().all(|error| matches!(error, ApiError::Undecodable(_))), "{status}");
    }
    for (error, expected) in [
        (TransportError::Unreachable, ApiError::Unreachable),
        (TransportError::TimedOut, ApiError::TimedOut),
        (TransportError::Cancelled, ApiError::Cancelled),
        (TransportError::NoToken, ApiError::Unauthenticated),
        (
            TransportError::Foreign,
            ApiError::Forbidden(words(
                "The engine is said to be at another address than this page. Nothing was sent there.",
            )),
        ),
    ] {
        assert_eq!(errors(|| Err(error)), same(expected));
    }
}

#[test]
fn how_long_an_engine_wants_to_be_left_alone() {
    let rows = [
        ("120", Some(120)),
        ("0", Some(0)),
        ("Wed, 21 Oct 2026 07:28:00 GMT", None),
        ("-5", None),
        ("99999999999", None),
        ("", None),
    ];
    for (header, expected) in rows {
        let [error, _] = errors(|| Ok(answer(503, "").with_header("Retry-After", header)));
        assert_eq!(error, server(503, expected, ""), "{header:?}");
        assert_eq!(error.retry(), Retry::Later(expected));
    }
}

#[test]
fn an_engines_words_are_made_readable() {
    let fault = |detail: &str| serde_json::json!({"detail": detail, "reason": "Operation Failed"}).to_string();
    let rows = [
        (fault("[User is not authorized to perform this action.]"), "User is not authorized to perform this action."),
        (fault("[One thing., Another thing.]"), "One thing., Another thing."),
        (fault("[Cannot ${action} ${type}. Step not found.]"), "Cannot do this. Step not found."),
        (fault("[Cannot ${action} Host.]"), "Cannot do this Host."),
        (fault("[Cannot add ${type}.]"), "Cannot add object."),
        (fault("Vm [name] required for add"), "Vm [name] required for add"),
        (fault("  [ spaced ]  "), "spaced"),
        (fault("[unclosed"), "[unclosed"),
        (fault("[]"), "Operation Failed"),
        (fault(""), "Operation Failed"),
        (r#"{"reason":"Incomplete parameters"}"#.to_owned(), "Incomplete parameters"),
        (r#"{"fault":{"reason":"Operation Failed"}}"#.to_owned(), "Operation Failed"),
        (r#"{"fault":{}}"#.to_owned(), ""),
        (r#"{"detail":"[]"}"#.to_owned(), ""),
        (
            r#"{"fault":{"detail":"[Die Aktion ist nicht erlaubt.]"},"status":"failed"}"#.to_owned(),
            "Die Aktion ist nicht erlaubt.",
        ),
    ];
    for (body, expected) in rows {
        let [_, error] = errors(|| Ok(answer(400, &body)));
        assert_eq!(error, ApiError::Rejected(words(expected)), "{body}");
    }
}

#[test]
fn a_sentence_and_a_next_step_for_each_error() {
    let rows = [
        (ApiError::Unreachable, "The engine cannot be reached.", Retry::Later(None), true),
        (ApiError::TimedOut, "The engine did not answer in time.", Retry::Later(None), true),
        (ApiError::Cancelled, "The request was given up.", Retry::Never, true),
        (ApiError::Unauthenticated, "The session has ended. Log in again.", Retry::AfterLogIn, false),
        (ApiError::Forbidden(words("")), "You are not allowed to do this.", Retry::Never, false),
        (ApiError::Forbidden(words("Not you.")), "Not you.", Retry::Never, false),
        (ApiError::NotFound, "The engine does not have this any more.", Retry::Never, false),
        (ApiError::Rejected(words("")), "The engine refused this and gave no reason.", Retry::Never, false),
        (ApiError::Rejected(words("Too late.")), "Too late.", Retry::Never, false),
        (
            ApiError::Undecodable("x".to_owned()),
            "The answer was not one that an engine gives.",
            Retry::Later(None),
            true,
        ),
        (server(503, Some(9), ""), "The engine is in trouble (HTTP 503).", Retry::Later(Some(9)), true),
        (server(500, None, "Broken."), "The engine is in trouble (HTTP 500): Broken.", Retry::Later(None), true),
    ];
    for (error, sentence, retry, doubt) in rows {
        assert_eq!((error.to_string().as_str(), error.retry(), error.leaves_doubt()), (sentence, retry, doubt));
    }
}

#[test]
fn answers_that_are_none() {
    for body in [HTML, "", "[]", "{\"job\":[", "{\"detail\":\"x\"}"] {
        let recorder = Recorder::answering(Ok(answer(200, body)));
        let result = run(client(&recorder).jobs(false));
        assert!(matches!(result, Err(ApiError::Undecodable(_))), "{body}");
    }
    let recorder = Recorder::answering(Ok(Response { body: Body::Bytes(vec![0xff]), ..Response::empty(200) }));
    assert!(matches!(run(client(&recorder).raw(job_id(1), None)), Err(ApiError::Undecodable(_))));
    // A write that was answered badly may have been done all the same.
    let recorder = Recorder::answering(Ok(answer(201, HTML)));
    assert!(run(client(&recorder).add_job(&backup(), &correlation())).unwrap_err().leaves_doubt());
    // Actions answer with themselves; what is in it does not matter.
    let recorder = Recorder::answering(Ok(answer(200, HTML)));
    assert_eq!(run(client(&recorder).end_job(job_id(1), Outcome::Failed, false)), Ok(()));
}

#[test]
fn the_engines_time_comes_along() {
    let rows = [
        (Some("Thu, 01 Jan 2026 00:00:00 GMT"), Some(time(1_767_225_600_000))),
        (Some("Thursday, 01-Jan-26 00:00:00 GMT"), Some(time(1_767_225_600_000))),
        (Some("yesterday"), None),
        (Some(""), None),
        (None, None),
    ];
    for (header, expected) in rows {
        let response = answer(200, "{}");
        let response = match header {
            Some(header) => response.with_header("Date", header),
            None => response,
        };
        let recorder = Recorder::answering(Ok(response));
        let jobs = run(client(&recorder).jobs(false)).unwrap();
        assert_eq!((jobs.engine_time, jobs.value.items.len()), (expected, 0), "{header:?}");
    }
}

#[test]
fn log_in_sends_a_form_and_keeps_the_token_to_itself() {
    let reply =
        r#"{"access_token":"s3cret","scope":"ovirt-app-api","exp":"9223372036854775807","token_type":"bearer"}"#;
    let recorder = Recorder::answering(Ok(answer(200, reply)));
    let credentials = run(log_in(&&recorder, "admin@internal", "p w&=+%ü")).unwrap();
    assert_eq!(
        recorder.sent(),
        "POST /ovirt-engine/sso/oauth/token\naccept: application/json\ncontent-type: application/x-www-form-urlencoded\n\
         grant_type=password&scope=ovirt-app-api&username=admin%40internal&password=p+w%26%3D%2B%25%C3%BC"
    );
    assert!(credentials.is_some() && credentials == Credentials::bearer("s3cret".to_owned()));
    let client = Client::new(&recorder, credentials);
    let shown = format!("{:?} {:?} {:?}", client.credentials(), Credentials::none(), recorder.asked.borrow()[0]);
    assert!(!shown.contains("s3cret") && !shown.contains("p+w") && shown.contains("Credentials(…)"), "{shown}");
}

#[test]
fn log_in_that_fails() {
    let refused = |text: &str| LogInError::Refused(text.to_owned());
    let undecodable = LogInError::Api(ApiError::Undecodable("no token in the answer".to_owned()));
    let rows = [
        (
            400,
            r#"{"error_code":"access_denied","error":"Cannot authenticate user."}"#,
            refused("Cannot authenticate user."),
        ),
        (400, r#"{"error":"access_denied","error_description":"Wrong password."}"#, refused("Wrong password.")),
        (400, "", refused("The log-in was refused.")),
        (401, HTML, refused("The log-in was refused.")),
        (200, r#"{"access_token":7}"#, undecodable.clone()),
        (200, HTML, undecodable),
        (503, HTML, LogInError::Api(server(503, None, ""))),
    ];
    for (status, body, expected) in rows {
        let recorder = Recorder::answering(Ok(answer(status, body)));
        assert_eq!(run(log_in(&&recorder, "a", "b")), Err(expected), "{status} {body}");
    }
    let recorder = Recorder::answering(Ok(answer(302, "")));
    let error = run(log_in(&&recorder, "a", "b")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "The answer was not one that an engine gives.",
        "a redirect is no trouble of the engine's"
    );
    let recorder = Recorder::answering(Err(TransportError::TimedOut));
    assert_eq!(run(log_in(&&recorder, "a", "b")), Err(LogInError::Api(ApiError::TimedOut)));
}

#[test]
fn log_out_revokes_the_token() {
    let token = Credentials::bearer("s3/cr&t".to_owned());
    let recorder = Recorder::answering(Ok(answer(200, "{}")));
    assert_eq!(run(log_out(&&recorder, &token)), Ok(()));
    assert_eq!(
        recorder.sent(),
        "POST /ovirt-engine/services/sso-logout\naccept: application/json\ncontent-type: application/x-www-form-urlencoded\n\
         scope=ovirt-app-api&token=s3%2Fcr%26t"
    );
    let recorder = Recorder::answering(Ok(answer(400, FAULT)));
    assert!(run(log_out(&&recorder, &token)).is_err());
    let recorder = Recorder::default();
    assert_eq!(run(log_out(&&recorder, &Credentials::none())), Ok(()));
    assert!(recorder.asked.borrow().is_empty(), "there is nothing to revoke");
    assert_eq!(Method::Other.as_str(), "OTHER");
}
