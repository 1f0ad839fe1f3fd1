//! A server that has too much to do: what it refuses is no fault of the request, and says when to come back.

use std::{path::Path, time::Duration};

use futures_util::future::join_all;
use reqwest::{RequestBuilder, header::RETRY_AFTER};
use sqlx::{Connection, SqliteConnection};
use tokio::{task::JoinSet, time::timeout};

use crate::{
    crawl::Examples,
    process::form_body,
    watch::{Sent, Watch},
};

const LOG_IN: &str = "/ovirt-engine/sso/oauth/token";
/// How many requests a server takes at once.
const IN_FLIGHT: usize = 512;
/// Longer than the server lets anybody wait for a place.
const WAITS: Duration = Duration::from_secs(10);
/// For a machine that does too much at once.
const LIMIT: Duration = Duration::from_secs(120);

/// A request for each operation.
fn of_each(watch: &Watch<'_>, examples: &Examples) -> Vec<(String, Sent)> {
    let one = |(path, method, operation): (&str, &str, &serde_json::Value)| {
        let id = operation["operationId"].as_str().unwrap().to_owned();
        let example = examples.get(&id).and_then(|paths| paths.first());
        let path = example.cloned().unwrap_or_else(|| format!("/ovirt-engine{path}"));
        assert!(!path.contains('{'), "{id} was never linked");
        let sent = match method {
            "post" => Sent::post(path, "{}").with("content-type", "application/json"),
            _ => Sent::new("GET", path),
        };
        (id, sent.with("accept", "application/json"))
    };
    watch.operations().map(one).collect()
}

/// Another program writes to the database and does not end: as many jobs as there may be requests in flight wait to be added.
/// Everything else waits for them, and then is told to come back.
pub(crate) async fn too_many_requests(watch: &Watch<'_>, examples: &Examples, database: &Path) {
    let mut other = SqliteConnection::connect(&format!("sqlite:{}", database.display())).await.unwrap();
    sqlx::query("BEGIN IMMEDIATE").execute(&mut other).await.unwrap();
    let add = watch.as_admin(Sent::post("/ovirt-engine/api/jobs", r#"{"description": "waits"}"#));
    let mut held = JoinSet::new();
    for _ in 0..IN_FLIGHT {
        held.spawn(hold(watch.request(&add)));
    }
    // Some may come before all places are taken, or when one that waited has been given up; then they are served, or wait for
    // the database in their turn.
    let refused = async |sent: &Sent| loop {
        let Ok(response) = timeout(WAITS, watch.request(sent).send()).await else { continue };
        let response = response.unwrap();
        if response.status() == 503 && response.headers().contains_key(RETRY_AFTER) {
            return watch.look_at(sent, response).await;
        }
    };
    let document = Sent::new("GET", "/ovirt-engine/api/openapi.json").with("accept", "application/json");
    timeout(LIMIT, refused(&document)).await.unwrap();
    let asked = of_each(watch, examples).into_iter().map(async |(id, sent)| {
        let answer = timeout(LIMIT, refused(&sent)).await.unwrap();
        assert_eq!(answer.retry_after, "5", "{id}: {answer:?}");
    });
    join_all(asked).await;
    held.shutdown().await;
    other.close().await.unwrap();
    let served = async { while watch.send(document.clone()).await.status != 200 {} };
    timeout(LIMIT, served).await.unwrap();
}

/// Sends a request, and again when the server has given up on it.
async fn hold(request: RequestBuilder) {
    loop {
        // A connection that breaks is as good as an answer.
        drop(request.try_clone().unwrap().send().await);
    }
}

/// After so many wrong passwords nobody may try another for a while, in whichever way.
pub(crate) async fn too_many_passwords(watch: &Watch<'_>, examples: &Examples) {
    let wrong = |number: usize| {
        let name = format!("user{number}@internal");
        let form = [("grant_type", "password"), ("scope", "ovirt-app-api"), ("username", &*name), ("password", "x")];
        Sent::post(LOG_IN, form_body(&form)).with("accept", "application/json")
    };
    let mut attempts = JoinSet::new();
    for number in 0..60 {
        let request = watch.request(&wrong(number));
        attempts.spawn(async move { request.send().await.unwrap().status().as_u16() });
    }
    while attempts.join_next().await.unwrap().unwrap() != 429 {}
    let each = async {
        for (id, sent) in of_each(watch, examples) {
            let open =
                watch.operations().find(|(.., operation)| operation["operationId"] == *id).unwrap().2["security"]
                    .is_array();
            let sent = match id.as_str() {
                "logIn" => wrong(0),
                _ if open => continue,
                _ => sent.with("authorization", "Basic bm9ib2R5OnRoaXM="),
            };
            // One that may be made after all is refused as wrong ones are, and makes the next wait longer.
            let put_off = loop {
                let answer = watch.send(sent.clone()).await;
                if ![400, 401].contains(&answer.status) {
                    break answer;
                }
            };
            let seconds = put_off.retry_after.parse::<u64>().unwrap_or_default();
            assert!(put_off.status == 429 && (1..60).contains(&seconds), "{id}: {put_off:?}");
        }
    };
    timeout(LIMIT, each).await.unwrap();
    attempts.shutdown().await;
}
