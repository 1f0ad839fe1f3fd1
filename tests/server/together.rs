//! Several processes on one PostgreSQL: one consistent API.

use std::{collections::BTreeMap, sync::Arc};

use reqwest::Method;
use serde_json::{Value, json};
use tokio::{sync::Notify, task::JoinSet};

use super::{
    durability::{ConfirmedWrites, write_one},
    process::{ADMIN, Caller, Installation, Server, form_body, postgres},
    session::{Sent, ask, cookie_of},
    work::until,
};

/// The number of permanent duties: retention, the sample world, commands.
const DUTIES: usize = 3;

/// Both servers add steps to one job, and under one of its steps, at the same time.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_lost_and_each_number_is_used_once() {
    const STEPS: usize = 30;
    let installation = Installation::new();
    let servers = pair(&installation, &[]).await;
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
        assert_eq!(*numbers, (0..numbers.len()).collect::<Vec<_>>(), "each number is used once");
    }
    assert_eq!(numbers.values().map(Vec::len).collect::<Vec<_>>(), [21, 10]);
}

#[tokio::test]
async fn all_processes_share_log_ins_and_users() {
    let installation = Installation::new();
    let servers = pair(&installation, &[]).await;
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
    assert!(installation.run(&["user", "password", "admin"], "another\n").status.success());
    assert_eq!((seen(&token).await, basic(&password).await), (vec![401, 401], vec![401, 401]));
    assert_eq!(basic("another").await, [200, 200]);
    assert!(installation.run(&["user", "add", "other", "--role", "SuperUser"], "other\n").status.success());
    let token = servers[0].log_in("other@internal", "other").await.unwrap();
    assert_eq!(seen(&token).await, [200, 200]);
    assert!(installation.run(&["user", "remove", "other"], "").status.success());
    assert_eq!(seen(&token).await, [401, 401]);
}

/// A cookie session is valid in all processes, survives the one that opened it, and ends everywhere at once.
#[tokio::test]
async fn a_cookie_session_is_valid_in_all_processes() {
    let installation = Installation::new();
    let [first, second] = [installation.serve(&[]).await, installation.serve(&[]).await];
    let (password, token) = (first.password(), first.admin().await.token);
    let ask = async |server: &Server, sent: Sent<'_>, cookie: Option<&str>| {
        ask(server, sent, cookie, Some("persistent-auth")).await
    };
    let cookie = cookie_of(ask(&first, Sent::Basic(ADMIN, &password), None).await.1);
    let by_token = cookie_of(ask(&second, Sent::Bearer(&token), None).await.1);
    for server in [&first, &second] {
        for cookie in [&cookie, &by_token] {
            assert_eq!(ask(server, Sent::Nothing, Some(cookie)).await, (200, None));
        }
    }
    // A request without the `Prefer` header ends it for both.
    let request = second.request(Method::GET, "/ovirt-engine/api").header("cookie", &cookie);
    assert_eq!(request.send().await.unwrap().status(), 401);
    assert_eq!(ask(&first, Sent::Nothing, Some(&cookie)).await.0, 401);
    first.stop("-TERM").await;
    assert_eq!(ask(&second, Sent::Nothing, Some(&by_token)).await.0, 200, "the rest go on");
    let form = form_body(&[("scope", "ovirt-app-api"), ("token", &token)]);
    second.request(Method::POST, "/ovirt-engine/services/sso-logout").body(form).send().await.unwrap();
    assert_eq!(ask(&second, Sent::Nothing, Some(&by_token)).await.0, 401);
}

/// One of two processes has each duty; when it is killed, the other takes over.
#[tokio::test]
async fn one_process_at_a_time_has_a_duty() {
    let installation = Installation::new();
    let options = ["--sample", "--succeeded-job-cleanup-minutes", "0", "--job-cleanup-rate-seconds", "1"];
    let first = installation.serve(&options).await;
    let second = installation.serve(&options).await;
    let before = holders(&installation, |holders| holders.len() < DUTIES);
    let admin = second.admin().await;
    let swept = async || {
        let id = admin.add("/jobs", &json!({ "description": "over", "auto_cleared": true })).await;
        admin.post(&format!("/jobs/{id}/end"), &json!({ "succeeded": true })).await.unwrap();
        while admin.request(Method::GET, &format!("/jobs/{id}")).send().await.unwrap().status() == 200 {}
    };
    swept().await;
    first.kill_now();
    first.wait_for_end().await;
    let after = holders(&installation, |after| {
        after.iter().any(|holder| before.contains(holder)) || after.len() < before.len()
    });
    assert_eq!(after.len(), before.len());
    swept().await;
    let world = admin.get("/jobs?follow=steps").await;
    while admin.get("/jobs?follow=steps").await == world {}
    let (_, log) = second.stop("-TERM").await;
    let took = |line: &&str| line.contains("this process has the duty");
    assert_eq!(log.lines().filter(took).count(), after.len(), "{log}");
}

/// Connections break when the database is restarted. The first request may fail, the following ones must not.
#[tokio::test]
async fn a_restart_of_the_database_is_survived() {
    let installation = Installation::new();
    let server = installation.serve(&["--sample", "--job-cleanup-rate-seconds", "1"]).await;
    let admin = server.admin().await;
    let before = holders(&installation, |holders| holders.len() < DUTIES);
    postgres::query(
        installation.url(),
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'jobs-engine' AND datname = current_database()",
    );
    while admin.request(Method::GET, "/jobs").send().await.unwrap().status() != 200 {}
    admin.add("/jobs", &json!({ "description": "after it" })).await;
    holders(&installation, |after| after.iter().any(|holder| before.contains(holder)) || after.len() < before.len());
}

/// One of two processes is killed during writes; its clients continue with the other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kill_9_of_one_loses_no_confirmed_write() {
    const WRITERS: usize = 8;
    const ENOUGH: usize = 60;
    let installation = Installation::new();
    let servers = pair(&installation, &[]).await;
    let token = servers[0].admin().await.token;
    let confirmed = ConfirmedWrites::default();
    let (half, full) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
    let mut writers = JoinSet::new();
    for number in 0..WRITERS {
        let (servers, token, confirmed) = (servers.clone(), token.clone(), confirmed.clone());
        let (half, full) = (Arc::clone(&half), Arc::clone(&full));
        writers.spawn(async move {
            let mut server = &servers[number % 2];
            loop {
                if write_one(&Caller { server, token: token.clone() }, &confirmed).await.is_none() {
                    server = &servers[1];
                }
                match confirmed.len() {
                    0..ENOUGH => (),
                    ENOUGH.. if confirmed.len() < 2 * ENOUGH => half.notify_one(),
                    _ => break full.notify_one(),
                }
            }
        });
    }
    half.notified().await;
    servers[0].kill_now();
    full.notified().await;
    writers.join_all().await;
    confirmed.compare(&servers[1]).await;
}

/// A command that one process began continues in the other when the first is killed.
#[tokio::test]
async fn commands_continue_in_another_process() {
    let installation = Installation::new();
    let first = installation.serve(&["--sample"]).await;
    let second = installation.serve(&["--sample"]).await;
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

async fn pair(installation: &Installation, options: &[&str]) -> [Arc<Server>; 2] {
    [Arc::new(installation.serve(options).await), Arc::new(installation.serve(options).await)]
}

fn step(description: &str, parent: Option<&str>) -> Value {
    match parent {
        Some(id) => json!({ "type": "executing", "description": description, "parent_step": { "id": id } }),
        None => json!({ "type": "executing", "description": description }),
    }
}

/// The connections that hold locks, once there are enough. PostgreSQL guarantees that each lock has one holder.
fn holders(installation: &Installation, wait: impl Fn(&Vec<String>) -> bool) -> Vec<String> {
    let sql = "SELECT objid, pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND classid = 1785684595 \
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database()) ORDER BY objid";
    loop {
        let holders: Vec<String> = postgres::query(installation.url(), sql).lines().map(str::to_owned).collect();
        if !wait(&holders) {
            return holders;
        }
    }
}
