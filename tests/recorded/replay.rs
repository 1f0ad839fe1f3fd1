//! Asks the recorded requests one after the other, and compares the answers.

use serde_json::Value;
use task_monitor::{
    api::Transport,
    wire::{self, Method},
};

use crate::{
    cases::{self, Case, Sent, User},
    compare::{Ids, differences},
    table::{ANY, DEPARTURES, LEFT_OUT, ONLY_FIRST, ONLY_JSON},
    xml::Xml,
};

const API: &str = "/ovirt-engine/api";
/// Where the engine of the record was reached.
const ORIGIN: &str = "http://localhost:8080";

/// How the requests are asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// As recorded.
    Json,
    /// Under `/ovirt-engine/api/v4`.
    JsonUnderV4,
    /// Translated to XML, and the answers back.
    Xml,
}

/// Transports for the users. `None`: there is no such user, and the user's cases are not asked.
pub(crate) struct Doors<T> {
    pub(crate) admin: T,
    pub(crate) backup: Option<T>,
    pub(crate) reader: Option<T>,
    /// Without credentials. `None` if the transport has no log-in.
    pub(crate) none: Option<T>,
    /// With a token that is not valid.
    pub(crate) nonsense: Option<T>,
    /// Where the engine is reached.
    pub(crate) origin: String,
}

/// A replay of the record.
pub(crate) struct Replay {
    form: Form,
    /// Whether it is jobs-engine, which may depart.
    departs: bool,
    /// Whether all users must be there.
    complete: bool,
    ids: Ids,
    wrong: Vec<String>,
    asked: usize,
}

impl Replay {
    /// Against jobs-engine, with or without log-in.
    pub(crate) fn of_jobs_engine(form: Form, log_in: bool) -> Self {
        Self { form, departs: true, complete: log_in, ids: Ids::default(), wrong: Vec::new(), asked: 0 }
    }

    /// Against any engine.
    pub(crate) fn of_engine(departs: bool) -> Self {
        Self { form: Form::Json, departs, complete: false, ids: Ids::default(), wrong: Vec::new(), asked: 0 }
    }

    /// Asks everything, and panics with all that differs.
    pub(crate) async fn run<T: Transport>(mut self, doors: &Doors<T>) {
        let cases = cases::all();
        let form = self.form;
        for case in cases.iter().filter(|case| !is_left_out(form, case)) {
            if case.request.path.contains("{enginejob1}") && !self.ids.knows("enginejob1") {
                self.find_own_job(doors).await;
                if !self.ids.knows("enginejob1") {
                    println!("not asked, as the engine has no job of its own: {}", case.name);
                    continue;
                }
            }
            let door = match case.user {
                User::Admin => Some(&doors.admin),
                User::Backup => doors.backup.as_ref(),
                User::Reader => doors.reader.as_ref(),
                User::None => doors.none.as_ref(),
                User::Nonsense => doors.nonsense.as_ref(),
            };
            match door {
                Some(door) => self.ask(case, door, &doors.origin).await,
                None if self.complete => panic!("no user for {}", case.name),
                None => println!("not asked, without a user for it: {}", case.name),
            }
        }
        assert!(self.wrong.is_empty(), "{:?}, {} asked:\n{}", self.form, self.asked, self.wrong.join("\n"));
        println!("{:?}: {} answers are as recorded", self.form, self.asked);
    }

    async fn ask(&mut self, case: &Case, door: &impl Transport, origin: &str) {
        self.asked += 1;
        let request = self.request(&case.request);
        let response = match self.form {
            Form::Xml => Xml(door).send(request).await,
            Form::Json | Form::JsonUnderV4 => door.send(request).await,
        };
        let answer = response.unwrap_or_else(|error| panic!("{}: {error:?}", case.name));
        let found = self.compare(case, answer, origin);
        let known = |what: &str| {
            let may = |(name, paths, _): &&(&str, &[&str], &str)| {
                (*name == ANY || *name == case.name) && paths.contains(&what)
            };
            self.departs && DEPARTURES.iter().any(|row| may(&row))
        };
        let unknown: Vec<&String> = found.iter().filter(|what| !known(what.split(':').next().unwrap())).collect();
        if !unknown.is_empty() {
            self.wrong.push(format!("{}: {unknown:?}", case.name));
        }
        let listed = DEPARTURES.iter().filter(|(name, ..)| self.departs && *name == case.name);
        for what in listed.flat_map(|(_, paths, _)| *paths) {
            if !found.iter().any(|found| found.split(':').next() == Some(what)) {
                self.wrong.push(format!("{}: {what} no longer differs", case.name));
            }
        }
    }

    fn request(&self, sent: &Sent) -> wire::Request {
        let method = match sent.method.as_str() {
            "GET" => Method::Get,
            "POST" => Method::Post,
            "PUT" => Method::Put,
            "DELETE" => Method::Delete,
            other => panic!("{other}"),
        };
        let filled = self.ids.fill(&sent.path);
        let (path, query) = filled.split_once('?').unwrap_or((&filled, ""));
        let mut request = wire::Request::new(method, self.under(path));
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            request = request.with_query(&name, value);
        }
        if !sent.headers.contains_key("Accept") {
            request = request.with_header("accept", "application/json");
        }
        for (name, value) in &sent.headers {
            request = request.with_header(name, value.as_str());
        }
        match (&sent.body, &sent.content_type) {
            (None, _) => request,
            (Some(Value::String(text)), Some(content_type)) => {
                wire::Request { body: text.clone().into_bytes(), ..request.with_header("content-type", content_type) }
            }
            (Some(body), _) => request.with_json(self.ids.fill(&body.to_string())),
        }
    }

    fn under(&self, path: &str) -> String {
        match self.form {
            Form::JsonUnderV4 if !path.starts_with("/ovirt-engine/api/v4") => {
                path.replacen(API, "/ovirt-engine/api/v4", 1)
            }
            Form::Json | Form::JsonUnderV4 | Form::Xml => path.to_owned(),
        }
    }

    fn compare(&mut self, case: &Case, answer: wire::Response, origin: &str) -> Vec<String> {
        let recorded = &case.answer;
        let mut found = Vec::new();
        if answer.status != recorded.status {
            found.push(format!("status: {}, recorded {}", answer.status, recorded.status));
        }
        let sent = case.request.headers.get("Correlation-Id");
        if sent.is_some_and(|sent| answer.header("correlation-id") != Some(sent)) {
            found.push("Correlation-Id".to_owned());
        }
        let kind = |content_type: Option<&str>| content_type.map(|text| text.replace(' ', "").to_lowercase());
        let here = kind(answer.header("content-type"));
        let headers = answer.headers.clone();
        let there = kind(recorded.headers.get("Content-Type").map(String::as_str));
        let bytes = answer.body.into_bytes();
        // Without a body there is no kind of it.
        if here != there && !(bytes.is_empty() && recorded.body == "") {
            found.push(format!("kind of body: {here:?}, recorded {there:?}"));
        }
        let text = String::from_utf8(bytes)
            .unwrap()
            .replace(origin, ORIGIN)
            .replace("/ovirt-engine/api/v4/", "/ovirt-engine/api/");
        let body = serde_json::from_str(&text).unwrap_or_else(|_| Value::String(text.clone()));
        let paths = differences(&mut self.ids, "body", &recorded.body, &body);
        // After the body, which tells the ids of what was added.
        for name in ["Allow", "WWW-Authenticate", "Location"] {
            let here = headers
                .iter()
                .find(|(key, _)| key.eq_ignore_ascii_case(name))
                .map(|(_, value)| value.replace(origin, ORIGIN));
            let there = recorded.headers.get(name).map(|value| self.ids.fill(value));
            if here != there {
                found.push(format!("{name}: {here:?}, recorded {there:?}"));
            }
        }
        found.extend(paths.into_iter().map(|path| format!("{path}: {text}")));
        found
    }

    /// Finds a job of the engine's own, with a step: the start of a machine, or else any.
    async fn find_own_job<T: Transport>(&mut self, doors: &Doors<T>) {
        let correlation = uuid::Uuid::new_v4().to_string();
        let vms = self.get(doors, "/ovirt-engine/api/vms").await;
        let vms = vms["vm"].as_array().cloned().unwrap_or_default();
        let jobs = match vms.iter().find(|vm| vm["status"] == "down") {
            Some(vm) => {
                let start = format!("{}/start", vm["href"].as_str().unwrap().replace("/v4", ""));
                self.fetch(doors, &sent("POST", &start, Some(&correlation))).await;
                self.get(doors, &format!("/ovirt-engine/api/jobs?search=correlation_id%3D{correlation}&follow=steps"))
                    .await
            }
            None => self.get(doors, "/ovirt-engine/api/jobs?follow=steps").await,
        };
        let jobs = jobs["job"].as_array().cloned().unwrap_or_default();
        let own = jobs.iter().find(|job| job["external"] == "false" && job["steps"]["step"][0].is_object());
        match own {
            Some(job) => {
                self.ids.insert("enginejob1", job["id"].as_str().unwrap());
                self.ids.insert("enginestep1", job["steps"]["step"][0]["id"].as_str().unwrap());
            }
            None => assert!(!self.departs, "no job of the engine's own: {jobs:?}"),
        }
    }

    async fn get<T: Transport>(&self, doors: &Doors<T>, path: &str) -> Value {
        self.fetch(doors, &sent("GET", path, None)).await
    }

    async fn fetch<T: Transport>(&self, doors: &Doors<T>, sent: &Sent) -> Value {
        let answer = doors.admin.send(self.request(sent)).await.unwrap_or_else(|error| panic!("{error:?}"));
        let (status, body) = (answer.status, answer.body.into_bytes());
        assert!(status < 300, "{}: {status} {}", sent.path, String::from_utf8_lossy(&body));
        serde_json::from_slice(&body).unwrap()
    }
}

fn is_left_out(form: Form, case: &Case) -> bool {
    let name = case.name.as_str();
    LEFT_OUT.iter().any(|(_, names)| names.contains(&name))
        || form == Form::Xml && ONLY_JSON.contains(&name)
        || form != Form::Json && ONLY_FIRST.contains(&name)
}

fn sent(method: &str, path: &str, correlation: Option<&str>) -> Sent {
    let headers = correlation.iter().map(|id| ("Correlation-Id".to_owned(), (*id).to_owned())).collect();
    let body = (method == "POST").then(|| serde_json::json!({}));
    Sent { method: method.to_owned(), path: path.to_owned(), headers, body, content_type: None }
}
