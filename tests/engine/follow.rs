//! Section 1 of the contract, "follow": the links that can be followed, alone and together, and all others refused.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::Relaxed},
};

use serde_json::{Value, json};

use crate::{
    counting::Counting,
    machines::{UP, host_id, inventory, vm_id},
    support::{
        TestEngine, TestEnvironment, admin, ask, creator, engine, get, job, job_id, job_with_steps, read_only, request,
        step_id, user_id,
    },
    xml::to_json,
};
use task_monitor::{
    domain::{JobWithSteps, Status},
    engine::{Caller, Engine, http, inventory::InventoryStore},
    wire::{Body, Method},
};

/// Jobs whose steps name hosts, one of them unknown; an unknown owner, and an unknown parent step.
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
    assert_eq!(engine.store.seed(&inventory()).await, Ok(true));
    engine
}

async fn shown(engine: &TestEngine, caller: &Caller, path: &str) -> (u16, Value) {
    let answer = ask(engine, caller, get(path)).await;
    let body = if answer.body.is_empty() { Value::Null } else { answer.json() };
    (answer.status, body)
}

/// A followed link shows what a GET of it shows: path, names, a place in the answer, and the path of that GET.
#[tokio::test]
async fn a_followed_link_shows_what_a_get_shows() {
    let engine = world().await;
    let one = format!("/jobs/{}", job_id(1));
    let steps = format!("{one}/steps");
    let [first, below] = [11, 12].map(|number| format!("{steps}/{}", step_id(number)));
    let [owner, host] = [format!("/users/{}", user_id(1)), format!("/hosts/{}", host_id(1))];
    let role = "/roles/00000000-0000-0000-0000-000000000001";
    let statistics = format!("{first}/statistics");
    let rows = [
        (&*one, "owner", "/owner", &*owner),
        (&one, "OWNER", "/owner", &owner),
        (&one, "o_w_ner", "/owner", &owner),
        (&one, " owner ,, steps ,owner", "/owner", &owner),
        (&one, "owner,steps", "/steps", &steps),
        (&one, "steps", "/steps", &steps),
        (&below, "parent_step", "/parent_step", &first),
        (&below, "parentStep,job", "/job", &one),
        (&first, "execution_host", "/execution_host", &host),
        (&first, "statistics", "/statistics", &statistics),
        (&steps, "parent_step", "/step/2/parent_step", &first),
        (&steps, "execution_host", "/step/0/execution_host", &host),
        (&steps, "job,statistics", "/step/1/job", &one),
        (&steps, "job,statistics", "/step/0/statistics", &statistics),
        ("/jobs", "owner", "/job/0/owner", &owner),
        ("/jobs", "steps", "/job/0/steps", &steps),
        ("/jobs", "steps,owner", "/job/0/steps", &steps),
        (&format!("{owner}/roles"), "permits", "/role/0/permits", &format!("{role}/permits")),
    ];
    for (path, names, place, followed) in rows {
        for base in ["", "/v4"] {
            let (path, followed) = (format!("{base}{path}?follow={names}"), format!("{base}{followed}"));
            let (status, answer) = shown(&engine, &admin(), &path).await;
            assert_eq!(status, 200, "{path}: {answer}");
            let expected = shown(&engine, &admin(), &followed).await.1;
            assert_eq!(answer.pointer(place), Some(&expected), "{path}");
            let in_xml = request(Method::Get, &path).with_header("accept", "application/xml");
            assert_eq!(to_json(&ask(&engine, &admin(), in_xml).await.body), answer, "{path} in XML");
        }
    }
}

/// Path, a place in the answer, and what is there.
#[tokio::test]
async fn nothing_else_changes() {
    let engine = world().await;
    let one = format!("/jobs/{}", job_id(1));
    let other = format!("/jobs/{}", job_id(2));
    let reference = |list: &str, id: String| json!({ "href": format!("/ovirt-engine/api/{list}/{id}"), "id": id });
    let parents = format!("jobs/{}/steps", job_id(2));
    let rows = [
        (format!("{one}?follow="), "/steps", Value::Null),
        (format!("{one}?follow=owner"), "/steps", Value::Null),
        (format!("{one};follow=owner"), "/owner/user_name", json!("admin@internal")),
        (format!("{one}?follow=steps"), "/owner", reference("users", user_id(1).to_string())),
        (format!("{one}/steps?follow=parent_step"), "/step/0/parent_step", Value::Null),
        (format!("{one}/steps?follow=job&max=1"), "/step/1", Value::Null),
        // Something that does not exist stays a reference.
        (format!("{other}?follow=owner"), "/owner", reference("users", user_id(99).to_string())),
        (
            format!("{other}/steps?follow=parent_step"),
            "/step/1/parent_step",
            reference(&parents, step_id(7).to_string()),
        ),
        (
            format!("{one}/steps?follow=execution_host"),
            "/step/1/execution_host",
            reference("hosts", host_id(9).to_string()),
        ),
        ("/jobs?follow=owner".to_owned(), "/job/1/owner/user_name", Value::Null),
        ("/jobs?follow=owner".to_owned(), "/job/2/owner/user_name", json!("backup@internal")),
        ("/jobs?follow=owner&max=1".to_owned(), "/job/1", Value::Null),
        ("/jobs?follow=owner&search=correlation_id%3Dnone".to_owned(), "", json!({ "job": [] })),
        ("/jobs?follow=steps".to_owned(), "/job/2/steps", json!({})),
    ];
    for (path, place, expected) in rows {
        let (status, answer) = shown(&engine, &admin(), &path).await;
        assert_eq!(status, 200, "{path}: {answer}");
        assert_eq!(answer.pointer(place).unwrap_or(&Value::Null), &expected, "{path} {place}");
    }
}

/// Unknown names, links of links, and links that oVirt follows but this engine does not.
#[tokio::test]
async fn every_other_link_is_refused() {
    let engine = world().await;
    let one = format!("/jobs/{}", job_id(1));
    let step = format!("{one}/steps/{}", step_id(11));
    let user = format!("/users/{}", user_id(1));
    for (path, name) in [
        ("/jobs", "junk"),
        ("/jobs", "step s"),
        ("/jobs", "status"),
        ("/jobs", "steps.parent_step"),
        ("/jobs", "steps.execution_host"),
        ("/jobs", "owner.roles"),
        ("/jobs", "steps."),
        (&one, "steps.job"),
        (&format!("/jobs/{}", job_id(99)), "junk"),
        (&format!("{one}/steps"), "job.steps"),
        (&format!("{one}/steps"), "steps"),
        (&step, "parent_step.job"),
        (&step, "owner"),
        (&format!("{step}/statistics"), "step"),
        ("", "jobs"),
        ("", "authenticated_user"),
        ("/users", "roles"),
        (&user, "roles"),
        (&format!("{user}/roles"), "user"),
        (&format!("{user}/roles"), "permits.role"),
        ("/roles", "permits"),
        ("/vms", "host"),
        (&format!("/vms/{}", vm_id(UP)), "host"),
        ("/hosts", "vms"),
        ("/capabilities", "steps"),
    ] {
        for names in [name.to_owned(), format!(",{name},junk")] {
            let (status, answer) = shown(&engine, &admin(), &format!("{path}?follow={names}")).await;
            let detail = format!("The link '{name}' can not be followed here.");
            let refused = json!({ "detail": detail, "reason": "Input validation failed." });
            assert_eq!((status, answer), (400, refused), "{path} {names}");
        }
    }
}

/// Following shows no caller more than a GET does.
#[tokio::test]
async fn following_needs_the_same_permissions_as_a_get() {
    let engine = world().await;
    let own = format!("/jobs/{}", job_id(5));
    let roles = |number| format!("/users/{}/roles?follow=permits", user_id(number));
    let (failed, permit) = (json!("Operation Failed"), json!("inject_external_tasks"));
    let rows = [
        (creator(), format!("{own}?follow=owner"), 200, "/owner/user_name", json!("backup@internal")),
        (creator(), format!("{own}?follow=steps"), 400, "/reason", failed.clone()),
        (creator(), format!("{own}?follow=owner,steps"), 400, "/reason", failed.clone()),
        (creator(), format!("/jobs/{}?follow=steps", job_id(1)), 404, "", Value::Null),
        (creator(), "/jobs?follow=owner".to_owned(), 400, "/reason", failed.clone()),
        (creator(), roles(2), 200, "/role/0/permits/permit/0/name", permit.clone()),
        (creator(), roles(1), 200, "", json!({ "role": [] })),
        (admin(), roles(2), 200, "/role/0/permits/permit/0/name", permit),
        (admin(), "/jobs?follow=steps&filter=true".to_owned(), 400, "/reason", failed),
        (read_only(), "/jobs?follow=owner".to_owned(), 200, "/job/0/owner/user_name", json!("admin@internal")),
    ];
    for (caller, path, status, place, expected) in rows {
        let answer = shown(&engine, &caller, &path).await;
        let found = answer.1.pointer(place).unwrap_or(&Value::Null);
        assert_eq!((answer.0, found), (status, &expected), "{} {path}: {}", caller.user.user_name, answer.1);
    }
}

/// Path, and how many queries the store gets, with 600 jobs that are read in three pages. A list that has a version takes one
/// more.
#[tokio::test]
async fn links_of_a_list_are_read_together() {
    let content = |number| {
        let mut content = job_with_steps(number, Status::Started, true);
        content.steps.iter_mut().zip([1, 2, 3]).for_each(|(step, host)| step.execution_host = Some(host_id(host)));
        content
    };
    let plain = engine((0..600).map(content));
    assert_eq!(plain.store.seed(&inventory()).await, Ok(true));
    let queries = Arc::new(AtomicUsize::new(0));
    let store = Counting { store: Arc::new(plain.store), queries: Arc::clone(&queries) };
    let counted = Arc::new(Engine { store, environment: TestEnvironment::default() });
    let plain = Engine { store: Arc::clone(&counted.store.store), environment: TestEnvironment::default() };
    let one = format!("/jobs/{}", job_id(7));
    for (path, expected) in [
        ("/jobs".to_owned(), 4),
        ("/jobs?follow=steps".to_owned(), 4),
        ("/jobs?follow=owner".to_owned(), 3),
        ("/jobs?follow=owner,steps".to_owned(), 3),
        (format!("{one}?follow=owner,steps"), 1),
        (format!("{one}/steps?follow=execution_host"), 2),
        (format!("{one}/steps?follow=parent_step,job,statistics"), 3),
    ] {
        queries.store(0, Relaxed);
        let (mut response, mut rest) = http::handle_in_pages(&counted, &admin(), get(&path)).await;
        let mut body = std::mem::replace(&mut response.body, Body::Bytes(Vec::new())).into_bytes();
        while let Some(more) = rest {
            rest = more.next().await.unwrap().map(|(piece, more)| {
                body.extend(piece);
                more
            });
        }
        assert_eq!(queries.load(Relaxed), expected, "{path}");
        let whole = http::handle(&plain, &admin(), get(&path)).await;
        assert_eq!((response.status, whole.status), (200, 200), "{path}");
        assert!(body == whole.body.into_bytes(), "{path}: read in pages, the body differs");
    }
}
