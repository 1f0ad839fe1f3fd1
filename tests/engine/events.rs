//! What the engine logs about commands on machines.

use serde_json::Value;

use crate::{
    machines::{DOWN, STARTING, UP, host_id, machines, pass, vm_id},
    support::{TestEngine, admin, ask, get, post},
};

/// The events of a correlation id, oldest first: code, severity and text.
async fn logged(engine: &TestEngine, id: &str) -> Vec<Value> {
    let answer = ask(engine, &admin(), get(&format!("/events?search=correlation_id%3D{id}"))).await.json();
    answer["event"].as_array().cloned().unwrap_or_default().into_iter().rev().collect()
}

/// Command, machine, status of the answer, and what is logged at its begin and at its end, with the engine's words.
type Row =
    (&'static str, u128, &'static str, u16, Option<(&'static str, &'static str)>, Option<(&'static str, &'static str)>);

const ROWS: &[Row] = &[
    (
        "start",
        DOWN,
        "{}",
        200,
        Some(("153", "VM down was started by admin@internal (Host: HOST).")),
        Some(("32", "VM down started on Host HOST")),
    ),
    ("stop", UP, "{}", 200, None, Some(("33", "VM up powered off by admin@internal (Host: HOST)."))),
    (
        "migrate",
        UP,
        r#"{"host":{"name":"hv2"}}"#,
        200,
        Some(("62", "Migration started (VM: up, Source: hv1, Destination: hv2, User: admin@internal).")),
        Some(("63", "Migration completed (VM: up, Source: hv1, Destination: hv2, Duration: ")),
    ),
    (
        "start",
        UP,
        "{}",
        409,
        Some((
            "54",
            "Failed to run VM up due to a failed validation: [Cannot run VM. VM is running.] (User: admin@internal).",
        )),
        None,
    ),
    (
        "migrate",
        DOWN,
        "{}",
        409,
        Some((
            "65",
            "Migration failed due to a failed validation: [Cannot migrate VM. VM is not running.] (VM: down).",
        )),
        None,
    ),
    // An engine logs no reason for these.
    ("stop", DOWN, "{}", 409, None, None),
    ("stop", STARTING, "{}", 409, None, None),
];

#[tokio::test]
async fn commands_on_machines_are_logged() {
    for (action, vm, body, status, begin, end) in ROWS {
        let engine = machines([]).await;
        let request = post(&format!("/vms/{}/{action}", vm_id(*vm)), body).with_header("correlation-id", "mine");
        let answer = ask(&engine, &admin(), request).await;
        assert_eq!(answer.status, *status, "{action}: {}", answer.body);
        let mut expected: Vec<_> = begin.iter().copied().collect();
        check(&engine, *vm, &expected).await;
        pass(&engine, 300).await;
        expected.extend(end);
        check(&engine, *vm, &expected).await;
        let Some(job) = answer.json()["job"]["id"].as_str().map(str::to_owned) else { continue };
        let job = ask(&engine, &admin(), get(&format!("/jobs/{job}"))).await.json();
        let (last, severity) = (logged(&engine, "mine").await.pop().unwrap(), "normal");
        assert_eq!((&last["time"], &last["severity"]), (&job["end_time"], &severity.into()), "{action}");
    }
}

async fn check(engine: &TestEngine, vm: u128, expected: &[(&str, &str)]) {
    let found = logged(engine, "mine").await;
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for (event, (code, text)) in found.iter().zip(expected) {
        let host = event["host"]["name"].as_str().unwrap_or_default();
        let description = event["description"].as_str().unwrap();
        assert_eq!(event["code"], *code, "{event}");
        assert!(description.starts_with(&text.replace("HOST", host)), "{description}");
        assert_eq!(event["vm"]["id"], vm_id(vm).to_string());
        assert_eq!(event["user"]["name"], "admin@internal");
        let known = (1..=2).any(|number| event["host"]["id"] == host_id(number).to_string());
        assert!(known || event["severity"] == "error", "{event}");
    }
}
