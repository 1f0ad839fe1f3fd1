//! Confirmed writes survive a kill.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

use serde_json::{Value, json};
use tokio::{sync::Notify, task::JoinSet};

use super::process::{Caller, Installation, Server};

/// Writers add jobs with three steps and end them, until the server is killed. Each records the responses. Afterwards
/// everything recorded is in the database, and no job is half-written.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_9_loses_no_confirmed_write() {
    const WRITERS: usize = 8;
    const ENOUGH: usize = 120;
    let installation = Installation::new();
    let server = installation.serve(&[]).await;
    let token = server.admin().await.token;
    let confirmed = ConfirmedWrites::default();
    let full = Arc::new(Notify::new());
    let server = Arc::new(server);
    let mut writers = JoinSet::new();
    for _ in 0..WRITERS {
        let (server, token, confirmed, full) =
            (Arc::clone(&server), token.clone(), confirmed.clone(), Arc::clone(&full));
        writers.spawn(async move {
            let caller = Caller { server: &server, token };
            while write_one(&caller, &confirmed).await.is_some() {
                if confirmed.len() >= ENOUGH {
                    full.notify_one();
                }
            }
        });
    }
    full.notified().await;
    server.kill_now();
    writers.join_all().await;
    Arc::into_inner(server).unwrap().wait_for_end().await;

    assert!(confirmed.len() >= ENOUGH);
    confirmed.compare(&installation.serve(&[]).await).await;
}

impl ConfirmedWrites {
    /// Checks that everything recorded is there, and that every job is complete.
    pub(super) async fn compare(&self, server: &Server) {
        let admin = server.admin().await;
        let found = admin.get("/jobs?follow=steps").await;
        let found: BTreeMap<&str, &Value> =
            found["job"].as_array().unwrap().iter().map(|job| (job["id"].as_str().unwrap(), job)).collect();
        for (id, entry) in self.0.lock().unwrap().iter() {
            let job = found.get(id.as_str()).unwrap_or_else(|| panic!("job {id} was confirmed, and is lost"));
            for step in &entry.steps {
                assert!(
                    steps(job).iter().any(|found| found["id"] == **step),
                    "step {step} was confirmed, and is lost: {job}"
                );
            }
            assert!(!entry.ended || job["status"] == "finished", "the end was confirmed, and is lost: {job}");
        }
        for job in found.values() {
            let running = steps(job).iter().filter(|step| step["status"] == "started").count();
            let expected = if job["status"] == "started" { steps(job).len() } else { 0 };
            assert_eq!(running, expected, "half-written: {job}");
            assert_eq!(job["end_time"].is_null(), job["status"] == "started", "half-written: {job}");
        }
    }
}

/// One of the departures: at a restart, an oVirt engine marks running external jobs and their steps as unknown.
#[tokio::test]
async fn a_restart_does_not_change_running_jobs() {
    for signal in ["-TERM", "-KILL"] {
        let installation = Installation::new();
        let server = installation.serve(&[]).await;
        let admin = server.admin().await;
        let job = admin.add("/jobs", &json!({ "description": "goes on" })).await;
        let steps = format!("/jobs/{job}/steps");
        let add = async |description: &str, parent: Option<&str>| {
            let parent = parent.map(|id| json!({ "id": id }));
            let step = json!({ "type": "executing", "description": description, "parent_step": parent });
            admin.add(&steps, &step).await
        };
        let step = add("goes on, too", None).await;
        add("below it", Some(&step)).await;
        let over = add("is over", None).await;
        admin.post(&format!("{steps}/{over}/end"), &json!({ "succeeded": true })).await.unwrap();
        let before = admin.get("/jobs?follow=steps").await;
        server.stop(signal).await;
        let again = installation.serve(&[]).await;
        let after = again.admin().await.get("/jobs?follow=steps").await;
        assert_eq!(after, before, "times included");
        let found = &after["job"][0];
        assert_eq!((&found["status"], found["end_time"].is_null()), (&json!("started"), true));
        let running =
            self::steps(found).iter().filter(|step| step["status"] == "started" && step["end_time"].is_null());
        assert_eq!(running.count(), 2);
    }
}

/// Many clients add and end steps of one job at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_writers_lose_nothing() {
    const STEPS: usize = 40;
    let installation = Installation::new();
    let server = Arc::new(installation.serve(&[]).await);
    let admin = server.admin().await;
    let job = admin.add("/jobs", &json!({ "description": "shared" })).await;
    let mut adding = JoinSet::new();
    for number in 0..STEPS {
        let (server, token, job) = (Arc::clone(&server), admin.token.clone(), job.clone());
        adding.spawn(async move {
            let caller = Caller { server: &server, token };
            let step = json!({ "type": "executing", "description": format!("step {number}") });
            let id = caller.add(&format!("/jobs/{job}/steps"), &step).await;
            let ended = caller.post(&format!("/jobs/{job}/steps/{id}/end"), &json!({ "succeeded": true })).await;
            assert_eq!(ended.unwrap().status(), 200);
        });
    }
    adding.join_all().await;
    let found = admin.get(&format!("/jobs/{job}/steps")).await;
    let found = found["step"].as_array().unwrap();
    assert_eq!(found.len(), STEPS);
    assert!(found.iter().all(|step| step["status"] == "finished"));
    let mut numbers: Vec<usize> = found.iter().map(|step| step["number"].as_str().unwrap().parse().unwrap()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (0..STEPS).collect::<Vec<_>>(), "each number is used once");
}

/// Confirmed writes, by job.
#[derive(Clone, Default)]
pub(super) struct ConfirmedWrites(Arc<Mutex<BTreeMap<String, Entry>>>);

#[derive(Default)]
struct Entry {
    steps: Vec<String>,
    ended: bool,
}

impl ConfirmedWrites {
    pub(super) fn len(&self) -> usize {
        self.0.lock().unwrap().len()
    }

    fn note(&self, job: &str, change: impl FnOnce(&mut Entry)) {
        change(self.0.lock().unwrap().entry(job.to_owned()).or_default());
    }
}

/// Writes one job with steps; `None` once there is no response.
pub(super) async fn write_one(caller: &Caller<'_>, confirmed: &ConfirmedWrites) -> Option<()> {
    let job = created(caller, "/jobs", &json!({ "description": "burst" })).await?;
    confirmed.note(&job, |_| ());
    for number in 0..3 {
        let step = json!({ "type": "executing", "description": format!("step {number}") });
        let step = created(caller, &format!("/jobs/{job}/steps"), &step).await?;
        confirmed.note(&job, |entry| entry.steps.push(step));
    }
    let ended = caller.post(&format!("/jobs/{job}/end"), &json!({ "succeeded": true })).await.ok()?;
    assert_eq!(ended.status(), 200);
    confirmed.note(&job, |entry| entry.ended = true);
    Some(())
}

async fn created(caller: &Caller<'_>, path: &str, body: &Value) -> Option<String> {
    let response = caller.post(path, body).await.ok()?;
    assert_eq!(response.status(), 201);
    let text = response.text().await.ok()?;
    let body: Value = serde_json::from_str(&text).ok()?;
    Some(body["id"].as_str()?.to_owned())
}

fn steps(job: &Value) -> &[Value] {
    job["steps"]["step"].as_array().map_or(&[], Vec::as_slice)
}
