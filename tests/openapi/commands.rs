//! What changes things, to every end that is documented.

use serde_json::{Value, json};

use crate::watch::{Answer, Sent, Watch};

const API: &str = "/ovirt-engine/api";

/// Drives all operations that are posted.
pub(crate) async fn all(watch: &Watch<'_>) {
    jobs(watch).await;
    machines(watch).await;
    disks(watch).await;
}

async fn post(watch: &Watch<'_>, path: &str, body: Value, status: u16) -> Answer {
    let answer = watch.ask(Sent::post(format!("{API}{path}"), body.to_string())).await;
    assert_eq!(answer.status, status, "{path} {body}: {answer:?}");
    answer
}

/// The same, as somebody who may not.
async fn forbidden(watch: &Watch<'_>, path: &str, body: Value) {
    let answer = watch.ask_as_user(Sent::post(format!("{API}{path}"), body.to_string())).await;
    assert_eq!(answer.status, 403, "{path}: {answer:?}");
}

fn id(answer: &Answer) -> String {
    answer.json()["id"].as_str().unwrap().to_owned()
}

async fn jobs(watch: &Watch<'_>) {
    let job = id(&post(watch, "/jobs", json!({ "description": "Nightly", "auto_cleared": "true" }), 201).await);
    forbidden(watch, "/jobs", json!({ "description": "Nightly" })).await;
    let steps = format!("/jobs/{job}/steps");
    let first = id(&post(watch, &steps, json!({ "type": "executing", "description": "first" }), 201).await);
    let below = json!({ "type": "unknown", "description": "below", "parent_step": { "id": first } });
    post(watch, &steps, below, 201).await;
    forbidden(watch, &steps, json!({ "type": "executing", "description": "a" })).await;
    watch.ask(Sent::new("GET", format!("{API}{steps}"))).await;
    watch.ask(Sent::new("GET", format!("{API}/jobs/{job}?follow=steps"))).await;
    watch.ask(Sent::new("GET", format!("{API}/jobs?follow=steps"))).await;
    let step = format!("{steps}/{first}");
    forbidden(watch, &format!("{step}/end"), json!({ "succeeded": true })).await;
    post(watch, &format!("{step}/end"), json!({ "succeeded": true, "async": false }), 200).await;
    for action in ["clear", "end"] {
        let path = format!("/jobs/{job}/{action}");
        forbidden(watch, &path, json!({})).await;
        post(watch, &path, json!({ "force": true, "grace_period": { "expiry": 1 } }), 200).await;
        post(watch, &format!("/jobs/{}/{action}", uuid::Uuid::nil()), json!({}), 400).await;
    }
}

/// The id of one in a list that has that status.
async fn one(watch: &Watch<'_>, list: &str, item: &str, status: &str) -> String {
    let all = watch.ask(Sent::new("GET", format!("{API}/{list}"))).await.json();
    let rows = all[item].as_array().unwrap();
    let found = rows.iter().find(|row| row["status"] == status).unwrap_or_else(|| panic!("no {item} is {status}"));
    found["id"].as_str().unwrap().to_owned()
}

async fn machines(watch: &Watch<'_>) {
    let act = |id: &str, action: &str| format!("/vms/{id}/{action}");
    for action in ["start", "stop", "migrate", "freezefilesystems"] {
        // What the others need, the start is in the way of.
        let (fit, unfit) = if action == "start" { ("down", "up") } else { ("up", "down") };
        let in_the_way = one(watch, "vms", "vm", unfit).await;
        post(watch, &act(&in_the_way, action), json!({}), 409).await;
        let vm = one(watch, "vms", "vm", fit).await;
        forbidden(watch, &act(&vm, action), json!({})).await;
        post(watch, &act(&vm, action), json!({}), 200).await;
        post(watch, &act(&uuid::Uuid::nil().to_string(), action), json!({}), 404).await;
    }
}

async fn disks(watch: &Watch<'_>) {
    let domains = watch.ask(Sent::new("GET", format!("{API}/storagedomains"))).await.json();
    let here = json!({ "storage_domain": [{ "name": domains["storage_domain"][0]["name"] }] });
    let disk = json!({ "provisioned_size": 1_048_576, "format": "cow", "name": "data", "storage_domains": here });
    forbidden(watch, "/disks", disk.clone()).await;
    let new = id(&post(watch, "/disks", disk.clone(), 202).await);
    let with = |name: &str, value: Value| {
        let mut disk = disk.clone();
        disk[name] = value;
        disk
    };
    post(watch, "/disks", with("id", new.clone().into()), 409).await;
    let nowhere = json!({ "storage_domain": [{ "name": "none such" }] });
    post(watch, "/disks", with("storage_domains", nowhere), 404).await;
    let to = |target: &str| json!({ "storage_domain": { "id": target } });
    // It is not ready yet.
    let elsewhere = other_domain(watch, &new).await;
    post(watch, &format!("/disks/{new}/move"), to(&elsewhere), 409).await;
    let ready = one(watch, "disks", "disk", "ok").await;
    let elsewhere = other_domain(watch, &ready).await;
    let path = format!("/disks/{ready}/move");
    forbidden(watch, &path, to(&elsewhere)).await;
    post(watch, &path, to(&elsewhere), 200).await;
}

/// A storage domain that the disk does not lie on.
async fn other_domain(watch: &Watch<'_>, disk: &str) -> String {
    let disk = watch.ask(Sent::new("GET", format!("{API}/disks/{disk}"))).await.json();
    let all = watch.ask(Sent::new("GET", format!("{API}/storagedomains"))).await.json();
    let here = &disk["storage_domains"]["storage_domain"][0]["id"];
    let other = all["storage_domain"].as_array().unwrap().iter().find(|domain| domain["id"] != *here);
    other.unwrap()["id"].as_str().unwrap().to_owned()
}
