//! Start and stop over a file: messages, refusals, and files that remain.

use std::{fs, net::TcpListener, os::unix::fs::PermissionsExt, process::Command};

use serde_json::json;
use sqlx::{Connection, SqliteConnection};
use tokio::{io::AsyncReadExt, net::TcpStream};

use super::process::{ADMIN, Installation};

#[tokio::test]
async fn every_start_prints_database_address_and_log_in() {
    let installation = Installation::new();
    let (database, password_file) = (installation.database(), installation.password_file());
    for start in 1..=3 {
        let server = installation.serve(&[]).await;
        let lines: Vec<&str> = server.greeting.lines().collect();
        assert_eq!(lines[0], format!("The database is {}.", database.display()));
        let log_in = format!("log in as {ADMIN}, password in {}", password_file.display());
        assert_eq!(lines[1], format!("Task Monitor is at {}/ - {log_in}", server.url), "start {start}");
        for private in [&password_file, &database] {
            assert_eq!(fs::metadata(private).unwrap().permissions().mode() & 0o777, 0o600, "{private:?}");
        }
        server.admin().await.get("/jobs").await;
        let (code, log) = server.stop("-TERM").await;
        assert_eq!(code, Some(0));
        let started: serde_json::Value = serde_json::from_str(log.lines().next().unwrap()).unwrap();
        assert_eq!(started["database"], database.display().to_string());
        assert_eq!(started["log_in"], log_in);
    }
}

/// An existing password file is replaced: it may be readable by others, or be a link.
#[tokio::test]
async fn an_existing_password_file_is_replaced() {
    let installation = Installation::new();
    let (password_file, elsewhere) =
        (installation.path("jobs-engine.db.admin-password"), installation.path("elsewhere"));
    std::os::unix::fs::symlink(&elsewhere, &password_file).unwrap();
    let server = installation.serve(&[]).await;
    assert!(!elsewhere.exists());
    let written = fs::symlink_metadata(&password_file).unwrap();
    assert!(written.is_file());
    assert_eq!(written.permissions().mode() & 0o777, 0o600);
    assert!(server.log_in(ADMIN, fs::read_to_string(password_file).unwrap().trim_end()).await.is_ok());
}

#[tokio::test]
async fn a_database_in_memory_leaves_only_the_password() {
    let installation = Installation::new();
    let server = installation.serve(&["--database", "memory:"]).await;
    let port = server.url.rsplit(':').next().unwrap();
    let file = installation.path(&format!("jobs-engine-memory-{port}.admin-password"));
    assert!(server.greeting.contains(&file.display().to_string()), "{}", server.greeting);
    assert!(server.log_in(ADMIN, fs::read_to_string(file).unwrap().trim_end()).await.is_ok());
    assert!(!installation.database().exists());
}

#[test]
fn reports_why_it_does_not_start() {
    let installation = Installation::new();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken.local_addr().unwrap().to_string();
    fs::create_dir(installation.path("folder.db")).unwrap();
    fs::write(installation.path("text.db"), "this is no database, and long enough to be looked at as one".repeat(20))
        .unwrap();
    let free = ["--listen", "127.0.0.1:0"];
    let page = ["--ui", "page"];
    for (arguments, said) in [
        (vec!["--listen", &taken, "--ui", "page"], format!("Cannot listen on {taken}: Address already in use")),
        (vec!["--listen", "invalid", "--ui", "page"], "Cannot listen on invalid: ".to_owned()),
        (
            free.to_vec(),
            "There is no page in dist/app: build it with `make run`, or name its folder with --ui.".to_owned(),
        ),
        (
            [&free[..], &["--ui", "folder.db"]].concat(),
            "There is no page in folder.db: build it with `make run`".to_owned(),
        ),
        (
            [&free[..], &page, &["--database", "sqlite:nowhere/jobs.db"]].concat(),
            "Cannot open the database nowhere/jobs.db: ".to_owned(),
        ),
        (
            [&free[..], &page, &["--database", "sqlite:folder.db"]].concat(),
            "Cannot open the database folder.db: ".to_owned(),
        ),
        (
            [&free[..], &page, &["--database", "sqlite:text.db"]].concat(),
            "Cannot open the database text.db: ".to_owned(),
        ),
        // Where not even root may write.
        (
            [&free[..], &page, &["--database", "sqlite:text.db/jobs.db"]].concat(),
            "Cannot open the database text.db/jobs.db: ".to_owned(),
        ),
        (
            [&free[..], &page, &["--database", "sqlite:/proc/jobs.db"]].concat(),
            "Cannot open the database /proc/jobs.db: ".to_owned(),
        ),
        (
            [&free[..], &page, &["--database", "sqlite:/proc/version"]].concat(),
            "Cannot open the database /proc/version: ".to_owned(),
        ),
    ] {
        let output = installation.run(&[&["serve"], &arguments[..]].concat(), "");
        let errors = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(1), "{arguments:?} {errors}");
        assert!(errors.contains(&format!("jobs-engine: {said}")), "{arguments:?}: {errors}");
        assert!(!errors.contains("panic") && output.stdout.is_empty(), "{errors}");
    }
    assert!(!installation.database().exists(), "a failed start leaves no files");
}

#[tokio::test]
async fn newer_and_foreign_databases_are_not_changed() {
    let installation = Installation::new();
    installation.serve(&[]).await.stop("-TERM").await;
    let url = format!("sqlite:{}", installation.database().display());
    let mut connection = SqliteConnection::connect(&url).await.unwrap();
    let newer = "INSERT INTO _sqlx_migrations VALUES (9999, 'later', CURRENT_TIMESTAMP, 1, x'00', 1)";
    sqlx::query(newer).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let foreign = format!("sqlite:{}?mode=rwc", installation.path("foreign.db").display());
    let mut connection = SqliteConnection::connect(&foreign).await.unwrap();
    sqlx::query("CREATE TABLE cats (name TEXT)").execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    for (name, said) in [
        ("jobs-engine.db", "was written by a newer version of jobs-engine (schema 9999); it was not changed."),
        ("foreign.db", "is a database of another program; it was not changed."),
    ] {
        let before = (fs::read(installation.path(name)).unwrap(), listing(&installation));
        for command in [&["serve", "--listen", "127.0.0.1:0", "--ui", "page"][..], &["user", "list"]] {
            let output = installation.run(&[command, &["--database", &format!("sqlite:{name}")]].concat(), "");
            let errors = String::from_utf8(output.stderr).unwrap();
            assert_eq!(output.status.code(), Some(1));
            assert!(errors.contains(said), "{errors}");
        }
        assert!((fs::read(installation.path(name)).unwrap(), listing(&installation)) == before, "{name} was changed");
    }
}

#[tokio::test]
async fn passwords_are_stored_as_argon2id_hashes_with_salts() {
    let installation = Installation::new();
    for name in ["one", "two"] {
        assert!(installation.run(&["user", "add", name, "--role", "UserRole"], "the same secret\n").status.success());
    }
    let url = format!("sqlite:{}", installation.database().display());
    let mut connection = SqliteConnection::connect(&url).await.unwrap();
    let hashes: Vec<String> =
        sqlx::query_scalar("SELECT password_hash FROM user").fetch_all(&mut connection).await.unwrap();
    assert_eq!(hashes.len(), 2);
    assert!(hashes.iter().all(|hash| hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$")), "{hashes:?}");
    assert_ne!(hashes[0], hashes[1]);
}

#[tokio::test]
async fn a_read_only_database_is_refused() {
    let installation = Installation::new();
    installation.serve(&[]).await.stop("-TERM").await;
    fs::set_permissions(installation.database(), fs::Permissions::from_mode(0o444)).unwrap();
    let output = installation.run_unprivileged(&["serve", "--listen", "127.0.0.1:0", "--ui", "page"]);
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{errors}");
    assert!(errors.contains("jobs-engine: The database jobs-engine.db is not writable: "), "{errors}");
    fs::set_permissions(installation.database(), fs::Permissions::from_mode(0o600)).unwrap();
    installation.serve(&[]).await;
}

/// A signal stops the program also while it waits for the database.
#[tokio::test]
async fn a_start_can_be_stopped() {
    let installation = Installation::new();
    installation.serve(&[]).await.stop("-TERM").await;
    let mut writer = SqliteConnection::connect(&format!("sqlite:{}", installation.database().display())).await.unwrap();
    sqlx::query("BEGIN IMMEDIATE").execute(&mut writer).await.unwrap();
    let free = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let starting = installation.spawn(&["serve", "--listen", &free, "--ui", "page"]);
    // It listens before it opens the database.
    while TcpStream::connect(&free).await.is_err() {}
    assert!(Command::new("kill").arg(starting.id().to_string()).status().unwrap().success());
    let output = starting.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    sqlx::query("ROLLBACK").execute(&mut writer).await.unwrap();
}

/// Another process holds the write lock for longer than the server waits.
#[tokio::test]
async fn a_locked_database_is_refused() {
    let installation = Installation::new();
    installation.serve(&[]).await.stop("-TERM").await;
    let url = format!("sqlite:{}", installation.database().display());
    let mut writer = SqliteConnection::connect(&url).await.unwrap();
    sqlx::query("BEGIN IMMEDIATE").execute(&mut writer).await.unwrap();
    let output = installation.run(&["serve", "--listen", "127.0.0.1:0", "--ui", "page"], "");
    let errors = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{errors}");
    assert!(errors.contains("jobs-engine: The database jobs-engine.db is not writable: "), "{errors}");
    sqlx::query("ROLLBACK").execute(&mut writer).await.unwrap();
}

#[tokio::test]
async fn stops_cleanly_on_either_signal() {
    for signal in ["-TERM", "-INT"] {
        let installation = Installation::new();
        let server = installation.serve(&[]).await;
        server.admin().await.add("/jobs", &json!({ "description": "kept" })).await;
        let address = server.url.strip_prefix("http://").unwrap().to_owned();
        let mut idle = TcpStream::connect(&address).await.unwrap();
        let (code, log) = server.stop(signal).await;
        assert_eq!(code, Some(0), "{log}");
        assert!(log.contains("stopped"), "{log}");
        assert_eq!(idle.read(&mut [0; 1]).await.unwrap_or(0), 0, "an idle connection is closed");
        assert!(TcpStream::connect(&address).await.is_err());
        assert_eq!(
            listing(&installation),
            ["jobs-engine.db", "jobs-engine.db.admin-password", "page"],
            "no journal is left"
        );
    }
}

fn listing(installation: &Installation) -> Vec<String> {
    let names = fs::read_dir(installation.path("")).unwrap();
    let mut names: Vec<String> = names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| !["foreign.db"].contains(&name.as_str()));
    names.sort_unstable();
    names
}
