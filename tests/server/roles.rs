//! `jobs-engine role …`, `user grant` and `user revoke`, with and without a running server.

use reqwest::{Method, header::ACCEPT};
use serde_json::{Value, json};

use super::process::{Installation, json};

/// Exit code and output of a command.
fn run(installation: &Installation, arguments: &[&str], input: &str) -> (Option<i32>, String) {
    let output = installation.run(arguments, input);
    let text = [output.stdout.as_slice(), output.stderr.as_slice()].concat();
    (output.status.code(), String::from_utf8(text).unwrap().trim_end().to_owned())
}

#[test]
fn manages_roles() {
    let installation = Installation::new();
    let operators =
        ["role", "add", "operators", "--type", "admin", "--action-group", "RUN_VM", "--action-group", "stop_vm"];
    let add = |name: &'static str, role_type: &'static str, group: &'static str| {
        ["role", "add", name, "--type", role_type, "--action-group", group]
    };
    for (arguments, input, code, said) in [
        (&operators[..], "", 0, "Added role operators."),
        (&operators, "", 1, "jobs-engine: There is a role operators already."),
        (&add("SuperUser", "admin", "RUN_VM"), "", 1, "jobs-engine: There is a role SuperUser already."),
        (&add("helpers", "user", "CREATE_DISK"), "", 0, "Added role helpers."),
        (
            &add("x", "user", "INJECT_EXTERNAL_TASKS"),
            "",
            1,
            "jobs-engine: Cannot add administrator's action group to a User Role: INJECT_EXTERNAL_TASKS.",
        ),
        (
            &add("x", "admin", "FLY"),
            "",
            1,
            "jobs-engine: There is no action group \"FLY\": expected a name of oVirt's, such as RUN_VM.",
        ),
        (
            &add("a,b", "admin", "RUN_VM"),
            "",
            1,
            "jobs-engine: \"a,b\" is not a valid name of a role: expected 1 to 126 characters, no commas, no spaces around it.",
        ),
        (&["user", "add", "ann", "--role", "operators"], "pass\n", 0, "Added ann@internal."),
        (&["user", "grant", "ann", "helpers"], "", 0, "ann@internal now has the role helpers."),
        (&["user", "grant", "ann@internal", "helpers"], "", 0, "ann@internal already has the role helpers."),
        (&["user", "grant", "bob", "helpers"], "", 1, "jobs-engine: There is no user bob@internal."),
        (
            &["user", "grant", "ann", "wizard"],
            "",
            1,
            "jobs-engine: There is no role \"wizard\": expected one of ExternalTasksCreator, ReadOnlyAdmin, SuperUser, UserRole, helpers, operators.",
        ),
        (
            &["role", "remove", "helpers"],
            "",
            1,
            "jobs-engine: A user has the role helpers: revoke it first, with jobs-engine user revoke.",
        ),
        (&["user", "revoke", "ann", "helpers"], "", 0, "ann@internal no longer has the role helpers."),
        (&["user", "revoke", "ann", "helpers"], "", 1, "jobs-engine: ann@internal does not have the role helpers."),
        (&["role", "remove", "helpers"], "", 0, "Removed role helpers."),
        (&["role", "remove", "helpers"], "", 1, "jobs-engine: There is no role helpers."),
        (&["role", "remove", "UserRole"], "", 1, "jobs-engine: The role UserRole is predefined and cannot be removed."),
    ] {
        assert_eq!(run(&installation, arguments, input), (Some(code), said.to_owned()), "{arguments:?}");
    }
    let (_, list) = run(&installation, &["role", "list"], "");
    let lines: Vec<Vec<&str>> = list.lines().map(|line| line.split('\t').collect()).collect();
    let names: Vec<&str> = lines.iter().map(|line| line[0]).collect();
    assert_eq!(names, ["ExternalTasksCreator", "ReadOnlyAdmin", "SuperUser", "UserRole", "operators"]);
    assert_eq!(lines[0][1..], ["user", "INJECT_EXTERNAL_TASKS", "def0000d-0000-0000-0000-def000000000"]);
    assert_eq!(lines[1][1..], ["admin", "LOGIN", "def0000c-0000-0000-0000-def00000000c"]);
    assert_eq!(lines[4][1..3], ["admin", "STOP_VM,RUN_VM"]);
    let (_, users) = run(&installation, &["user", "list"], "");
    assert!(users.starts_with("ann@internal\toperators\t"), "{users}");
}

/// The migrations and the engine define the same predefined roles.
#[tokio::test]
async fn the_predefined_roles_in_the_database_are_those_of_the_engine() {
    use task_monitor::engine::{ActionGroup, PredefinedRole};
    let installation = Installation::new();
    let server = installation.serve(&[]).await;
    let (_, list) = run(&installation, &["role", "list"], "");
    let mut expected: Vec<String> = PredefinedRole::ALL
        .map(PredefinedRole::role)
        .iter()
        .map(|role| {
            let groups: Vec<&str> = role.action_groups.iter().map(|group: &ActionGroup| group.name()).collect();
            format!("{}\t{}\t{}\t{}", role.name, role.role_type.as_str(), groups.join(","), role.id)
        })
        .collect();
    expected.sort();
    assert_eq!(list.lines().collect::<Vec<_>>(), expected);
    for role in server.admin().await.get("/roles").await["role"].as_array().unwrap() {
        let known = PredefinedRole::ALL.map(PredefinedRole::role).into_iter().find(|known| known.name == role["name"]);
        assert_eq!(role["description"], known.unwrap().description);
    }
}

/// Each change takes effect with the next request of an open session.
#[tokio::test]
async fn grants_take_effect_on_a_running_server() {
    let installation = Installation::new();
    let server = installation.serve(&[]).await;
    assert_eq!(run(&installation, &["user", "add", "ann", "--role", "UserRole"], "pass\n").0, Some(0));
    let token = server.log_in("ann@internal", "pass").await.unwrap();
    let ask = async |method: Method, path: &str, body: Option<Value>| {
        let path = format!("/ovirt-engine/api{path}");
        let request = server.request(method, &path).bearer_auth(&token).header(ACCEPT, "application/json");
        let request = match body {
            Some(body) => request.header("content-type", "application/json").body(body.to_string()),
            None => request,
        };
        request.send().await.unwrap()
    };
    let add = async || ask(Method::POST, "/jobs", Some(json!({ "description": "x" }))).await.status().as_u16();
    let list = async || ask(Method::GET, "/jobs", None).await.status().as_u16();
    let me = json(ask(Method::GET, "", None).await).await["authenticated_user"]["id"].as_str().unwrap().to_owned();
    let roles = async || -> Vec<String> {
        let roles = json(ask(Method::GET, &format!("/users/{me}/roles"), None).await).await;
        let roles = roles["role"].as_array().cloned().unwrap_or_default();
        roles.iter().map(|role| role["name"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!((add().await, list().await, roles().await), (403, 400, vec!["UserRole".to_owned()]));
    assert_eq!(run(&installation, &["user", "grant", "ann", "ExternalTasksCreator"], "").0, Some(0));
    assert_eq!((add().await, list().await), (201, 400));
    let make = ["role", "add", "watchers", "--type", "admin", "--action-group", "LOGIN"];
    assert_eq!(run(&installation, &make, "").0, Some(0));
    assert_eq!(run(&installation, &["user", "grant", "ann", "watchers"], "").0, Some(0));
    assert_eq!((add().await, list().await), (201, 200));
    assert_eq!(roles().await, ["ExternalTasksCreator", "UserRole", "watchers"]);
    for role in ["ExternalTasksCreator", "UserRole", "watchers"] {
        assert_eq!(run(&installation, &["user", "revoke", "ann", role], "").0, Some(0));
    }
    assert_eq!((add().await, list().await, roles().await), (403, 400, vec![]));
}
