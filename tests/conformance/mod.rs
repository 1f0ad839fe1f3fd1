//! The API's behaviour, tested through any transport: the engine in this process, or a server over HTTP.
//!
//! Nothing depends on the clock, on ids, or on other jobs in the engine. Requests have no credentials: each transport adds
//! those of its user.
#![allow(missing_docs, unreachable_pub, clippy::panic, clippy::unwrap_used, reason = "shared by test binaries")]

mod events;
mod lifecycle;
mod once;
mod parameters;
mod refusals;
mod roles;
mod tags;
pub mod xml;

use serde_json::Value;
use task_monitor::{
    api::Transport,
    wire::{Format, Method, Request, Response},
};
use xml::Xml;

/// A transport for each kind of user.
pub struct Doors<T> {
    /// A SuperUser.
    pub admin: T,
    /// An ExternalTasksCreator, and nothing more.
    pub creator: T,
    /// A ReadOnlyAdmin.
    pub reader: T,
    /// A UserRole.
    pub user: T,
}

/// Runs the whole suite, in both forms.
pub async fn run<T: Transport>(doors: &Doors<T>) {
    run_in(Format::Json, doors).await;
    let Doors { admin, creator, reader, user } = doors;
    run_in(Format::Xml, &Doors { admin: Xml(admin), creator: Xml(creator), reader: Xml(reader), user: Xml(user) })
        .await;
}

async fn run_in<T: Transport>(format: Format, doors: &Doors<T>) {
    lifecycle::run(&doors.admin).await;
    parameters::run(&doors.admin).await;
    refusals::run(format, &doors.admin).await;
    roles::run(doors).await;
    once::run(doors).await;
    tags::run(doors).await;
    events::run(doors).await;
}

/// A response, read to its end.
#[derive(Debug)]
struct Answer {
    status: u16,
    headers: Vec<(String, String)>,
    body: String,
}

impl Answer {
    fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error} in {self:?}"))
    }

    /// A text member of the body.
    fn text(&self, name: &str) -> String {
        self.json()[name].as_str().unwrap_or_else(|| panic!("no {name} in {self:?}")).to_owned()
    }

    /// A member of each row of a list.
    fn column(&self, list: &str, name: &str) -> Vec<String> {
        let rows = self.json()[list].as_array().cloned().unwrap_or_default();
        rows.iter().map(|row| row[name].as_str().unwrap_or_default().to_owned()).collect()
    }
}

async fn send<T: Transport>(door: &T, request: Request) -> Answer {
    let Response { status, headers, body } = door.send(request).await.unwrap_or_else(|error| panic!("{error:?}"));
    Answer { status, headers, body: String::from_utf8_lossy(&body.into_bytes()).into_owned() }
}

/// GET; `path` is what comes after `/ovirt-engine/api`.
async fn get<T: Transport>(door: &T, path: &str) -> Answer {
    send(door, request(Method::Get, path)).await
}

/// POST of JSON.
async fn post<T: Transport>(door: &T, path: &str, body: &str) -> Answer {
    send(door, request(Method::Post, path).with_json(body)).await
}

fn request(method: Method, path: &str) -> Request {
    bare_request(method, path).with_header("accept", "application/json")
}

fn bare_request(method: Method, path: &str) -> Request {
    Request::new(method, format!("/ovirt-engine/api{path}"))
}

/// Adds a job, and gives the path of it.
async fn add_job<T: Transport>(door: &T, description: &str) -> String {
    let body = serde_json::json!({ "description": description }).to_string();
    let answer = post(door, "/jobs", &body).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    format!("/jobs/{}", answer.text("id"))
}

/// Adds a step directly under a job or under one of its steps, and gives its id.
async fn add_step<T: Transport>(door: &T, job: &str, description: &str, parent: Option<&str>) -> String {
    let mut body = serde_json::json!({ "type": "executing", "description": description });
    if let Some(parent) = parent {
        body["parent_step"] = serde_json::json!({ "id": parent });
    }
    let answer = post(door, &format!("{job}/steps"), &body.to_string()).await;
    assert_eq!(answer.status, 201, "{answer:?}");
    answer.text("id")
}

/// Ends or clears something, successfully.
async fn act<T: Transport>(door: &T, path: &str, body: &str) {
    let answer = post(door, path, body).await;
    assert_eq!((answer.status, answer.text("status").as_str()), (200, "complete"), "{path} {body}: {answer:?}");
}

/// The statuses of a job and its steps, in the order of the list.
async fn statuses<T: Transport>(door: &T, job: &str) -> (String, Vec<String>) {
    (get(door, job).await.text("status"), get(door, &format!("{job}/steps")).await.column("step", "status"))
}
