//! Start and stop over PostgreSQL: messages, refusals, and two starts at the same time.

use std::{fs, os::unix::fs::PermissionsExt, time::Instant};

use serde_json::json;

use super::process::{ADMIN, Installation, postgres};

#[tokio::test]
async fn every_start_prints_database_address_and_log_in() {
    let installation = Installation::new();
    let shown = installation.url();
    let password_file = installation.password_file();
    for _ in 0..2 {
        let server = installation.serve(&[]).await;
        let lines: Vec<&str> = server.greeting.lines().collect();
        assert_eq!(lines[0], format!("The database is {shown}."));
        let log_in = format!("log in as {ADMIN}, password in {}", password_file.display());
        assert_eq!(lines[1], format!("Task Monitor is at {}/ - {log_in}", server.url));
        assert_eq!(fs::metadata(&password_file).unwrap().permissions().mode() & 0o777, 0o600);
        server.admin().await.add("/jobs", &json!({ "description": "kept" })).await;
        let (code, log) = server.stop("-TERM").await;
        assert_eq!(code, Some(0));
        let mut lines = log.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let started = lines.find(|line| line["message"] == "started").unwrap();
        assert_eq!(started["database"], shown);
        assert!(started["durability"].as_str().unwrap().contains("synchronous_commit: \"on\", fsync: \"on\""), "{log}");
    }
    let jobs = installation.serve(&[]).await.admin().await.get("/jobs").await;
    assert_eq!(jobs["job"].as_array().unwrap().len(), 2);
    assert!(!installation.database().exists());
}

#[test]
fn reports_why_it_does_not_start() {
    let installation = Installation::new();
    let nowhere = installation.path("").display().to_string();
    let serve = ["serve", "--listen", "127.0.0.1:0", "--ui", "page", "--database"];
    let missing = installation.url().replace("postgres:///", "postgres:///missing");
    for (url, said) in [
        (
            format!("postgres:///jobs?host={nowhere}&user=me&password=secret"),
            "Cannot open the database postgres:///jobs?host=",
        ),
        (
            "postgres://me:secret@127.0.0.1:1/jobs".to_owned(),
            "Cannot open the database postgres://me@127.0.0.1:1/jobs: ",
        ),
        (missing, "does not exist"),
    ] {
        let started = Instant::now();
        for arguments in [[&serve[..], &[&url]].concat(), vec!["user", "list", "--database", &url]] {
            let output = installation.run(&arguments, "");
            let errors = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(1), "{errors}");
            assert!(errors.contains(said) && !errors.contains("secret") && !errors.contains("panic"), "{errors}");
        }
        assert!(started.elapsed().as_secs() < 20, "it fails quickly");
    }
    assert!(!installation.password_file().exists(), "a failed start leaves no files");
}

#[tokio::test]
async fn newer_and_foreign_databases_are_not_changed() {
    let newer = Installation::new();
    newer.serve(&[]).await.stop("-TERM").await;
    postgres::execute(newer.url(), "INSERT INTO _sqlx_migrations VALUES (9999, 'later', now(), true, '', 1)");
    let foreign = Installation::new();
    postgres::execute(foreign.url(), "CREATE TABLE cats (name TEXT)");
    for (installation, said) in [
        (newer, "was written by a newer version of jobs-engine (schema 9999); it was not changed."),
        (foreign, "is a database of another program; it was not changed."),
    ] {
        let before = postgres::dump(installation.url());
        for command in [&["serve", "--listen", "127.0.0.1:0", "--ui", "page"][..], &["user", "list"]] {
            let output = installation.run(command, "");
            let errors = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(1));
            assert!(errors.contains(said), "{errors}");
        }
        assert_eq!(postgres::dump(installation.url()), before);
    }
}

/// Both find an empty database. One adds the first user and the sample world, and its password is in the file.
#[tokio::test]
async fn two_can_start_at_the_same_time() {
    let installation = Installation::new();
    let (one, other) = tokio::join!(installation.serve(&["--sample"]), installation.serve(&["--sample"]));
    let admins = (one.admin().await, other.admin().await);
    let ids = |list: serde_json::Value| -> Vec<String> {
        list["job"].as_array().unwrap().iter().map(|job| job["id"].to_string()).collect()
    };
    let (from_one, from_other) = (ids(admins.0.get("/jobs?max=20").await), ids(admins.1.get("/jobs?max=20").await));
    assert_eq!(from_one.len(), 20);
    assert_eq!(from_one, from_other);
}
