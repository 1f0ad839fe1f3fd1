//! The database fails, then works again: clients are told so while it lasts, and everything works soon after.

use std::{
    process::Command,
    time::{Duration, Instant},
};

use reqwest::{Method, Response, header::ACCEPT};
use serde_json::{Value, json};
use sqlx::{Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};

use super::process::{ADMIN, Caller, Installation, Server, form_body, header, json as body};

/// Within this time after a fault everything must work again.
const SOON: Duration = Duration::from_secs(10);
/// The time limit of a request; answers must come well before.
const LIMIT: Duration = Duration::from_secs(25);

/// What clients see of a fault.
struct Seen {
    status: u16,
    retry_after: &'static str,
}

const UNAVAILABLE: Seen = Seen { status: 503, retry_after: "5" };
const FULL: Seen = Seen { status: 507, retry_after: "10" };

/// Each kind of request that writes is refused with the status, with a fault in its format, and without a word about the cause.
async fn check_writes(admin: &Caller<'_>, job: &str, seen: &Seen) {
    let (text, nothing) = (json!({ "description": "a" }), json!({}));
    let begun = Instant::now();
    let end = format!("/jobs/{job}/end");
    let (added, ended, logged_in) =
        tokio::join!(admin.post("/jobs", &text), admin.post(&end, &nothing), log_in(admin.server));
    for (response, fault) in [(added.unwrap(), "/detail"), (ended.unwrap(), "/fault/detail"), (logged_in, "/error")] {
        let told = format!("{} {}", response.url(), seen.status);
        assert_eq!(response.status().as_u16(), seen.status, "{told}");
        assert_eq!(header(&response, "retry-after"), seen.retry_after, "{told}");
        let body = body(response).await;
        let detail = body.pointer(fault).and_then(Value::as_str).unwrap_or_else(|| panic!("{told}: {body}"));
        assert!(detail.contains("The database") && !detail.contains("code"), "{told}: {detail}");
    }
    assert!(begun.elapsed() < LIMIT, "{:?}", begun.elapsed());
    let xml = admin.server.request(Method::POST, "/ovirt-engine/api/jobs").bearer_auth(&admin.token);
    let xml = xml.header(ACCEPT, "application/xml").header("content-type", "application/json");
    let xml = xml.body(text.to_string()).send().await.unwrap();
    assert_eq!((xml.status().as_u16(), header(&xml, "content-type")), (seen.status, "application/xml"));
}

async fn log_in(server: &Server) -> Response {
    let password = server.password();
    let form = [("grant_type", "password"), ("scope", "ovirt-app-api"), ("username", ADMIN), ("password", &password)];
    let request = server.request(Method::POST, "/ovirt-engine/sso/oauth/token").header(ACCEPT, "application/json");
    request.body(form_body(&form)).send().await.unwrap()
}

/// Writing and logging in work again, soon.
async fn check_recovery(admin: &Caller<'_>, job: &str) {
    let over = Instant::now();
    let added = loop {
        let response = admin.post("/jobs", &json!({ "description": "after it" })).await.unwrap();
        match response.status().as_u16() {
            201 => break body(response).await["id"].as_str().unwrap().to_owned(),
            status => assert!(status >= 503 && over.elapsed() < SOON, "{status} after {:?}", over.elapsed()),
        }
    };
    while log_in(admin.server).await.status() != 200 {
        assert!(over.elapsed() < SOON, "log-in after {:?}", over.elapsed());
    }
    let found = admin.get("/jobs").await;
    let ids: Vec<&str> = found["job"].as_array().unwrap().iter().map(|job| job["id"].as_str().unwrap()).collect();
    assert_eq!(ids, [job, &added], "nothing that was refused has been done");
    assert_eq!(found["job"][0]["status"], "started");
}

/// Another program holds the write lock.
#[tokio::test]
async fn a_locked_file() {
    let installation = Installation::new();
    let server = installation.serve(&[]).await;
    let admin = server.admin().await;
    let job = admin.add("/jobs", &json!({ "description": "before it" })).await;
    let options = SqliteConnectOptions::new().filename(installation.database());
    let mut other = SqliteConnection::connect_with(&options).await.unwrap();
    let lock = other.begin_with("BEGIN IMMEDIATE").await.unwrap();
    check_writes(&admin, &job, &UNAVAILABLE).await;
    assert_eq!(admin.get("/jobs").await["job"].as_array().unwrap().len(), 1, "reading works");
    lock.rollback().await.unwrap();
    check_recovery(&admin, &job).await;
}

/// No file may grow: as with a full disk, or a quota. The largest size is set for the running program.
#[tokio::test]
async fn no_space_for_the_file() {
    let installation = Installation::new();
    let server = installation.serve(&[]).await;
    let admin = server.admin().await;
    let job = admin.add("/jobs", &json!({ "description": "before it" })).await;
    for _ in 0..2 {
        largest_file(&server, "1");
        check_writes(&admin, &job, &FULL).await;
        let first = admin.get("/jobs").await["job"][0].clone();
        assert_eq!((&first["id"], &first["status"]), (&json!(job), &json!("started")), "reading works");
        largest_file(&server, "unlimited");
    }
    check_recovery(&admin, &job).await;
    let (code, log) = server.stop("-TERM").await;
    assert_eq!(code, Some(0), "{log}");
    assert!(!log.contains("non-zero transaction depth"), "{log}");
}

fn largest_file(server: &Server, size: &str) {
    let pid = server.pid().to_string();
    let set = Command::new("prlimit").args(["--pid", &pid, &format!("--fsize={size}:unlimited")]).status().unwrap();
    assert!(set.success());
}
