//! Several processes on one PostgreSQL: one consistent API, whichever of them is asked.

use std::{collections::BTreeMap, sync::Arc};

use reqwest::Method;
use serde_json::{Value, json};
use tokio::{sync::Notify, task::JoinSet};

use super::{
    durability::{Ledger, write_one},
    process::{ADMIN, Caller, Place, Server, form_body, postgres},
    session::{Show, ask, kept},
    work::until,
};

/// Retention, the sample world, commands: what one process at a time does all the time.
const DUTIES: usize = 3;

/// Both give steps to one job, and steps to one of its steps, all at the same moment.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_and_no_number_is_given_twice() {
    const STEPS: usize = 30;
    let place = Place::new();
    let servers = pair(&place, &[]).await;
    let admin = servers[0].admin().await;
    let job = admin.add("/jobs", &json!({ "description": "shared" })).await;
    let parent = admin.add(&format!("/jobs/{job}/steps"), &step("parent", None)).await;
    let mut adding = JoinSet::new();
    for number in 0..STEPS {
        let (server, token) = (Arc::clone(&servers[number % 2]), admin.token.clone());
        let (job, parent) = (job.clone(), (number % 3 == 0).then(|| parent.clone()));
        adding.spawn(async move {
            let caller = Caller { server: &server, token };
            let id = caller.add(&format!("/jobs/{job}/steps"), &step(&number.to_string(), parent.as_deref())).await;
            let end = format!("/jobs/{job}/steps/{id}/end");
            assert_eq!(caller.post(&end, &json!({ "succeeded": true })).await.unwrap().status(), 200);
        });
    }
    adding.join_all().await;
    let mut answers = Vec::new();
    for server in &servers {
        let caller = Caller { server, token: admin.token.clone() };
        answers.push(caller.get(&format!("/jobs/{job}/steps")).await);
    }
    assert_eq!(answers[0], answers[1]);
    let mut numbers: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for step in answers[0]["step"].as_array().unwrap() {
        assert_eq!(step["status"] == "finished", step["description"] != "parent", "{step}");
        let under = step["parent_step"]["id"].as_str().unwrap_or_default();
        numbers.entry(under).or_default().push(step["number"].as_str().unwrap().parse().unwrap());
    }
    for numbers in numbers.values_mut() {
        numbers.sort_unstable();
        assert_eq!(*numbers, (0..numbers.len()).collect::<Vec<_>>(), "no number is given twice");
    }
    assert_eq!(numbers.values().map(Vec::len).collect::<Vec<_>>(), [21, 10]);
}

#[tokio::test]
async fn all_know_the_same_log_ins_and_users() {
    let place = Place::new();
    let servers = pair(&place, &[]).await;
    let token = servers[0].admin().await.token;
    let seen = async |token: &str| {
        let mut seen = Vec::new();
        for server in &servers {
            let request = server.request(Method::GET, "/ovirt-engine/api/jobs").bearer_auth(token);
            seen.push(request.send().await.unwrap().status().as_u16());
        }
        seen
    };
    let basic = async |password: &str| {
        let mut seen = Vec::new();
        for server in &servers {
            let request = server.request(Method::GET, "/ovirt-engine/api/jobs").basic_auth(ADMIN, Some(password));
            seen.push(request.send().await.unwrap().status().as_u16());
        }
        seen
    };
    let password = servers[0].password();
    assert_eq!((seen(&token).await, basic(&password).await), (vec![200, 200], vec![200, 200]));
    let form = form_body(&[("scope", "ovirt-app-api"), ("token", &token)]);
    servers[1].request(Method::POST, "/ovirt-engine/services/sso-logout").body(form).send().await.unwrap();
    assert_eq!(seen(&token).await, [401, 401]);

    let token = servers[1].admin().await.token;
    assert_eq!(seen(&token).await, [200, 200]);
    assert!(place.run(&["user", "password", "admin"], "another\n").status.success());
    assert_eq!((seen(&token).await, basic(&password).await), (vec![401, 401], vec![401, 401]));
    assert_eq!(basic("another").await, [200, 200]);
    assert!(place.run(&["user", "add", "other", "--role", "SuperUser"], "other\n").status.success());
    let token = servers[0].log_in("other@internal", "other").await.unwrap();
    assert_eq!(seen(&token).await, [200, 200]);
    assert!(place.run(&["user", "remove", "other"], "").status.success());
    assert_eq!(seen(&token).await, [401, 401]);
}

/// A cookie that one process gave out opens every other one, outlives the one that gave it, and ends everywhere at once.
#[tokio::test]
async fn a_session_of_one_is_good_at_the_other() {
    let place = Place::new();
    let [first, second] = [place.serve(&[]).await, place.serve(&[]).await];
    let (password, token) = (first.password(), first.admin().await.token);
    let ask = async |server: &Server, show: Show<'_>, cookie: Option<&str>| {
        ask(server, show, cookie, Some("persistent-auth")).await
    };
    let cookie = kept(ask(&first, Show::Basic(ADMIN, &password), None).await.1);
    let by_token = kept(ask(&second, Show::Bearer(&token), None).await.1);
    for server in [&first, &second] {
        for cookie in [&cookie, &by_token] {
            assert_eq!(ask(server, Show::Nothing, Some(cookie)).await, (200, None));
        }
    }
    // Without the header that wants it, it ends for both.
    let request = second.request(Method::GET, "/ovirt-engine/api").header("cookie", &cookie);
    assert_eq!(request.send().await.unwrap().status(), 401);
    assert_eq!(ask(&first, Show::Nothing, Some(&cookie)).await.0, 401);
    first.stop("-TERM").await;
    assert_eq!(ask(&second, Show::Nothing, Some(&by_token)).await.0, 200, "the rest go on");
    let form = form_body(&[("scope", "ovirt-app-api"), ("token", &token)]);
    second.request(Method::POST, "/ovirt-engine/services/sso-logout").body(form).send().await.unwrap();
    assert_eq!(ask(&second, Show::Nothing, Some(&by_token)).await.0, 401);
}

/// Of two, one has each duty; when it is killed, the other one takes over.
#[tokio::test]
async fn one_sweeps_and_ticks_at_a_time() {
    let place = Place::new();
    let options = ["--sample", "--succeeded-job-cleanup-minutes", "0", "--job-cleanup-rate-seconds", "1"];
    let first = place.serve(&options).await;
    let second = place.serve(&options).await;
    let before = holders(&place, |holders| holders.len() < DUTIES);
    let admin = second.admin().await;
    let swept = async || {
        let id = admin.add("/jobs", &json!({ "description": "over", "auto_cleared": true })).await;
        admin.post(&format!("/jobs/{id}/end"), &json!({ "succeeded": true })).await.unwrap();
        while admin.request(Method::GET, &format!("/jobs/{id}")).send().await.unwrap().status() == 200 {}
    };
    swept().await;
    first.kill_now();
    first.wait_for_end().await;
    let after =
        holders(&place, |after| after.iter().any(|holder| before.contains(holder)) || after.len() < before.len());
    assert_eq!(after.len(), before.len());
    swept().await;
    let world = admin.get("/jobs?follow=steps").await;
    while admin.get("/jobs?follow=steps").await == world {}
    let (_, log) = second.stop("-TERM").await;
    let took = |line: &&str| line.contains("this process has the duty");
    assert_eq!(log.lines().filter(took).count(), after.len(), "{log}");
}

/// Connections break when a database is restarted. What asks next may notice; what asks then does not.
#[tokio::test]
async fn a_restart_of_the_database_is_survived() {
    let place = Place::new();
    let server = place.serve(&["--sample", "--job-cleanup-rate-seconds", "1"]).await;
    let admin = server.admin().await;
    let before = holders(&place, |holders| holders.len() < DUTIES);
    postgres::query(
        place.url(),
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'jobs-engine' AND datname = current_database()",
    );
    while admin.request(Method::GET, "/jobs").send().await.unwrap().status() != 200 {}
    admin.add("/jobs", &json!({ "description": "after it" })).await;
    holders(&place, |after| after.iter().any(|holder| before.contains(holder)) || after.len() < before.len());
}

/// One of two is killed while both are written to; its clients go on with the other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_9_of_one_loses_nothing_that_was_answered() {
    const WRITERS: usize = 8;
    const ENOUGH: usize = 60;
    let place = Place::new();
    let servers = pair(&place, &[]).await;
    let token = servers[0].admin().await.token;
    let ledger = Ledger::default();
    let (half, full) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let mut writers = JoinSet::new();
    for number in 0..WRITERS {
        let (servers, token, ledger) = (servers.clone(), token.clone(), ledger.clone());
        let (half, full) = (Arc::clone(&half), Arc::clone(&full));
        writers.spawn(async move {
            let mut server = &servers[number % 2];
            loop {
                if write_one(&Caller { server, token: token.clone() }, &ledger).await.is_none() {
                    server = &servers[1];
                }
                match ledger.len() {
                    0..ENOUGH => (),
                    ENOUGH.. if ledger.len() < 2 * ENOUGH => half.notify_one(),
                    _ => break full.notify_one(),
                }
            }
        });
    }
    half.notified().await;
    servers[0].kill_now();
    full.notified().await;
    writers.join_all().await;
    ledger.compare(&servers[1]).await;
}

/// A command that one process began is seen by the other, and done by the other when the first is killed.
#[tokio::test]
async fn commands_go_on_in_another_process() {
    let place = Place::new();
    let first = place.serve(&["--sample"]).await;
    let second = place.serve(&["--sample"]).await;
    let token = first.admin().await.token;
    let (one, other) = (Caller { server: &first, token: token.clone() }, Caller { server: &second, token });
    let vm = one.get("/vms?search=name%3Dweb03").await["vm"][0]["id"].as_str().unwrap().to_owned();
    let stop = format!("/vms/{vm}/stop");
    assert_eq!(one.post(&stop, &json!({})).await.unwrap().status(), 200);
    assert_eq!(other.get(&format!("/vms/{vm}")).await["status"], "powering_down");
    assert_eq!(other.post(&stop, &json!({})).await.unwrap().status(), 409);
    first.kill_now();
    until(&other, &format!("/vms/{vm}"), |vm| vm["status"] == "down").await;
    let jobs = other.get("/jobs").await;
    let jobs = jobs["job"].as_array().unwrap().iter();
    let jobs: Vec<_> = jobs.filter(|job| job["description"] == "Stopping VM web03").collect();
    assert!(jobs.len() == 1 && jobs[0]["status"] == "finished", "{jobs:?}");
}

async fn pair(place: &Place, options: &[&str]) -> [Arc<Server>; 2] {
    [Arc::new(place.serve(options).await), Arc::new(place.serve(options).await)]
}

fn step(description: &str, parent: Option<&str>) -> Value {
    match parent {
        Some(id) => json!({ "type": "executing", "description": description, "parent_step": { "id": id } }),
        None => json!({ "type": "executing", "description": description }),
    }
}

/// Which connections hold which locks, as soon as `wait` is over. Never two the same lock: PostgreSQL sees to that.
fn holders(place: &Place, wait: impl Fn(&Vec<String>) -> bool) -> Vec<String> {
    let sql = "SELECT objid, pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = 1785684595 \
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) ORDER BY objid";
    loop {
        let holders: Vec<String> = postgres::query(place.url(), sql).lines().map(str::to_owned).collect();
        if !wait(&holders) {
            return holders;
        }
    }
}
