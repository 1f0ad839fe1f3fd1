//! The OpenAPI document against a running server: every documented operation is driven to every documented status, and
//! whatever the server shows must be documented, members, links and all.
#![cfg(all(feature = "server", not(target_arch = "wasm32")))]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod busy;
mod commands;
mod crawl;
#[path = "../server/process.rs"]
mod process;
mod refusals;
mod schema;
mod watch;

use std::collections::BTreeSet;

use process::{ADMIN, Kind, Place};
use serde_json::Value;
use watch::{Sent, Watch};

const KIND: Kind = Kind::Sqlite;

#[tokio::test]
async fn server_and_document_agree() {
    let place = Place::new();
    let server = place.serve(&["--sample"]).await;
    assert!(place.run(&["user", "add", "someone", "--role", "ReadOnlyAdmin"], "secret\n").status.success());
    let served = server.get("/ovirt-engine/api/openapi.json").await;
    assert_eq!(process::header(&served, "content-type"), "application/json");
    let document = process::json(served).await;
    assert_eq!(document, task_monitor::server::openapi::document());
    let token = server.log_in(ADMIN, &server.password()).await.unwrap();
    let user = server.log_in("someone@internal", "secret").await.unwrap();
    let watch = Watch::new(document, &server, token, user);

    let examples = crawl::everything(&watch).await;
    commands::all(&watch).await;
    refusals::all(&watch, &examples).await;
    sign_on(&watch).await;
    busy::too_many_requests(&watch, &examples, &place.database()).await;
    busy::too_many_passwords(&watch, &examples).await;

    let (documented, seen) = (watch.documented(), watch.seen());
    let missing: Vec<_> = documented.difference(&seen).collect();
    assert!(missing.is_empty(), "documented, but never seen: {missing:?}");
    assert!(watch.undocumented_links().is_empty(), "{:?}", watch.undocumented_links());
}

/// Log-in and log-out.
async fn sign_on(watch: &Watch<'_>) {
    let password = watch.server.password();
    let form = |password: &str| {
        process::form_body(&[
            ("grant_type", "password"),
            ("scope", "ovirt-app-api"),
            ("username", ADMIN),
            ("password", password),
        ])
    };
    let token = "/ovirt-engine/sso/oauth/token";
    let answer = watch.send(Sent::post(token, form(&password)).with("accept", "application/json")).await;
    let given = answer.json()["access_token"].as_str().unwrap().to_owned();
    watch.send(Sent::post(token, form("wrong")).with("accept", "application/json")).await;
    let log_out = "/ovirt-engine/services/sso-logout";
    watch.send(Sent::post(log_out, process::form_body(&[("token", &given)]))).await;
    for path in [token, log_out] {
        watch.send(Sent::post(path, "x".repeat(1024 * 1024 + 1)).with("accept", "application/json")).await;
    }
}

/// The document by itself: all that it refers to is there, all that is there is referred to, and names are unique.
#[test]
fn the_document_holds_together() {
    let document = task_monitor::server::openapi::document();
    assert_eq!(document["openapi"], "3.1.0");
    let mut references = BTreeSet::new();
    every(&document, &mut |value| {
        if let Some(reference) = value["$ref"].as_str() {
            assert!(document.pointer(&reference[1..]).is_some(), "{reference}");
            references.insert(reference.to_owned());
        }
    });
    for kind in ["schemas", "parameters"] {
        for name in document["components"][kind].as_object().unwrap().keys() {
            assert!(references.contains(&format!("#/components/{kind}/{name}")), "{name} is of no use");
        }
    }
    let mut ids = BTreeSet::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        let in_path = |name: &&str| path.contains(&format!("{{{name}}}"));
        let declared: Vec<_> =
            methods["parameters"].as_array().unwrap().iter().map(|each| each["name"].as_str().unwrap()).collect();
        assert!(declared.iter().all(in_path) && declared.len() == path.matches('{').count(), "{path}");
        for (method, operation) in methods.as_object().unwrap().iter().filter(|(name, _)| *name != "parameters") {
            assert!(ids.insert(operation["operationId"].as_str().unwrap()), "{method} {path}");
            assert_eq!(operation["requestBody"].is_object(), method == "post", "{method} {path}");
        }
    }
    assert!(ids.len() > 10);
}

fn every(value: &Value, look: &mut impl FnMut(&Value)) {
    look(value);
    match value {
        Value::Object(members) => members.values().for_each(|value| every(value, look)),
        Value::Array(items) => items.iter().for_each(|value| every(value, look)),
        _ => (),
    }
}
