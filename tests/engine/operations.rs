//! Sections 1 and 2 of the contract: each call with its status, `Location` and body; each field with its form.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::{
    support::{
        Answer, TestEngine, admin, ask, engine, get, job_id, job_with_steps, post, post_xml, request, step_id, time,
    },
    world,
    xml::to_json,
};
use task_monitor::{
    domain::{ExternalSystem, HostId, Percent, Status},
    wire::{Method, Request},
};

/// Method, path, the body in each form, the status, whether there is a `Location`, XML's root, and members of the answer.
struct Row(Method, String, &'static str, &'static str, u16, bool, &'static str, &'static [&'static str]);

#[rustfmt::skip]
fn rows() -> Vec<Row> {
    use Method::{Get, Post};
    let job = format!("/jobs/{}", job_id(1));
    let steps = format!("{job}/steps");
    let step = format!("{steps}/{}", step_id(11));
    let description = (r#"{"description":"a"}"#, "<job><description>a</description></job>");
    let new_step = (r#"{"type":"unknown","description":"a"}"#, "<step><type>unknown</type><description>a</description></step>");
    let under = (
        r#"{"type":"unknown","description":"a","parent_step":{"id":"bbbb0000-0000-4000-8000-00000000000b"}}"#,
        "<step><type>unknown</type><description>a</description><parent_step id=\"bbbb0000-0000-4000-8000-00000000000b\"/></step>",
    );
    let badly = (r#"{"succeeded":false}"#, "<action><succeeded>false</succeeded></action>");
    let forced = (r#"{"force":true}"#, "<action><force>true</force></action>");
    let (whole, whole_step) = (&["actions", "description", "href", "id", "link", "status"], &["job", "type", "number", "id"]);
    vec![
        Row(Get, "/jobs".to_owned(), "", "", 200, false, "jobs", &["job"]),
        Row(Post, "/jobs".to_owned(), description.0, description.1, 201, true, "job", whole),
        Row(Get, job.clone(), "", "", 200, false, "job", whole),
        Row(Post, format!("{job}/end"), "{}", "<action/>", 200, false, "action", &["job", "status"]),
        Row(Post, format!("{job}/end"), badly.0, badly.1, 200, false, "action", &["job", "status", "succeeded"]),
        Row(Post, format!("{job}/end"), forced.0, forced.1, 200, false, "action", &["force", "job", "status"]),
        Row(Post, format!("{job}/clear"), "{}", "<action/>", 200, false, "action", &["job", "status"]),
        Row(Get, steps.clone(), "", "", 200, false, "steps", &["step"]),
        Row(Get, format!("/jobs/{}/steps", job_id(99)), "", "", 200, false, "steps", &[]),
        Row(Post, steps.clone(), new_step.0, new_step.1, 201, true, "step", whole_step),
        Row(Post, steps, under.0, under.1, 201, true, "step", &["parent_step", "job"]),
        Row(Get, step.clone(), "", "", 200, false, "step", whole_step),
        Row(Post, format!("{step}/end"), badly.0, badly.1, 200, false, "action", &["status", "succeeded"]),
        Row(Get, format!("{step}/statistics"), "", "", 200, false, "statistics", &[]),
    ]
}

/// The body as JSON would have it.
fn members(answer: &Answer) -> Value {
    if answer.body.starts_with('<') { to_json(&answer.body) } else { answer.json() }
}

#[tokio::test]
async fn the_table_of_operations() {
    for Row(method, path, as_json, as_xml, status, located, root, names) in rows() {
        for prefix in ["", "/v4"] {
            let path = format!("{prefix}{path}");
            let wanting_xml = || request(Method::Get, &path).with_header("accept", "application/xml");
            let (in_json, in_xml) = match method {
                Method::Get => (get(&path), wanting_xml()),
                Method::Post | Method::Put | Method::Delete | Method::Options | Method::Other => {
                    (post(&path, as_json), post_xml(&path, as_xml))
                }
            };
            let (in_json, in_xml) = (ask(&world(), &admin(), in_json).await, ask(&world(), &admin(), in_xml).await);
            for answer in [&in_json, &in_xml] {
                assert_eq!(answer.status, status, "{path} {}", answer.body);
                assert_eq!(answer.header("location").is_some(), located, "{path}");
                let found = members(answer);
                let names_found = found.as_object().unwrap();
                assert!(names.iter().all(|name| names_found.contains_key(*name)), "{path}: {names:?} in {found}");
                // A job's action names the job; a step's names nothing.
                let names_a_job = names_found.contains_key("job");
                assert!(root != "action" || names_a_job != path.contains("/steps/"), "{path}");
                assert_eq!(answer.header("location"), located.then(|| found["href"].as_str().unwrap()), "{path}");
            }
            // Both forms have the same members; only XML names the root.
            assert_eq!(members(&in_json), members(&in_xml), "{path}");
            let body = in_xml.body.split_once("?>").unwrap().1;
            assert!(body[1..].starts_with(root) && !body[1 + root.len()..].starts_with(char::is_alphabetic), "{body}");
        }
    }
    // PUT and DELETE are never allowed.
    for Row(_, path, ..) in rows() {
        assert_eq!(ask(&world(), &admin(), request(Method::Other, &path)).await.status, 405, "{path}");
    }
}

/// How a field is written in JSON.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Written {
    Text,
    Flag,
    Number,
    Date,
    Reference,
    Links,
    List,
}

impl Written {
    fn of(name: &str, value: &Value) -> Self {
        match value {
            Value::String(text) if matches!(text.as_str(), "true" | "false") => Self::Flag,
            Value::String(text) if text.parse::<i64>().is_ok() => Self::Number,
            Value::String(_) => Self::Text,
            Value::Number(_) => Self::Date,
            Value::Array(_) => Self::Links,
            Value::Object(_) if matches!(name, "actions" | "steps") => Self::List,
            Value::Object(members) => {
                assert_eq!(members.keys().collect::<Vec<_>>(), ["href", "id"], "{name}");
                Self::Reference
            }
            Value::Bool(_) | Value::Null => panic!("{name}: {value}"),
        }
    }
}

/// Section 2, "Fields": name, form, and whether it may be absent.
#[rustfmt::skip]
const JOB: &[(&str, Written, bool)] = &[
    ("id", Written::Text, false), ("href", Written::Text, false), ("description", Written::Text, false),
    ("status", Written::Text, false), ("start_time", Written::Date, false), ("end_time", Written::Date, true),
    ("last_updated", Written::Date, true), ("external", Written::Flag, false), ("auto_cleared", Written::Flag, false),
    ("owner", Written::Reference, true), ("steps", Written::List, true), ("link", Written::Links, false),
    ("actions", Written::List, false),
];

#[rustfmt::skip]
const STEP: &[(&str, Written, bool)] = &[
    ("id", Written::Text, false), ("href", Written::Text, false), ("description", Written::Text, false),
    ("type", Written::Text, false), ("number", Written::Number, false), ("status", Written::Text, false),
    ("progress", Written::Number, true), ("start_time", Written::Date, false), ("end_time", Written::Date, true),
    ("external", Written::Flag, false), ("external_type", Written::Text, true),
    ("execution_host", Written::Reference, true), ("job", Written::Reference, false),
    ("parent_step", Written::Reference, true), ("link", Written::Links, false), ("actions", Written::List, false),
];

/// A job with all optional members, and one with none.
fn most_and_least() -> TestEngine {
    let mut most = job_with_steps(1, Status::Finished, true);
    let step = &mut most.steps[1];
    step.progress = Some(Percent::clamped(42));
    step.end_time = Some(time(0));
    step.external_system = Some(ExternalSystem::Gluster);
    step.execution_host = Some(HostId::new(uuid::Uuid::from_u128(7)));
    let mut least = job_with_steps(2, Status::Started, true);
    (least.job.owner, least.job.last_updated) = (None, None);
    engine([most, least])
}

#[tokio::test]
async fn the_fields_of_jobs_and_steps() {
    let engine = most_and_least();
    let rows = [
        (format!("/jobs/{}?follow=steps", job_id(1)), JOB, true),
        (format!("/jobs/{}", job_id(2)), JOB, false),
        (format!("/jobs/{}/steps/{}", job_id(1), step_id(12)), STEP, true),
        (format!("/jobs/{}/steps/{}", job_id(2), step_id(21)), STEP, false),
    ];
    for (path, fields, all) in rows {
        let expected: BTreeMap<_, _> =
            fields.iter().filter(|(.., optional)| all || !optional).map(|(name, form, _)| (*name, *form)).collect();
        let wanting_xml: Request =
            Request { headers: vec![("accept".to_owned(), "application/xml".to_owned())], ..get(&path) };
        for request in [get(&path), wanting_xml] {
            let found = members(&ask(&engine, &admin(), request).await);
            let found =
                found.as_object().unwrap().iter().map(|(name, value)| (name.as_str(), Written::of(name, value)));
            assert_eq!(found.collect::<BTreeMap<_, _>>(), expected, "{path}");
        }
    }
}
