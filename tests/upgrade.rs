//! Databases of earlier versions are upgraded and keep their content.
#![cfg(all(feature = "server", not(target_arch = "wasm32")))]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

#[path = "server/process.rs"]
mod process;

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

use process::{ADMIN, Caller, DatabaseKind, Installation, postgres};
use serde_json::Value;

const KIND: DatabaseKind = DatabaseKind::Sqlite;

#[tokio::test]
async fn every_file_of_an_earlier_version_is_brought_up_to_date() {
    for sample in samples("sqlite", "db") {
        let installation = Installation::new();
        fs::copy(&sample, installation.database()).unwrap();
        keeps_everything(&installation, &sample).await;
    }
}

#[tokio::test]
async fn every_postgres_database_of_an_earlier_version_is_brought_up_to_date() {
    for sample in samples("postgres", "sql") {
        let Some(installation) = Installation::on(DatabaseKind::Postgres) else { return };
        postgres::execute(installation.url(), &fs::read_to_string(&sample).unwrap());
        keeps_everything(&installation, &sample).await;
    }
}

/// A sample for each schema. The newest schema need not have one yet.
fn samples(kind: &str, extension: &str) -> Vec<PathBuf> {
    let versions = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations").join(kind)).unwrap();
    let versions = versions.map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let versions: BTreeSet<String> = versions.map(|name| name.split('_').next().unwrap().to_owned()).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/samples/databases");
    let path = |version: &String| folder.join(format!("{kind}-{version}.{extension}"));
    let newest = versions.last().unwrap().clone();
    let needed = versions.iter().filter(|version| **version != newest || path(version).exists()).map(path);
    let needed: Vec<PathBuf> = needed.collect();
    assert!(!needed.is_empty());
    needed
}

async fn keeps_everything(installation: &Installation, sample: &Path) {
    let users = String::from_utf8(installation.run(&["user", "list"], "").stdout).unwrap();
    let users: Vec<Vec<&str>> = users.lines().map(|line| line.split('\t').take(2).collect()).collect();
    let expected = [
        ["admin@internal", "SuperUser"],
        ["auditor@internal", "ReadOnlyAdmin"],
        ["backup@internal", "ExternalTasksCreator,UserRole"],
    ];
    assert_eq!(users, expected, "{sample:?}");
    has_the_roles_that_it_should(installation, sample);
    for start in 1..=2 {
        let server = installation.serve(&[]).await;
        for name in ["backup@internal", "auditor@internal"] {
            assert!(server.log_in(name, PASSWORD).await.is_ok(), "{sample:?}");
        }
        let admin = Caller { server: &server, token: server.log_in(ADMIN, PASSWORD).await.unwrap() };
        let jobs = admin.get("/jobs?follow=steps").await;
        let jobs: Vec<String> = jobs["job"].as_array().unwrap().iter().map(show).collect();
        let of_disk: &[&str] = if schema(sample) == "0006" { &[DISK_JOB] } else { &[] };
        let expected = [
            "Nightly backup – Zeile 1 🚚, started, auto_cleared=true: \
             validating 0 finished Check the target | executing 1 started Copy the disks | executing 0 started Disk 1 below",
            "Patch all hosts, failed, auto_cleared=false: finalizing 0 failed Reboot",
            "Rotate the certificates, finished, auto_cleared=false: ",
        ];
        assert_eq!(jobs, [of_disk, &expected].concat(), "{sample:?}, start {start}");
        if schema(sample) >= "0006" {
            let vm = admin.get("/vms?search=name%3Dweb01").await["vm"][0].clone();
            assert_eq!((vm["status"].as_str(), vm["memory"].as_str()), (Some("up"), Some("4294967296")));
            assert_eq!(admin.get("/hosts").await["host"].as_array().unwrap().len(), 2);
        }
        let found = admin.get("/jobs?search=correlation_id%3Dnightly").await;
        assert_eq!(found["job"].as_array().unwrap().len(), 1, "{sample:?}");
        server.stop("-TERM").await;
    }
}

/// The predefined roles are added. Custom ADMIN-type roles of older schemas get `INJECT_EXTERNAL_TASKS`, custom USER-type
/// roles do not. Custom roles of schemas that have the group stay as they are.
fn has_the_roles_that_it_should(installation: &Installation, sample: &Path) {
    let list = String::from_utf8(installation.run(&["role", "list"], "").stdout).unwrap();
    let injects =
        |line: &str| line.split('\t').nth(2).unwrap().split(',').any(|group| group == "INJECT_EXTERNAL_TASKS");
    let found: Vec<String> = list
        .lines()
        .map(|line| format!("{} {}", line.split('\t').take(2).collect::<Vec<_>>().join(" "), injects(line)))
        .collect();
    let predefined =
        ["ExternalTasksCreator user true", "ReadOnlyAdmin admin false", "SuperUser admin true", "UserRole user false"];
    let own: &[&str] = match schema(sample) {
        "0001" => &[],
        "0002" => &["helpers user false", "operators admin true"],
        _ => &["helpers user false", "movers admin false", "operators admin true"],
    };
    assert_eq!(found, [&predefined, own].concat(), "{sample:?}");
}

const PASSWORD: &str = "sample-password";

/// A job of a command on a disk, which ran when the upgrade removed disks: nobody can end it, so it is unknown.
const DISK_JOB: &str = "Adding Disk scratch, unknown, auto_cleared=true: \
     validating 0 finished Validating | executing 1 unknown Executing | \
     unknown 0 unknown Creating Volume of Disk scratch on fast-nvme below";

/// The sample's schema, as in `0006`.
fn schema(sample: &Path) -> &str {
    sample.file_stem().unwrap().to_str().unwrap().split_once('-').unwrap().1
}

fn show(job: &Value) -> String {
    let text = |value: &Value, name: &str| value[name].as_str().unwrap().to_owned();
    let steps = job["steps"]["step"].as_array().map_or(&[][..], Vec::as_slice).iter().map(|step| {
        let below = if step["parent_step"].is_object() { " below" } else { "" };
        let words = ["type", "number", "status", "description"].map(|name| text(step, name));
        format!("{}{below}", words.join(" "))
    });
    let steps = steps.collect::<Vec<_>>().join(" | ");
    let [description, status, auto_cleared] = ["description", "status", "auto_cleared"].map(|name| text(job, name));
    format!("{description}, {status}, auto_cleared={auto_cleared}: {steps}")
}
