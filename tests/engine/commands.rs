//! Commands on machines and disks: what each state allows, what they make of it, and how they show.

use crate::{
    hall::{
        DOWN, FREE, LOCKED, MOVING, STARTING, STOPPING, UP, disk_id, disk_state, domain_id, hall, host_id, pass, tree,
        vm_id, vm_state,
    },
    stored,
    support::{Answer, TestEngine, admin, ask, get, post, request},
};
use task_monitor::{
    domain::{DiskId, JobId},
    engine::inventory::InventoryStore,
    wire::Method,
};

/// Longer than any command takes.
const LONG: i64 = 120;

async fn told(engine: &TestEngine, path: &str, body: &str) -> Answer {
    ask(engine, &admin(), post(path, body)).await
}

fn detail(answer: &Answer) -> String {
    let json = answer.json();
    let fault = json.get("fault").unwrap_or(&json);
    fault["detail"].as_str().unwrap_or_default().to_owned()
}

#[tokio::test]
async fn each_state_allows_some_commands_and_refuses_others() {
    // Machine, command, status, then what is said, or the state at once and the state in the end.
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
        let engine = hall([]).await;
        let before = vm_state(&engine, vm).await;
        let answer = told(&engine, &format!("/vms/{}/{command}", vm_id(vm)), "{}").await;
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
async fn disks_are_moved_and_added() {
    let (free, locked) = (format!("/disks/{}/move", disk_id(FREE)), format!("/disks/{}/move", disk_id(LOCKED)));
    let to = |number| format!(r#"{{"storage_domain":{{"id":"{}"}}}}"#, domain_id(number));
    let named = |name| format!(r#"{{"storage_domain":{{"name":"{name}"}}}}"#);
    let disk = |more: &str| format!(r#"{{"name":"new","provisioned_size":1073741824,"format":"cow"{more}}}"#);
    let on = |number| format!(r#","storage_domains":{{"storage_domain":[{{"id":"{}"}}]}}"#, domain_id(number));
    let on_named = |name| format!(r#","storage_domains":{{"storage_domain":[{{"name":"{name}"}}]}}"#);
    let disks = "/disks".to_owned();
    let rows = [
        (&free, to(2), 200, "locked on fast", "ok on slow"),
        (&free, named("slow"), 200, "locked on fast", "ok on slow"),
        (&free, to(1), 400, "[Cannot move Virtual Disk. The source and target storage domains are the same.]", ""),
        (&free, to(9), 400, "[Cannot move Virtual Disk. Storage Domain doesn't exist.]", ""),
        (&free, named("none"), 404, "Entity not found: Storage: name=none", ""),
        (&free, r#"{"storage_domain":{"id":"x"}}"#.to_owned(), 400, "Invalid id: x", ""),
        (&free, "{}".to_owned(), 400, "Action [storageDomain.id|name] required for move", ""),
        (
            &locked,
            to(2),
            409,
            "[Cannot move Virtual Disk: The following disks are locked: locked. Please try again in a few minutes.]",
            "",
        ),
        (&disks, disk(&on(2)), 202, "locked on slow", "ok on slow"),
        (&disks, disk(&on_named("fast")), 202, "locked on fast", "ok on fast"),
        (&disks, disk(&format!(r#"{},"id":"{}""#, on(1), disk_id(7))), 202, "locked on fast", "ok on fast"),
        (&disks, disk(""), 400, "[Cannot add Virtual Disk. Storage Domain hasn't been specified.]", ""),
        (&disks, disk(&on(9)), 400, "[Cannot add Virtual Disk. Storage Domain doesn't exist.]", ""),
        (&disks, disk(&on_named("none")), 404, "Entity not found: Storage: name=none", ""),
        (
            &disks,
            disk(&format!(r#"{},"id":"{}""#, on(1), disk_id(FREE))),
            409,
            "[Cannot add Virtual Disk. The selected disk ID: eeee0000-0000-4000-8000-000000000001 is already used by the following existing disk: free.]",
            "",
        ),
        (
            &disks,
            format!(r#"{{"name":"a\u0001b","provisioned_size":1,"format":"cow"{}}}"#, on(1)),
            400,
            "Parameter 'disk.name' is too long, or has characters that no name may have.",
            "",
        ),
        (
            &disks,
            r#"{"format":"cow"}"#.to_owned(),
            400,
            "Parameter 'disk.provisioned_size' is mandatory but was not provided.",
            "",
        ),
        (
            &disks,
            r#"{"provisioned_size":1}"#.to_owned(),
            400,
            "Parameter 'disk.format' is mandatory but was not provided.",
            "",
        ),
        (
            &disks,
            format!(r#"{{"provisioned_size":0,"format":"raw"{}}}"#, on(1)),
            400,
            "[Cannot add Virtual Disk. Disk's provisioned size has to be greater than 0.]",
            "",
        ),
    ];
    for (path, body, status, at_once, in_the_end) in rows {
        let engine = hall([]).await;
        let answer = told(&engine, path, &body).await;
        assert_eq!(answer.status, status, "{path} {body}: {}", answer.body);
        if status >= 400 {
            assert_eq!(detail(&answer), at_once, "{path} {body}");
            continue;
        }
        let json = answer.json();
        let id: DiskId = json.get("disk").unwrap_or(&json)["id"].as_str().unwrap().parse().unwrap();
        assert_eq!(disk_state(&engine, id).await, at_once, "{path} {body}");
        pass(&engine, LONG).await;
        assert_eq!(disk_state(&engine, id).await, in_the_end, "{path} {body}");
        if status == 202 {
            assert_eq!(answer.header("location"), Some(format!("/ovirt-engine/api/disks/{id}").as_str()));
            assert_eq!((json["status"].as_str(), json["name"].as_str()), (Some("locked"), Some("new")));
        }
    }
}

#[tokio::test]
async fn machines_are_moved_where_they_are_told() {
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
        (r#"{"host":{"id":"9"}}"#.to_owned(), 400, "Invalid id: 9", ""),
    ];
    for (body, status, told_or_state, description) in rows {
        let engine = hall([]).await;
        let answer = told(&engine, &format!("/vms/{}/migrate", vm_id(UP)), &body).await;
        assert_eq!(answer.status, status, "{body}: {}", answer.body);
        if status == 200 {
            assert_eq!(vm_state(&engine, UP).await, told_or_state, "{body}");
            let job: JobId = answer.json()["job"]["id"].as_str().unwrap().parse().unwrap();
            assert_eq!(stored(&engine, job).await.job.description, description, "{body}");
        } else {
            assert_eq!(detail(&answer), told_or_state, "{body}");
        }
    }
}

#[tokio::test]
async fn what_is_not_there_is_404_with_a_fault_unless_its_id_is_none() {
    let rows = [
        (format!("/vms/{}/start", vm_id(9)), "{}", "Entity not found: VM: id=cccc0000-0000-4000-8000-000000000009"),
        (format!("/vms/{}/stop", vm_id(9)), "{}", "Entity not found: VM: id=cccc0000-0000-4000-8000-000000000009"),
        (format!("/vms/{}/migrate", vm_id(9)), "{}", "Entity not found: VM: id=cccc0000-0000-4000-8000-000000000009"),
        (format!("/vms/{}/freeze", vm_id(9)), "{}", "Entity not found: VM: id=cccc0000-0000-4000-8000-000000000009"),
        (
            format!("/disks/{}/move", disk_id(9)),
            r#"{"storage_domain":{"name":"slow"}}"#,
            "Entity not found: Disk: id=eeee0000-0000-4000-8000-000000000009",
        ),
    ];
    for (path, body, expected) in rows {
        let answer = told(&hall([]).await, &path, body).await;
        assert_eq!((answer.status, detail(&answer).as_str()), (404, expected), "{path}");
        assert_eq!(answer.json()["status"], "failed", "{path}");
    }
    for path in ["/vms/1/start", "/vms/x/stop", "/disks/7/move"] {
        let answer = told(&hall([]).await, path, "{}").await;
        assert_eq!((answer.status, answer.body.as_str()), (404, ""), "{path}");
    }
    let unknown = told(&hall([]).await, &format!("/vms/{}/explode", vm_id(UP)), "{}").await;
    assert_eq!(unknown.status, 404);
    for path in [format!("/vms/{}/start", vm_id(UP)), format!("/disks/{}/move", disk_id(FREE))] {
        assert_eq!(ask(&hall([]).await, &admin(), get(&path)).await.status, 405, "{path}");
    }
}

#[tokio::test]
async fn a_command_shows_as_an_internal_job_that_moves_on_and_ends() {
    let engine = hall([]).await;
    let answer = told(&engine, &format!("/vms/{}/migrate", vm_id(UP)), "{}").await;
    let id: JobId = answer.json()["job"]["id"].as_str().unwrap().parse().unwrap();
    let begun = stored(&engine, id).await;
    assert_eq!(tree(&begun), ["0 Validating started"]);
    let job = &begun.job;
    assert_eq!((job.external, job.auto_cleared, job.owner), (false, true, Some(admin().user.id)));
    assert_eq!((job.start_time, job.end_time, job.last_updated), (Some(crate::hall::later(0)), None, job.start_time));

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
            "  0 Migrating VM up from Host hv1 to Host hv2 finished 100%",
            "2 Finalizing finished",
        ]
    );
    assert_eq!(over.job.status.as_str(), "finished");
    assert_eq!((over.job.end_time, over.job.last_updated), (over.steps[3].end_time, over.steps[3].end_time));
    assert!(over.job.end_time < Some(crate::hall::later(60)), "its end is when it was, not when somebody looked");
    for action in ["end", "clear"] {
        let refused = told(&engine, &format!("/jobs/{id}/{action}"), "{}").await;
        assert_eq!(refused.status, 400, "the job is the engine's own");
    }
}

/// Of many who want the same at once, one gets it; the others are told why not.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_of_many_begins() {
    let engine = std::sync::Arc::new(hall([]).await);
    let attempts = (0..20).map(|_| {
        let engine = std::sync::Arc::clone(&engine);
        tokio::spawn(async move { told(&engine, &format!("/vms/{}/stop", vm_id(UP)), "{}").await.status })
    });
    let mut statuses = Vec::new();
    for attempt in attempts.collect::<Vec<_>>() {
        statuses.push(attempt.await.unwrap());
    }
    statuses.sort_unstable();
    assert_eq!((statuses[0], statuses[1..].iter().all(|status| *status == 409)), (200, true), "{statuses:?}");
    assert_eq!(ask(&engine, &admin(), get("/jobs")).await.ids("job").len(), 1);
    // Several may drive it, too.
    engine.environment.pass(LONG * 1000);
    let drivers = (0..8).map(|_| {
        let engine = std::sync::Arc::clone(&engine);
        tokio::spawn(async move { engine.go_on().await.unwrap() })
    });
    let mut moved = 0;
    for driver in drivers.collect::<Vec<_>>() {
        moved += driver.await.unwrap();
    }
    assert_eq!((moved, vm_state(&engine, UP).await.as_str()), (1, "down"));
}

/// As the SDKs ask: in XML, with an empty action.
#[tokio::test]
async fn commands_in_xml() {
    let engine = hall([]).await;
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
    let disk = "<disk><name>x</name><format>raw</format><provisioned_size>1024</provisioned_size>\
                <storage_domains><storage_domain><name>slow</name></storage_domain></storage_domains></disk>";
    let added = ask(&engine, &admin(), xml("/disks", disk)).await;
    assert_eq!(added.status, 202, "{}", added.body);
    assert!(added.body.contains("<creation_status>in_progress</creation_status>"), "{}", added.body);
}

/// What looks in between is not seen in what there is in the end: only stored begin, seed and now count.
#[tokio::test]
async fn looking_often_or_once_makes_no_difference() {
    let paths = [
        (format!("/vms/{}/start", vm_id(DOWN)), "{}".to_owned()),
        (format!("/vms/{}/stop", vm_id(UP)), "{}".to_owned()),
        (format!("/disks/{}/move", disk_id(FREE)), r#"{"storage_domain":{"name":"slow"}}"#.to_owned()),
    ];
    let mut ends = Vec::new();
    for looks in [1, 60] {
        let engine = hall([]).await;
        for (path, body) in &paths {
            assert_eq!(told(&engine, path, body).await.status, 200, "{path}");
        }
        for _ in 0..looks {
            pass(&engine, LONG / looks).await;
        }
        let jobs = ask(&engine, &admin(), get("/jobs?follow=steps")).await.body;
        ends.push((
            jobs,
            vm_state(&engine, DOWN).await,
            vm_state(&engine, UP).await,
            disk_state(&engine, disk_id(FREE)).await,
        ));
    }
    assert_eq!(ends[0], ends[1]);
    assert_eq!(ends[0].2, "down");
    assert_eq!(ends[0].3, "ok on slow");
}
