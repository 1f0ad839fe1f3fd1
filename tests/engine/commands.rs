//! Commands on machines: what each state allows, the resulting states, and how commands show.

use crate::{
    machines::{DOWN, MOVING, STARTING, STOPPING, UP, host_id, machines, pass, tree, vm_id, vm_state},
    stored,
    support::{Answer, TestEngine, admin, ask, get, post, request},
};
use task_monitor::{domain::JobId, engine::inventory::InventoryStore, wire::Method};

/// Longer than any command takes.
const LONG: i64 = 120;

async fn act(engine: &TestEngine, path: &str, body: &str) -> Answer {
    ask(engine, &admin(), post(path, body)).await
}

fn detail(answer: &Answer) -> String {
    let json = answer.json();
    let fault = json.get("fault").unwrap_or(&json);
    fault["detail"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn each_state_allows_some_commands_and_refuses_others() {
    // Machine, command, status; then the message, or the state at once and the final state.
    let rows = [
        (DOWN, "start", 200, "powering_up on 1", "up on 1"),
        (DOWN, "stop", 409, "[Cannot stop VM. VM is not running.]", ""),
        (DOWN, "migrate", 409, "[Cannot migrate VM. VM is not running.]", ""),
        (DOWN, "freeze", 409, "[Cannot freeze VM because the VM is in Down status.]", ""),
        (STARTING, "start", 409, "[Cannot run VM. VM is running.]", ""),
        (STARTING, "stop", 409, LOCKED_STOP, ""),
        (STARTING, "migrate", 409, LOCKED_MIGRATE, ""),
        (STARTING, "freeze", 409, "[Cannot freeze VM because the VM is in PoweringUp status.]", ""),
        (UP, "start", 409, "[Cannot run VM. VM is running.]", ""),
        (UP, "stop", 200, "powering_down on 1", "down"),
        (UP, "migrate", 200, "migrating on 1 to 2", "up on 2"),
        (UP, "freeze", 200, "up on 1", "up on 1"),
        (UP, "freezefilesystems", 200, "up on 1", "up on 1"),
        (STOPPING, "start", 409, "[Cannot run VM. VM is running.]", ""),
        (STOPPING, "stop", 409, LOCKED_STOP, ""),
        (STOPPING, "migrate", 409, LOCKED_MIGRATE, ""),
        (STOPPING, "freeze", 409, "[Cannot freeze VM because the VM is in PoweringDown status.]", ""),
        (MOVING, "start", 409, "[Cannot run VM. VM is running.]", ""),
        (MOVING, "stop", 409, LOCKED_STOP, ""),
        (MOVING, "migrate", 409, "[Cannot migrate VM. VM migration is in progress]", ""),
        (MOVING, "freeze", 409, "[Cannot freeze VM because the VM is in MigratingFrom status.]", ""),
    ];
    for (vm, command, status, at_once, in_the_end) in rows {
        let name = format!("{command} {vm}");
        let engine = machines([]).await;
        let before = vm_state(&engine, vm).await;
        let answer = act(&engine, &format!("/vms/{}/{command}", vm_id(vm)), "{}").await;
        assert_eq!(answer.status, status, "{name}: {}", answer.body);
        if status == 200 {
            let host = |text: String| if command == "start" { text.replace("on 2", "on 1") } else { text };
            assert_eq!(host(vm_state(&engine, vm).await), at_once, "{name}");
            pass(&engine, LONG).await;
            assert_eq!(host(vm_state(&engine, vm).await), in_the_end, "{name}");
            assert_eq!(answer.json()["status"], "complete", "{name}");
            assert_eq!(answer.json()["vm"]["id"], vm_id(vm).to_string(), "{name}");
        } else {
            assert_eq!(detail(&answer), at_once, "{name}");
            assert_eq!(answer.json()["status"], "failed", "{name}");
            pass(&engine, LONG).await;
            assert_eq!(vm_state(&engine, vm).await, before, "{name}: nothing was changed");
            assert_eq!(ask(&engine, &admin(), get("/jobs")).await.body, "{}", "{name}: nor does a job tell of it");
        }
    }
}

const LOCKED_STOP: &str = "[Cannot stop VM. Related operation is currently in progress. Please try again later.]";
const LOCKED_MIGRATE: &str = "[Cannot migrate VM. Related operation is currently in progress. Please try again later.]";

#[tokio::test]
async fn machines_migrate_to_the_chosen_host() {
    let to = |number| format!(r#"{{"host":{{"id":"{}"}}}}"#, host_id(number));
    let rows = [
        (to(2), 200, "migrating on 1 to 2", "Migrating VM up to Host hv2"),
        (r#"{"host":{"name":"hv2"}}"#.to_owned(), 200, "migrating on 1 to 2", "Migrating VM up to Host hv2"),
        (r#"{"host":{}}"#.to_owned(), 200, "migrating on 1 to 2", "Migrating VM up"),
        (to(1), 409, "[Cannot migrate VM. source and destination is the same.]", ""),
        (
            to(3),
            409,
            "[Cannot migrate VM. There is no available operational Host (in UP state) in the relevant Cluster.]",
            "",
        ),
        (to(9), 400, "[Cannot migrate VM. Invalid Host Id.]", ""),
        (r#"{"host":{"name":"hv9"}}"#.to_owned(), 404, "Entity not found: Host: name=hv9", ""),
        (r#"{"host":{"id":"9"}}"#.to_owned(), 400, "Invalid UUID string: 9", ""),
    ];
    for (body, status, expected, description) in rows {
        let engine = machines([]).await;
        let answer = act(&engine, &format!("/vms/{}/migrate", vm_id(UP)), &body).await;
        assert_eq!(answer.status, status, "{body}: {}", answer.body);
        if status == 200 {
            assert_eq!(vm_state(&engine, UP).await, expected, "{body}");
            let job: JobId = answer.json()["job"]["id"].as_str().unwrap().parse().unwrap();
            assert_eq!(stored(&engine, job).await.job.description, description, "{body}");
        } else {
            assert_eq!(detail(&answer), expected, "{body}");
        }
    }
}

#[tokio::test]
async fn an_unknown_machine_is_404() {
    for action in ["start", "stop", "migrate", "freeze"] {
        let path = format!("/vms/{}/{action}", vm_id(9));
        let answer = act(&machines([]).await, &path, "{}").await;
        let expected = "Entity not found: VM: id=cccc0000-0000-4000-8000-000000000009";
        assert_eq!((answer.status, detail(&answer).as_str()), (404, expected), "{path}");
        assert_eq!(answer.json()["status"], "failed", "{path}");
    }
    for path in ["/vms/1/start", "/vms/x/stop"] {
        let answer = act(&machines([]).await, path, "{}").await;
        assert_eq!((answer.status, answer.body.as_str()), (404, ""), "{path}");
    }
    let unknown = act(&machines([]).await, &format!("/vms/{}/explode", vm_id(UP)), "{}").await;
    assert_eq!(unknown.status, 404);
    let get_of_action = get(&format!("/vms/{}/start", vm_id(UP)));
    assert_eq!(ask(&machines([]).await, &admin(), get_of_action).await.status, 405);
    for path in ["/disks", "/storagedomains"] {
        assert_eq!(ask(&machines([]).await, &admin(), get(path)).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn a_command_shows_as_an_internal_job_with_progress() {
    let engine = machines([]).await;
    let answer = act(&engine, &format!("/vms/{}/migrate", vm_id(UP)), "{}").await;
    let id: JobId = answer.json()["job"]["id"].as_str().unwrap().parse().unwrap();
    let begun = stored(&engine, id).await;
    assert_eq!(tree(&begun), ["0 Validating started"]);
    let job = &begun.job;
    assert_eq!((job.external, job.auto_cleared, job.owner), (false, true, Some(admin().user.id)));
    assert_eq!(
        (job.start_time, job.end_time, job.last_updated),
        (Some(crate::machines::later(0)), None, job.start_time)
    );

    pass(&engine, 10).await;
    let half = stored(&engine, id).await;
    let lines = tree(&half);
    assert_eq!(lines[..2], ["0 Validating finished", "1 Executing started"]);
    let progress: u8 = lines[2]
        .strip_prefix("  0 Migrating VM up from Host hv1 to Host hv2 started ")
        .and_then(|rest| rest.strip_suffix('%'))
        .unwrap_or_else(|| panic!("{lines:?}"))
        .parse()
        .unwrap();
    assert!((15..60).contains(&progress), "{progress}");
    assert_eq!(half.steps[2].execution_host, Some(host_id(1)));
    assert!(half.job.status.is_running());

    pass(&engine, 2).await;
    let further = stored(&engine, id).await;
    assert!(further.steps[2].progress > half.steps[2].progress);
    assert_eq!(further.job, half.job, "progress alone is no news of the job");

    pass(&engine, LONG).await;
    let over = stored(&engine, id).await;
    assert_eq!(
        tree(&over),
        [
            "0 Validating finished",
            "1 Executing finished",
            "  0 Migrating VM up from Host hv1 to Host hv2 finished",
            "2 Finalizing finished",
        ]
    );
    assert_eq!(over.job.status.as_str(), "finished");
    assert_eq!((over.job.end_time, over.job.last_updated), (over.steps[3].end_time, over.steps[3].end_time));
    assert!(over.job.end_time < Some(crate::machines::later(60)), "its end is when it was, not when somebody looked");
    for action in ["end", "clear"] {
        let refused = act(&engine, &format!("/jobs/{id}/{action}"), "{}").await;
        assert_eq!(refused.status, 400, "the job is the engine's own");
    }
}

/// Of many clients that give the same command at once, one succeeds.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_of_many_commands_begins() {
    let engine = std::sync::Arc::new(machines([]).await);
    let attempts = (0..20).map(|_| {
        let engine = std::sync::Arc::clone(&engine);
        tokio::spawn(async move { act(&engine, &format!("/vms/{}/stop", vm_id(UP)), "{}").await.status })
    });
    let mut statuses = Vec::new();
    for attempt in attempts.collect::<Vec<_>>() {
        statuses.push(attempt.await.unwrap());
    }
    statuses.sort_unstable();
    assert_eq!((statuses[0], statuses[1..].iter().all(|status| *status == 409)), (200, true), "{statuses:?}");
    assert_eq!(ask(&engine, &admin(), get("/jobs")).await.ids("job").len(), 1);
    // Several tasks may advance it at once.
    engine.environment.pass(LONG * 1000);
    let drivers = (0..8).map(|_| {
        let engine = std::sync::Arc::clone(&engine);
        tokio::spawn(async move { engine.advance_commands().await.unwrap() })
    });
    let mut moved = 0;
    for driver in drivers.collect::<Vec<_>>() {
        moved += driver.await.unwrap();
    }
    assert_eq!((moved, vm_state(&engine, UP).await.as_str()), (1, "down"));
}

/// In XML, as the SDKs send them.
#[tokio::test]
async fn commands_in_xml() {
    let engine = machines([]).await;
    let xml = |path: &str, body: &str| {
        let mut request = request(Method::Post, path).with_header("accept", "application/xml");
        request = request.with_header("content-type", "application/xml");
        request.body = body.as_bytes().to_vec();
        request
    };
    let declaration = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
    let begun =
        ask(&engine, &admin(), xml(&format!("/vms/{}/migrate", vm_id(UP)), "<action><async>false</async></action>"))
            .await;
    let job = engine.store.running().await.unwrap()[0].monitoring.job().unwrap();
    let vm = vm_id(UP);
    assert_eq!(
        begun.body,
        format!(
            r#"{declaration}<action><async>false</async><job href="/ovirt-engine/api/jobs/{job}" id="{job}"/><status>complete</status><vm href="/ovirt-engine/api/vms/{vm}" id="{vm}"/></action>"#
        )
    );
    let refused = ask(&engine, &admin(), xml(&format!("/vms/{}/migrate", vm_id(UP)), "<action/>")).await;
    assert_eq!(refused.status, 409);
    assert_eq!(
        refused.body,
        format!(
            "{declaration}<action><fault><detail>[Cannot migrate VM. VM migration is in progress]</detail>\
             <reason>Operation Failed</reason></fault><status>failed</status></action>"
        )
    );
}

/// The result depends on stored begin, seed and now only, not on how often commands are advanced.
#[tokio::test]
async fn advancing_once_or_often_gives_the_same_result() {
    let paths = [format!("/vms/{}/start", vm_id(DOWN)), format!("/vms/{}/stop", vm_id(UP))];
    let mut ends = Vec::new();
    for looks in [1, 60] {
        let engine = machines([]).await;
        for path in &paths {
            assert_eq!(act(&engine, path, "{}").await.status, 200, "{path}");
        }
        for _ in 0..looks {
            pass(&engine, LONG / looks).await;
        }
        let jobs = ask(&engine, &admin(), get("/jobs?follow=steps")).await.body;
        ends.push((jobs, vm_state(&engine, DOWN).await, vm_state(&engine, UP).await));
    }
    assert_eq!(ends[0], ends[1]);
    assert_eq!(ends[0].2, "down");
}
