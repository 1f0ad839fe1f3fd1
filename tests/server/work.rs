//! Commands on machines of a running server: they continue after the server is killed.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::{interval, timeout};

use super::process::{Caller, Installation, json as body};

/// Longer than any command takes.
const PATIENCE: Duration = Duration::from_secs(150);

/// Sends the request again and again until the answer is as wanted, and returns it.
pub(super) async fn until(caller: &Caller<'_>, path: &str, wanted: impl Fn(&Value) -> bool) -> Value {
    let mut looks = interval(Duration::from_millis(100));
    let found = timeout(PATIENCE, async {
        loop {
            looks.tick().await;
            let answer = caller.get(path).await;
            if wanted(&answer) {
                return answer;
            }
        }
    });
    found.await.unwrap_or_else(|_| panic!("{path} did not become as wanted"))
}

async fn vm_named(caller: &Caller<'_>, name: &str) -> String {
    let found = caller.get(&format!("/vms?search=name%3D{name}")).await;
    found["vm"][0]["id"].as_str().unwrap().to_owned()
}

async fn act(caller: &Caller<'_>, path: &str, action: &Value) -> Value {
    let response = caller.post(path, action).await.unwrap();
    assert_eq!(response.status(), 200, "{path}");
    body(response).await
}

/// Two machines are stopped: one with a job of its own, one under a step of an external job. The server is killed at once.
/// The next server ends both commands.
#[tokio::test]
async fn commands_continue_after_kill_9() {
    let installation = Installation::new();
    let server = installation.serve(&["--sample"]).await;
    let admin = server.admin().await;
    let job = admin.add("/jobs", &json!({ "description": "Maintenance" })).await;
    let step = admin.add(&format!("/jobs/{job}/steps"), &json!({ "type": "executing", "description": "Stop" })).await;
    let (first, second) = (vm_named(&admin, "web01").await, vm_named(&admin, "web02").await);
    let own = act(&admin, &format!("/vms/{first}/stop"), &json!({})).await["job"]["id"].as_str().unwrap().to_owned();
    let attached = act(&admin, &format!("/vms/{second}/stop?StepId={step}"), &json!({})).await;
    assert_eq!(attached["job"]["id"], job);
    assert_eq!(admin.get(&format!("/vms/{first}")).await["status"], "powering_down");
    server.kill_now();
    server.wait_for_end().await;

    // Without --sample there are no new sample jobs, but commands continue.
    let server = installation.serve(&[]).await;
    let admin = server.admin().await;
    for vm in [&first, &second] {
        let down = until(&admin, &format!("/vms/{vm}"), |vm| vm["status"] == "down").await;
        assert!(down["host"].is_null(), "{down}");
    }
    let own = until(&admin, &format!("/jobs/{own}?follow=steps"), |job| job["status"] == "finished").await;
    assert_eq!((own["external"].as_str(), own["description"].as_str()), (Some("false"), Some("Stopping VM web01")));
    let steps = own["steps"]["step"].as_array().unwrap();
    assert!(steps.len() == 4 && steps.iter().all(|step| step["status"] == "finished"), "{own}");
    let external = admin.get(&format!("/jobs/{job}?follow=steps")).await;
    assert_eq!(external["status"], "started", "only its owner ends it");
    let steps = external["steps"]["step"].as_array().unwrap();
    let executing = steps.iter().find(|step| step["description"] == "Executing").unwrap();
    assert_eq!(
        (executing["parent_step"]["id"].as_str(), executing["status"].as_str()),
        (Some(&*step), Some("finished"))
    );
    assert_eq!(steps.len(), 3, "{external}");
    // Other commands are possible afterwards.
    act(&admin, &format!("/vms/{first}/start"), &json!({})).await;
    let up = until(&admin, &format!("/vms/{first}"), |vm| vm["status"] == "up").await;
    let host = admin.get(up["host"]["href"].as_str().unwrap().strip_prefix("/ovirt-engine/api").unwrap()).await;
    assert_eq!(host["status"], "up");
}

/// Beside the sample world: the command has a job of its own, and a second command on the machine is refused.
#[tokio::test]
async fn a_command_shows_in_the_list_of_jobs() {
    let installation = Installation::new();
    let server = installation.serve(&["--sample"]).await;
    let admin = server.admin().await;
    let vm = vm_named(&admin, "jenkins").await;
    act(&admin, &format!("/vms/{vm}/start"), &json!({})).await;
    let again = admin.post(&format!("/vms/{vm}/start"), &json!({})).await.unwrap();
    assert_eq!(again.status(), 409);
    until(&admin, &format!("/vms/{vm}"), |vm| vm["status"] == "up").await;
    let jobs = admin.get("/jobs").await;
    let launched = |job: &Value| job["description"] == "Launching VM jenkins";
    assert!(jobs["job"].as_array().unwrap().iter().any(launched));
}
