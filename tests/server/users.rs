//! `jobs-engine user …`, with and without a running server.

use std::process::Output;

use reqwest::{Method, header::ACCEPT};

use super::process::{ADMIN, Installation, json};

#[test]
fn manages_users() {
    let installation = Installation::new();
    let add = ["user", "add", "backup", "--role", "ExternalTasksCreator", "--role", "ReadOnlyAdmin"];
    for (arguments, input, code, said) in [
        (&add[..], "secret\n", 0, "Added backup@internal."),
        (&add[..], "secret\n", 1, "jobs-engine: There is a user backup@internal already."),
        (
            &["user", "add", "backup@internal", "--role", "UserRole"],
            "x",
            1,
            "jobs-engine: There is a user backup@internal already.",
        ),
        (&["user", "add", "short@ldap", "--role", "UserRole"], "x", 0, "Added short@ldap."),
        (
            &["user", "add", "late", "--role", "UserRole"],
            "",
            1,
            "jobs-engine: No password on standard input: give it as one line.",
        ),
        (
            &["user", "add", "late", "--role", "Wizard"],
            "x",
            1,
            "jobs-engine: There is no role \"Wizard\": expected one of ExternalTasksCreator, ReadOnlyAdmin, SuperUser, UserRole.",
        ),
        (
            &["user", "add", "a:b", "--role", "UserRole"],
            "x",
            1,
            "jobs-engine: \"a:b\" is not a valid user name: expected one such as backup@internal.",
        ),
        (
            &["user", "add", "@internal", "--role", "UserRole"],
            "x",
            1,
            "jobs-engine: \"@internal\" is not a valid user name: expected one such as backup@internal.",
        ),
        (
            &["user", "add", "un\u{200b}seen", "--role", "UserRole"],
            "x",
            1,
            "jobs-engine: \"un\\u{200b}seen\" is not a valid user name: expected one such as backup@internal.",
        ),
        (
            &["user", "add", &"n".repeat(247), "--role", "UserRole"],
            "x",
            1,
            "jobs-engine: A user name has at most 255 characters.",
        ),
        (&["user", "password", "backup"], "other\r\n", 0, "Changed the password of backup@internal."),
        (&["user", "password", "nobody"], "other\n", 1, "jobs-engine: There is no user nobody@internal."),
        (&["user", "remove", "nobody"], "", 1, "jobs-engine: There is no user nobody@internal."),
        (&["user", "remove", "short@ldap"], "", 0, "Removed short@ldap."),
        (
            &["user", "list", "--database", "memory:"],
            "",
            1,
            "jobs-engine: A database in memory stores no users: name a file, as in sqlite:PATH.",
        ),
    ] {
        let output = installation.run(arguments, input);
        assert_eq!((output.status.code(), told(&output)), (Some(code), said.to_owned()), "{arguments:?}");
    }
    let list = installation.run(&["user", "list"], "");
    let list = String::from_utf8(list.stdout).unwrap();
    let fields: Vec<&str> = list.trim_end().split('\t').collect();
    assert_eq!(fields[..2], ["backup@internal", "ExternalTasksCreator,ReadOnlyAdmin"], "{list}");
}

/// A mistyped name is refused, and creates no database.
#[test]
fn only_what_adds_makes_a_database() {
    let installation = Installation::new();
    for arguments in [
        &["user", "list"][..],
        &["user", "remove", "backup"],
        &["user", "password", "backup"],
        &["user", "grant", "backup", "UserRole"],
        &["role", "list"],
        &["role", "remove", "helpers"],
    ] {
        let output = installation.run(&[arguments, &["--database", "sqlite:typo.db"]].concat(), "x");
        assert_eq!(
            (output.status.code(), told(&output).as_str()),
            (Some(1), "jobs-engine: There is no database typo.db.")
        );
        assert!(!installation.path("typo.db").exists(), "{arguments:?}");
    }
}

/// Sample users and accounts may have the same names; each name is listed once.
#[tokio::test]
async fn no_name_is_listed_twice() {
    let installation = Installation::new();
    let add = |name: &str| installation.run(&["user", "add", name, "--role", "SuperUser"], "secret\n").status.success();
    assert!(add("admin") && add("backup"));
    let server = installation.serve(&["--sample"]).await;
    assert!(add("ci") && add("someone"));
    let token = server.log_in(ADMIN, "secret").await.unwrap();
    let get = async |path: &str| {
        let request = server.request(Method::GET, &format!("/ovirt-engine/api{path}")).bearer_auth(&token);
        json(request.header(ACCEPT, "application/json").send().await.unwrap()).await
    };
    let users = get("/users").await;
    let users = users["user"].as_array().unwrap();
    let names: Vec<&str> = users.iter().map(|user| user["user_name"].as_str().unwrap()).collect();
    let expected = [
        ADMIN,
        "backup@internal",
        "ci@internal",
        "import@internal",
        "mlopez@corp",
        "patching@internal",
        "someone@internal",
    ];
    assert_eq!(names, expected);
    // The sample admin has the same id as the admin's account.
    assert_eq!(get("").await["authenticated_user"]["id"], users[0]["id"]);
    let jobs = get("/jobs?follow=owner").await;
    let owned =
        |name: &str| jobs["job"].as_array().unwrap().iter().filter(|job| job["owner"]["user_name"] == name).count();
    assert!(names.iter().map(|name| owned(name)).sum::<usize>() > 20);
    let of_admin = jobs["job"].as_array().unwrap().iter().find(|job| job["owner"]["user_name"] == ADMIN).unwrap();
    assert_eq!(of_admin["owner"]["id"], users[0]["id"]);
}

#[test]
fn wrong_usage_is_told_from_failure() {
    let installation = Installation::new();
    for arguments in [
        &["user", "add", "x"][..],
        &["user"],
        &["serve", "--database", "oracle:x"],
        &["serve", "--unknown-option"],
        &[],
    ] {
        let output = installation.run(arguments, "");
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        assert!(!output.stderr.is_empty(), "{arguments:?}");
    }
    assert!(!installation.database().exists());
}

#[tokio::test]
async fn changes_take_effect_on_a_running_server() {
    let installation = Installation::new();
    let server = installation.serve(&[]).await;
    let first_password = server.password();
    let token = server.log_in(ADMIN, &first_password).await.unwrap();
    let with_token = async |token: &str| {
        server.request(Method::GET, "/ovirt-engine/api/jobs").bearer_auth(token).send().await.unwrap().status().as_u16()
    };
    let with_basic = async |name: &str, password: &str| {
        let request = server.request(Method::GET, "/ovirt-engine/api/jobs").basic_auth(name, Some(password));
        request.send().await.unwrap().status().as_u16()
    };
    assert_eq!((with_token(&token).await, with_basic(ADMIN, &first_password).await), (200, 200));

    assert!(installation.run(&["user", "password", "admin"], "new pass:wörd\n").status.success());
    assert_eq!((with_token(&token).await, with_basic(ADMIN, &first_password).await), (401, 401));
    assert!(server.log_in(ADMIN, &first_password).await.is_err());
    assert_eq!(with_basic(ADMIN, "new pass:wörd").await, 200);
    let token = server.log_in(ADMIN, "new pass:wörd").await.unwrap();
    assert_eq!(with_token(&token).await, 200);
    assert!(!installation.password_file().exists(), "a password that opens nothing only misleads");

    assert!(installation.run(&["user", "add", "other", "--role", "SuperUser"], "other\n").status.success());
    assert!(installation.run(&["user", "remove", ADMIN], "").status.success());
    assert_eq!((with_token(&token).await, with_basic(ADMIN, "new pass:wörd").await), (401, 401));
    assert_eq!(with_basic("other@internal", "other").await, 200);
}

fn told(output: &Output) -> String {
    let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    String::from_utf8(text).unwrap().trim_end().to_owned()
}
