//! The SQLite file fails, then works again.

use std::process::Command;

use serde_json::json;
use sqlx::{Connection as _, SqliteConnection, sqlite::SqliteConnectOptions};

use super::{
    outage::{FULL, UNAVAILABLE, check_recovery, check_writes},
    process::{Installation, Server},
};

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
