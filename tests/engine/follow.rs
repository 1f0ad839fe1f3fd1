//! Section 1 of the contract, "follow": every link of every resource, alone, together and nested.

use std::{
    collections::{BTreeSet, VecDeque},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering::Relaxed},
    },
};

use serde_json::{Value, json};

use crate::{
    counting::Counting,
    hall::{DOWN, FREE, MOVING, UP, disk_id, domain_id, host_id, inventory, vm_id},
    support::{
        Surroundings, TestEngine, admin, ask, creator, engine, get, job, job_id, job_with_steps, plain_user, read_only,
        request, step_id, user_id,
    },
    xml::to_json,
};
use task_monitor::{
    domain::{JobWithSteps, Status},
    engine::{
        Caller, Engine,
        http::{self, LINKS, Link},
        inventory::InventoryStore,
    },
    wire::{Body, Method},
};

/// Jobs whose steps name hosts, one of them unknown, an owner who is no user, and a parent that is gone.
fn jobs() -> Vec<JobWithSteps> {
    let mut first = job_with_steps(1, Status::Started, true);
    first.steps[0].execution_host = Some(host_id(1));
    first.steps[1].execution_host = Some(host_id(2));
    first.steps[2].execution_host = Some(host_id(9));
    let mut second = job_with_steps(2, Status::Finished, false);
    second.job.owner = Some(user_id(99));
    second.steps[2].parent = Some(step_id(7));
    let mut own = job(5, Status::Started, true);
    own.job.owner = Some(creator().user.id);
    vec![first, second, own]
}

async fn world() -> TestEngine {
    let engine = engine(jobs());
    assert_eq!(engine.store.furnish(&inventory()).await, Ok(true));
    engine
}

async fn shown(engine: &TestEngine, caller: &Caller, path: &str) -> (u16, Value) {
    let answer = ask(engine, caller, get(path)).await;
    let body = if answer.body.is_empty() { Value::Null } else { answer.json() };
    (answer.status, body)
}

async fn in_xml(engine: &TestEngine, path: &str) -> (String, Value) {
    let answer = ask(engine, &admin(), request(Method::Get, path).with_header("accept", "application/xml")).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    let body = answer.body.split_once("?><").unwrap().1;
    (body.split([' ', '/', '>']).next().unwrap().to_owned(), to_json(&answer.body))
}

fn path_of(href: &Value) -> String {
    href.as_str().unwrap().strip_prefix("/ovirt-engine/api").unwrap().to_owned()
}

/// The things of an answer: itself, or its items.
fn things(answer: &Value) -> Vec<&Value> {
    match answer.as_object().unwrap().values().next() {
        Some(Value::Array(items)) if answer.get("href").is_none() && answer.get("link").is_none() => {
            items.iter().collect()
        }
        _ => vec![answer],
    }
}

/// Name, and the places that it leads to, of all that a thing shows.
fn links(thing: &Value) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    for (name, value) in thing.as_object().unwrap() {
        let several = || value.as_object()?.values().next()?.as_array();
        if value.get("href").is_some() {
            found.push((name.clone(), vec![path_of(&value["href"])]));
        } else if name != "actions"
            && let Some(items) = several()
        {
            let hrefs = items.iter().filter(|item| item.get("href").is_some()).map(|item| path_of(&item["href"]));
            found.push((name.clone(), hrefs.collect()));
        }
    }
    for link in thing["link"].as_array().into_iter().flatten() {
        found.push((link["rel"].as_str().unwrap().to_owned(), vec![path_of(&link["href"])]));
    }
    // Neither a search, which says nothing by itself, nor parts without a place, such as monitored commands.
    found.retain(|(name, hrefs)| !name.contains('/') && !hrefs.is_empty());
    found
}

/// What a thing looks like with that link followed, made from GETs alone.
async fn expected(engine: &TestEngine, thing: &Value, name: &str) -> Value {
    let mut thing = thing.clone();
    let Some((_, hrefs)) = links(&thing).into_iter().find(|(link, _)| link == name) else { return thing };
    let is_reference = thing.get(name).is_some();
    let mut there = Vec::new();
    for href in &hrefs {
        let (status, body) = shown(engine, &admin(), href).await;
        there.push(if status == 404 { None } else { Some(body) });
    }
    match &mut thing {
        thing if !is_reference => {
            let member = if name == "storagedomains" { "storage_domains" } else { name };
            thing[member] = there.remove(0).unwrap();
        }
        thing if thing[name].get("href").is_some() => {
            if let Some(body) = there.remove(0) {
                thing[name] = body;
            }
        }
        thing => {
            let items = thing[name].as_object_mut().unwrap().values_mut().next().unwrap().as_array_mut().unwrap();
            for (item, body) in items.iter_mut().zip(there) {
                if let Some(body) = body {
                    *item = body;
                }
            }
        }
    }
    thing
}

/// Goes wherever links lead, and follows each link of each thing there, by itself and in lists, in both forms.
#[tokio::test]
async fn whatever_is_linked_can_be_followed_and_shows_what_a_get_shows() {
    let engine = world().await;
    let mut waiting = VecDeque::from([String::new()]);
    let mut known = BTreeSet::new();
    let mut seen = BTreeSet::new();
    while let Some(path) = waiting.pop_front() {
        let (status, plain) = shown(&engine, &admin(), &path).await;
        if status == 404 {
            continue;
        }
        assert_eq!(status, 200, "{path}");
        let (root, _) = in_xml(&engine, &path).await;
        let names: BTreeSet<String> =
            things(&plain).iter().flat_map(|thing| links(thing)).map(|(name, _)| name).collect();
        for name in names {
            let followed = format!("{path}?follow={name}");
            let (status, answer) = shown(&engine, &admin(), &followed).await;
            assert_eq!(status, 200, "{followed}: {answer}");
            assert_eq!(things(&answer).len(), things(&plain).len(), "{followed}");
            for (after, before) in things(&answer).into_iter().zip(things(&plain)) {
                assert_eq!(after, &expected(&engine, before, &name).await, "{followed}");
            }
            assert_eq!(in_xml(&engine, &followed).await, (root.clone(), answer.clone()), "{followed}");
            let v4 = shown(&engine, &admin(), &format!("/v4{followed}")).await;
            let moved = answer.to_string().replace("/ovirt-engine/api/", "/ovirt-engine/api/v4/");
            assert_eq!((v4.0, v4.1.to_string()), (200, moved), "{followed}");
            if LINKS.iter().any(|link| link.of.name() == root) {
                seen.insert((root.clone(), name));
            }
        }
        let hrefs = things(&plain).into_iter().flat_map(|thing| {
            let own = thing.get("href").map(path_of);
            links(thing).into_iter().flat_map(|(_, hrefs)| hrefs).chain(own).collect::<Vec<_>>()
        });
        waiting.extend(hrefs.collect::<Vec<_>>().into_iter().filter(|href| known.insert(href.clone())));
    }
    let table: BTreeSet<_> =
        LINKS.iter().map(|Link { of, name, .. }| (of.name().to_owned(), (*name).to_owned())).collect();
    assert_eq!(seen, table, "the table of links, and what is shown");
}

/// The same, but that all empty lists look alike.
fn without_empty(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let full = |value: &Value| value.as_array().is_none_or(|items| !items.is_empty());
            let kept = members.into_iter().filter(|(_, value)| full(value));
            Value::Object(kept.map(|(name, value)| (name, without_empty(value))).collect())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(without_empty).collect()),
        other => other,
    }
}

/// Path with `follow`, a place in the answer, and what is there.
#[tokio::test]
async fn names_stand_in_rows_and_beside_each_other() {
    let engine = world().await;
    let one = format!("/jobs/{}", job_id(1));
    let steps = format!("{one}/steps");
    let below = format!("{steps}/{}", step_id(12));
    let other = format!("/jobs/{}", job_id(2));
    let user = format!("/users/{}", user_id(1));
    let reference = |list: &str, id: String| json!({ "href": format!("/ovirt-engine/api/{list}/{id}"), "id": id });
    let rows = [
        (format!("{one}?follow=owner"), "/owner/user_name", json!("admin@internal")),
        (format!("{one}?follow=OWNER"), "/owner/user_name", json!("admin@internal")),
        (format!("{one}?follow=o_w_ner"), "/owner/user_name", json!("admin@internal")),
        (format!("{one};follow=owner"), "/owner/user_name", json!("admin@internal")),
        (format!("{one}?follow= owner ,, steps "), "/owner/user_name", json!("admin@internal")),
        (format!("{one}?follow=owner,steps"), "/steps/step/0/description", json!("Step 11")),
        (format!("{one}?follow=owner"), "/steps", Value::Null),
        (format!("{one}?follow=owner.roles"), "/owner/roles/role/0/name", json!("SuperUser")),
        (format!("{one}?follow=owner,owner.roles,owner"), "/owner/roles/role/0/name", json!("SuperUser")),
        (format!("{one}?follow=owner.roles.permits"), "/owner/roles/role/0/permits/permit/0/name", json!("create_vm")),
        (format!("{one}?follow=owner.roles.user"), "/owner/roles/role/0/user/user_name", json!("admin@internal")),
        (format!("{one}?follow=steps.executionhost"), "/steps/step/0/execution_host/name", json!("hv1")),
        (format!("{one}?follow=steps.execution_host"), "/steps/step/2/execution_host/name", json!("hv2")),
        (
            format!("{one}?follow=steps.execution_host"),
            "/steps/step/1/execution_host",
            reference("hosts", host_id(9).to_string()),
        ),
        (format!("{one}?follow=steps.statistics"), "/steps/step/0/statistics", json!({})),
        (format!("{one}?follow=steps.job"), "/steps/step/2/job/description", json!("Job 1")),
        (format!("{one}?follow=steps.job.owner"), "/steps/step/2/job/owner/user_name", json!("admin@internal")),
        (format!("{one}?follow=steps.parent_step"), "/steps/step/2/parent_step/description", json!("Step 11")),
        (format!("{one}?follow=steps.parent_step"), "/steps/step/0/parent_step", Value::Null),
        (
            format!("{one}?follow=steps.parent_step.execution_host"),
            "/steps/step/2/parent_step/execution_host/name",
            json!("hv1"),
        ),
        (format!("{one}?follow=steps.parent_step.execution_host"), "/steps/step/2/execution_host/name", Value::Null),
        (
            format!("{one}?follow=steps.parent_step.parent_step.parent_step"),
            "/steps/step/2/parent_step/parent_step",
            Value::Null,
        ),
        (format!("{one}?follow=steps."), "/steps/step/0/description", json!("Step 11")),
        (format!("{one}?follow="), "/steps", Value::Null),
        (format!("{steps}?follow=job.owner&max=1"), "/step/0/job/owner/user_name", json!("admin@internal")),
        (format!("{steps}?follow=job.owner&max=1"), "/step/1", Value::Null),
        (format!("{below}?follow=parent_step.job.owner"), "/parent_step/job/owner/user_name", json!("admin@internal")),
        (format!("{below}?follow=job.steps&max=1"), "/job/steps/step/2/description", json!("Step 12")),
        // What is not there stays as it is: an owner who is no user, a step that is gone.
        (format!("{other}?follow=owner"), "/owner", reference("users", user_id(99).to_string())),
        (format!("{other}?follow=owner.roles"), "/owner/roles", Value::Null),
        (
            format!("{other}?follow=steps.parent_step"),
            "/steps/step/1/parent_step",
            reference(&format!("jobs/{}/steps", job_id(2)), step_id(7).to_string()),
        ),
        ("/jobs?follow=owner".to_owned(), "/job/0/owner/user_name", json!("admin@internal")),
        ("/jobs?follow=owner".to_owned(), "/job/1/owner/user_name", Value::Null),
        ("/jobs?follow=owner".to_owned(), "/job/2/owner/user_name", json!("backup@internal")),
        ("/jobs?follow=owner".to_owned(), "/job/0/steps", Value::Null),
        ("/jobs?follow=owner&max=1".to_owned(), "/job/1", Value::Null),
        ("/jobs?follow=steps.parent_step,owner".to_owned(), "/job/0/steps/step/2/parent_step/number", json!("0")),
        ("/jobs?follow=steps.job".to_owned(), "/job/1/steps/step/0/job/description", json!("Job 2")),
        ("/jobs?follow=steps.job".to_owned(), "/job/2/steps", json!({ "step": [] })),
        ("/jobs?follow=steps".to_owned(), "/job/2/steps", json!({})),
        (
            "/jobs?search=correlation_id%3Dfixture sortby correlation_id&follow=owner".to_owned(),
            "/job/0/owner/principal",
            json!("admin"),
        ),
        ("?follow=jobs.steps.execution_host".to_owned(), "/jobs/job/0/steps/step/0/execution_host/name", json!("hv1")),
        ("?follow=jobs,vms.host&max=0".to_owned(), "/jobs/job/1/description", json!("Job 2")),
        ("?follow=jobs,vms.host&max=0".to_owned(), "/vms/vm/4/host/name", json!("hv1")),
        ("?follow=storage_domains".to_owned(), "/storage_domains/storage_domain/1/name", json!("slow")),
        ("?follow=effective_user.roles".to_owned(), "/effective_user/roles/role/0/name", json!("SuperUser")),
        (
            "?follow=capabilities".to_owned(),
            "/capabilities/monitored_commands/monitored_command/0/name",
            json!("StopVm"),
        ),
        ("/users?follow=roles.permits".to_owned(), "/user/2/roles/role/0/name", json!("ExternalTasksCreator")),
        (format!("{user}/roles?follow=user,permits"), "/role/0/user/user_name", json!("admin@internal")),
        ("/roles?follow=permits".to_owned(), "/role/0/permits/permit/0/id", json!("1500")),
        ("/roles?follow=user".to_owned(), "/role/0/user", Value::Null),
        (format!("/vms/{}?follow=host", vm_id(MOVING)), "/host/address", json!("hv1.example.com")),
        (format!("/vms/{}?follow=host", vm_id(DOWN)), "/host", Value::Null),
        ("/vms?follow=host&search=name%3Dup".to_owned(), "/vm/0/host/name", json!("hv1")),
        (
            format!("/disks/{}?follow=storage_domains", disk_id(FREE)),
            "/storage_domains/storage_domain/0/name",
            json!("fast"),
        ),
    ];
    for (path, place, expected) in rows {
        let (status, answer) = shown(&engine, &admin(), &path).await;
        assert_eq!(status, 200, "{path}: {answer}");
        assert_eq!(answer.pointer(place).unwrap_or(&Value::Null), &expected, "{path} {place}");
        let (_, again) = in_xml(&engine, &path).await;
        // Only JSON tells a list that was looked into from one that was not.
        assert_eq!(again, without_empty(answer), "{path}");
    }
}

#[tokio::test]
async fn names_that_lead_nowhere_are_refused() {
    let engine = world().await;
    let one = format!("/jobs/{}", job_id(1));
    let step = format!("{one}/steps/{}", step_id(11));
    let deep = ["parent_step"; 9].join(".");
    let no_link = |name: &str| format!("The link '{name}' can not be followed here.");
    let again = |list: &str| format!("The links '{list}' can not be followed from what they lead to.");
    let rows = [
        ("/jobs?follow=junk".to_owned(), no_link("junk")),
        ("/jobs?follow=owner,junk,steps".to_owned(), no_link("junk")),
        ("/jobs?follow=owner.junk".to_owned(), no_link("junk")),
        ("/jobs?follow=steps.owner".to_owned(), no_link("owner")),
        ("/jobs?follow=steps..job".to_owned(), no_link("")),
        ("/jobs?follow=.steps".to_owned(), no_link("")),
        ("/jobs?follow=step s".to_owned(), no_link("step s")),
        ("/jobs?follow=link".to_owned(), no_link("link")),
        ("/jobs?follow=actions".to_owned(), no_link("actions")),
        ("/jobs?follow=status".to_owned(), no_link("status")),
        ("?follow=disks/search".to_owned(), no_link("disks/search")),
        ("?follow=junk".to_owned(), no_link("junk")),
        ("/users?follow=domain".to_owned(), no_link("domain")),
        ("/hosts?follow=vms".to_owned(), no_link("vms")),
        ("/capabilities?follow=steps".to_owned(), no_link("steps")),
        (format!("{step}/statistics?follow=step"), no_link("step")),
        (format!("/jobs/{}?follow=junk", job_id(99)), no_link("junk")),
        ("/vms?follow=host&max=0&search=name%3Dnone,host".to_owned(), String::new()),
        // Each of n steps would show n steps.
        (format!("{one}/steps?follow=job.steps"), again("steps")),
        (format!("{one}?follow=steps.job.steps"), again("steps")),
        ("/users?follow=roles.user.roles".to_owned(), again("roles")),
        ("/roles?follow=permits.role.permits".to_owned(), again("permits")),
        (format!("{step}?follow={deep}"), "No more than 8 links can be followed in a row.".to_owned()),
    ];
    for (path, detail) in rows {
        let (status, answer) = shown(&engine, &admin(), &path).await;
        if detail.is_empty() {
            assert_eq!((status, answer), (200, json!({ "vm": [] })), "{path}");
            continue;
        }
        let refused = json!({ "detail": detail, "reason": "Input validation failed." });
        assert_eq!((status, answer), (400, refused), "{path}");
    }
}

/// What the caller may not read by a GET of its own is not shown by following it either.
#[tokio::test]
async fn following_shows_nobody_more_than_they_may_read() {
    let engine = world().await;
    let own = format!("/jobs/{}", job_id(5));
    let up = format!("/vms/{}", vm_id(UP));
    let rows = [
        (
            creator(),
            format!("{own}?follow=owner.roles"),
            200,
            "/owner/roles/role/0/name",
            json!("ExternalTasksCreator"),
        ),
        (creator(), format!("{own}?follow=steps"), 400, "/reason", json!("Operation Failed")),
        (creator(), format!("{own}?follow=owner,steps.job"), 400, "/reason", json!("Operation Failed")),
        (creator(), format!("/jobs/{}?follow=steps", job_id(1)), 404, "", Value::Null),
        (creator(), "/jobs?follow=owner".to_owned(), 400, "/reason", json!("Operation Failed")),
        (creator(), "?follow=jobs".to_owned(), 400, "/reason", json!("Operation Failed")),
        (creator(), "?follow=vms".to_owned(), 200, "/vms", json!({})),
        (creator(), "?follow=users".to_owned(), 200, "/users/user/0/user_name", json!("backup@internal")),
        (creator(), "?follow=users".to_owned(), 200, "/users/user/1", Value::Null),
        (creator(), "/users?follow=roles".to_owned(), 200, "/user/0/roles/role/0/name", json!("ExternalTasksCreator")),
        (creator(), format!("/users/{}?follow=roles", user_id(1)), 200, "/roles", json!({})),
        (
            admin(),
            format!("/users/{}?follow=roles", user_id(2)),
            200,
            "/roles/role/0/name",
            json!("ExternalTasksCreator"),
        ),
        (admin(), format!("/users/{}?follow=roles&filter=true", user_id(2)), 200, "/roles", json!({})),
        (admin(), "/jobs?follow=steps&filter=true".to_owned(), 400, "/reason", json!("Operation Failed")),
        (plain_user(), format!("{up}?follow=host"), 200, "/host", Value::Null),
        (read_only(), format!("{up}?follow=host"), 200, "/host/name", json!("hv1")),
        (
            read_only(),
            "/jobs?follow=steps.execution_host".to_owned(),
            200,
            "/job/0/steps/step/0/execution_host/name",
            json!("hv1"),
        ),
        (
            plain_user(),
            format!("/disks/{}?follow=storage_domains", disk_id(FREE)),
            200,
            "/storage_domains/storage_domain/0/id",
            json!(domain_id(1).to_string()),
        ),
    ];
    for (caller, path, status, place, expected) in rows {
        let answer = shown(&engine, &caller, &path).await;
        let found = answer.1.pointer(place).unwrap_or(&Value::Null);
        assert_eq!((answer.0, found), (status, &expected), "{} {path}: {}", caller.user.user_name, answer.1);
    }
}

/// Path with `follow`, and how many questions the store is asked for 600 jobs that are read in three pages.
#[tokio::test]
async fn what_belongs_together_is_read_together() {
    let content = |number| {
        let mut content = job_with_steps(number, Status::Started, true);
        content.steps.iter_mut().zip([1, 2, 3]).for_each(|(step, host)| step.execution_host = Some(host_id(host)));
        content
    };
    let plain = engine((0..600).map(content));
    assert_eq!(plain.store.furnish(&inventory()).await, Ok(true));
    let asked = Arc::new(AtomicUsize::new(0));
    let store = Counting { store: Arc::new(plain.store), asked: Arc::clone(&asked) };
    let counted = Arc::new(Engine { store, environment: Surroundings::default() });
    let plain = Engine { store: Arc::clone(&counted.store.store), environment: Surroundings::default() };
    let one = format!("/jobs/{}", job_id(7));
    for (path, questions) in [
        ("/jobs".to_owned(), 3),
        ("/jobs?follow=steps".to_owned(), 3),
        ("/jobs?follow=owner".to_owned(), 3),
        ("/jobs?follow=owner.roles,steps.parent_step,steps.job,steps.statistics".to_owned(), 3),
        // The hosts once in a page.
        ("/jobs?follow=steps.execution_host".to_owned(), 6),
        ("/jobs?follow=steps.execution_host&max=10".to_owned(), 2),
        ("?follow=jobs.steps.job".to_owned(), 1),
        (format!("{one}?follow=steps.job.owner,steps.parent_step"), 1),
        (format!("{one}/steps?follow=parent_step,execution_host"), 2),
        ("/vms?follow=host".to_owned(), 2),
    ] {
        asked.store(0, Relaxed);
        let (mut response, mut rest) = http::handle_in_pages(&counted, &admin(), get(&path)).await;
        let mut body = std::mem::replace(&mut response.body, Body::Bytes(Vec::new())).into_bytes();
        while let Some(more) = rest {
            rest = more.next().await.unwrap().map(|(piece, more)| {
                body.extend(piece);
                more
            });
        }
        assert_eq!(asked.load(Relaxed), questions, "{path}");
        let whole = http::handle(&plain, &admin(), get(&path)).await;
        assert_eq!((response.status, whole.status), (200, 200), "{path}");
        assert!(body == whole.body.into_bytes(), "{path}: in pages it is not the same");
    }
}
