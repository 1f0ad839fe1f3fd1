//! Looks at every exchange, and compares it with the document.

use std::{cell::RefCell, collections::BTreeSet};

use reqwest::{Method, RequestBuilder, Response};
use serde_json::Value;

use crate::{
    process::{Server, header},
    schema::check,
};

/// A request.
#[derive(Debug, Clone)]
pub(crate) struct Sent {
    method: &'static str,
    path: String,
    headers: Vec<(&'static str, String)>,
    body: Option<String>,
}

impl Sent {
    pub(crate) fn new(method: &'static str, path: impl Into<String>) -> Self {
        Self { method, path: path.into(), headers: Vec::new(), body: None }
    }

    pub(crate) fn post(path: impl Into<String>, body: impl Into<String>) -> Self {
        Self { body: Some(body.into()), ..Self::new("POST", path) }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}

/// What was answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) allow: String,
    pub(crate) retry_after: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// A watched way to a server.
pub(crate) struct Watch<'server> {
    pub(crate) document: Value,
    pub(crate) server: &'server Server,
    admin: String,
    user: String,
    seen: RefCell<BTreeSet<(String, u16)>>,
    links: RefCell<BTreeSet<String>>,
}

impl<'server> Watch<'server> {
    pub(crate) fn new(document: Value, server: &'server Server, admin: String, user: String) -> Self {
        Self { document, server, admin, user, seen: RefCell::default(), links: RefCell::default() }
    }

    /// As the admin, who wants and sends JSON unless the request says otherwise.
    pub(crate) async fn ask(&self, sent: Sent) -> Answer {
        self.send(self.as_admin(sent)).await
    }

    /// The request as the admin makes it.
    pub(crate) fn as_admin(&self, sent: Sent) -> Sent {
        self.json(sent).with("authorization", format!("Bearer {}", self.admin))
    }

    /// As a user who may read everything, and change nothing.
    pub(crate) async fn ask_as_user(&self, sent: Sent) -> Answer {
        self.send(self.json(sent).with("authorization", format!("Bearer {}", self.user))).await
    }

    fn json(&self, mut sent: Sent) -> Sent {
        for (name, wanted) in [("accept", true), ("content-type", sent.body.is_some())] {
            if wanted && sent.headers.iter().all(|(given, _)| *given != name) {
                sent = sent.with(name, "application/json");
            }
        }
        sent
    }

    /// As it is, before it is sent: nobody looks at the answer.
    pub(crate) fn request(&self, sent: &Sent) -> RequestBuilder {
        let method = Method::from_bytes(sent.method.as_bytes()).unwrap();
        let request = self.server.request(method, &sent.path);
        let request = sent.headers.iter().fold(request, |request, (name, value)| request.header(*name, value));
        request.body(sent.body.clone().unwrap_or_default())
    }

    /// As it is.
    pub(crate) async fn send(&self, sent: Sent) -> Answer {
        let response = self.request(&sent).send().await.unwrap();
        self.look_at(&sent, response).await
    }

    /// Looks at what a request was answered.
    pub(crate) async fn look_at(&self, sent: &Sent, response: Response) -> Answer {
        let content_type = header(&response, "content-type").split(';').next().unwrap_or_default().to_owned();
        let (status, allow) = (response.status().as_u16(), header(&response, "allow").to_owned());
        let retry_after = header(&response, "retry-after").to_owned();
        let body = response.text().await.unwrap();
        let answer = Answer { status, allow, retry_after, body };
        if let Err(wrong) = self.compare(sent, &content_type, &answer) {
            panic!("{wrong}\n{} {}: {answer:?}", sent.method, sent.path);
        }
        answer
    }

    fn compare(&self, sent: &Sent, content_type: &str, answer: &Answer) -> Result<(), String> {
        let path = sent.path.split('?').next().unwrap_or_default();
        let Some(methods) = self.methods(path) else {
            return if answer.status == 404 { Ok(()) } else { Err("the path is not documented".to_owned()) };
        };
        let operation = &methods[sent.method.to_lowercase()];
        if operation.is_null() {
            return if answer.status == 405 { Ok(()) } else { Err("the method is not documented".to_owned()) };
        }
        let id = operation["operationId"].as_str().unwrap();
        let response = &operation["responses"][answer.status.to_string()];
        if response.is_null() {
            return Err(format!("{id} is not documented to answer {}", answer.status));
        }
        if response["headers"]["Retry-After"].is_object() == answer.retry_after.is_empty() {
            return Err(format!("{id} is documented otherwise as to when to come back"));
        }
        self.seen.borrow_mut().insert((id.to_owned(), answer.status));
        match &response["content"] {
            Value::Null if answer.body.is_empty() => Ok(()),
            // OpenAPI has no way to say that there may be nothing.
            _ if answer.status == 404 && answer.body.is_empty() => Ok(()),
            Value::Null => Err(format!("{id} is not documented to say anything with {}", answer.status)),
            content => match (&content[content_type], content_type) {
                (Value::Null, _) => Err(format!("{id} is not documented to answer {content_type:?}")),
                (content, "application/json") => {
                    self.remember_links(&answer.json());
                    check(&self.document, &content["schema"], &answer.json())
                }
                (_, "application/xml") => well_formed(&answer.body),
                _ => Ok(()),
            },
        }
    }

    /// What the document has for a path.
    pub(crate) fn methods(&self, path: &str) -> Option<&Value> {
        let path = path.strip_prefix("/ovirt-engine")?;
        let path = if path == "/api/v4" { "/api".to_owned() } else { path.replacen("/api/v4/", "/api/", 1) };
        let fits = |template: &str| {
            let (given, wanted): (Vec<_>, Vec<_>) = (path.split('/').collect(), template.split('/').collect());
            let same = |(given, wanted): (&&str, &&str)| wanted.starts_with('{') || given == wanted;
            given.len() == wanted.len() && given.iter().zip(&wanted).all(same)
        };
        self.document["paths"].as_object()?.iter().find(|(template, _)| fits(template)).map(|(_, methods)| methods)
    }

    fn remember_links(&self, value: &Value) {
        match value {
            Value::Object(members) => {
                self.links.borrow_mut().extend(members.get("href").and_then(Value::as_str).map(str::to_owned));
                members.values().for_each(|value| self.remember_links(value));
            }
            Value::Array(items) => items.iter().for_each(|value| self.remember_links(value)),
            _ => (),
        }
    }

    /// What was linked to, and is not in the document.
    pub(crate) fn undocumented_links(&self) -> Vec<String> {
        let documented = |href: &&String| self.methods(href.split('?').next().unwrap_or_default()).is_some();
        self.links.borrow().iter().filter(|href| !documented(href)).cloned().collect()
    }

    /// What was answered, by operation and status.
    pub(crate) fn seen(&self) -> BTreeSet<(String, u16)> {
        self.seen.borrow().clone()
    }

    /// What may be.
    pub(crate) fn documented(&self) -> BTreeSet<(String, u16)> {
        let operations = self.operations().map(|(_, _, operation)| operation);
        let answers = operations.flat_map(|operation| {
            // `default` stands for what no request brings about by itself.
            let statuses = operation["responses"].as_object().unwrap().keys().filter(|status| *status != "default");
            statuses.map(|status| (operation["operationId"].as_str().unwrap().to_owned(), status.parse().unwrap()))
        });
        answers.collect()
    }

    /// Path, method and content of all operations.
    pub(crate) fn operations(&self) -> impl Iterator<Item = (&str, &str, &Value)> {
        let paths = self.document["paths"].as_object().unwrap().iter();
        paths.flat_map(|(path, methods)| {
            let methods = methods.as_object().unwrap().iter().filter(|(name, _)| *name != "parameters");
            methods.map(move |(method, operation)| (path.as_str(), method.as_str(), operation))
        })
    }
}

fn well_formed(text: &str) -> Result<(), String> {
    let mut reader = quick_xml::Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(quick_xml::events::Event::Eof) => return Ok(()),
            Ok(_) => (),
            Err(error) => return Err(error.to_string()),
        }
    }
}
