//! The sample world, and retention.

use std::collections::BTreeSet;

use chrono::{TimeDelta, Utc};
use serde_json::{Value, json};
use task_monitor::engine::events::{EventKind, EventStore, NewEvent};

use super::process::{Caller, Installation};

#[tokio::test]
async fn an_empty_database_gets_a_sample_world_that_continues() {
    let installation = Installation::new();
    let first = installation.serve(&["--sample"]).await;
    let admin = first.admin().await;
    let before = jobs(&admin).await;
    let statuses: BTreeSet<&str> = before.iter().map(|job| job["status"].as_str().unwrap()).collect();
    assert!(["started", "finished", "failed"].iter().all(|status| statuses.contains(status)), "{statuses:?}");
    for owner in before.iter().filter_map(|job| job["owner"]["id"].as_str()).collect::<BTreeSet<_>>() {
        if owner != ENGINE {
            assert!(admin.get(&format!("/users/{owner}")).await["user_name"].is_string());
        }
    }
    wait_for_change(&admin).await;
    let own = admin.add("/jobs", &json!({ "description": "my own" })).await;
    first.stop("-TERM").await;

    let second = installation.serve(&["--sample"]).await;
    let admin = second.admin().await;
    let after = jobs(&admin).await;
    let common = after.iter().filter(|job| before.iter().any(|earlier| earlier["id"] == job["id"])).count();
    assert!(common * 10 > before.len() * 9, "the same world continues: {common} of {}", before.len());
    assert!(after.iter().any(|job| job["id"] == *own && job["status"] == "started"));
    wait_for_change(&admin).await;
}

#[tokio::test]
async fn a_database_with_jobs_gets_no_sample_world() {
    let installation = Installation::new();
    let first = installation.serve(&[]).await;
    first.admin().await.add("/jobs", &json!({ "description": "my own" })).await;
    first.stop("-TERM").await;
    assert_eq!(jobs(&installation.serve(&["--sample"]).await.admin().await).await.len(), 1);
}

#[tokio::test]
async fn old_jobs_are_removed() {
    let installation = Installation::new();
    let server = installation.serve(&["--succeeded-job-cleanup-minutes", "0", "--job-cleanup-rate-seconds", "1"]).await;
    let admin = server.admin().await;
    let mut kept = Vec::new();
    for (description, auto_cleared, succeeded) in [
        ("swept", true, Some(true)),
        ("kept", false, Some(true)),
        ("failed", true, Some(false)),
        ("running", true, None),
    ] {
        let id = admin.add("/jobs", &json!({ "description": description, "auto_cleared": auto_cleared })).await;
        if let Some(succeeded) = succeeded {
            admin.post(&format!("/jobs/{id}/end"), &json!({ "succeeded": succeeded })).await.unwrap();
        }
        if description != "swept" {
            kept.push(id);
        }
    }
    while jobs(&admin).await.len() > kept.len() {}
    assert!(jobs(&admin).await.iter().all(|job| kept.iter().any(|id| job["id"] == **id)));
}

#[tokio::test]
async fn old_events_are_removed() {
    let installation = Installation::new();
    installation.fill_one(0).await;
    let database = installation.open().await;
    let event = |days: i64| {
        NewEvent::new(EventKind::USER_RUN_VM, Utc::now() - TimeDelta::days(days), format!("{days} days old"))
    };
    database.log(&[event(3), event(1), event(40)]).await.unwrap();
    database.close().await;
    let server = installation.serve(&["--event-cleanup-days", "2", "--job-cleanup-rate-seconds", "1"]).await;
    let admin = server.admin().await;
    let texts = async || {
        let events = admin.get("/events").await["event"].as_array().cloned().unwrap_or_default();
        events.iter().map(|event| event["description"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    while texts().await.len() > 1 {}
    assert_eq!(texts().await, ["1 days old"]);
}

/// The owner of the engine's own jobs.
const ENGINE: &str = "00000000-0000-0000-0000-000000000000";

async fn wait_for_change(admin: &Caller<'_>) {
    let before = admin.get("/jobs?follow=steps").await;
    while admin.get("/jobs?follow=steps").await == before {}
}

async fn jobs(admin: &Caller<'_>) -> Vec<Value> {
    admin.get("/jobs").await["job"].as_array().cloned().unwrap_or_default()
}
