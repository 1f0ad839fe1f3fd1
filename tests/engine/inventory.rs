//! Machines and hosts in both forms, lists and searches, capabilities, and the links of the root.

use crate::{
    machines::{UP, host_id, later, machines, vm_id},
    support::{NOW, TestEngine, admin, ask, engine, get, job_with_steps, request, time},
};
use task_monitor::{
    domain::{HostId, Status},
    engine::{Retention, inventory::InventoryStore, scenario},
    wire::Method,
};

async fn body(engine: &TestEngine, path: &str) -> String {
    let answer = ask(engine, &admin(), get(path)).await;
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    answer.body
}

async fn xml(engine: &TestEngine, path: &str) -> String {
    let answer = ask(engine, &admin(), request(Method::Get, path).with_header("accept", "application/xml")).await;
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("application/xml;charset=UTF-8")), "{path}");
    answer.body.strip_prefix(r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#).unwrap().to_owned()
}

#[tokio::test]
async fn machines_and_hosts_in_both_forms() {
    let engine = machines([]).await;
    let (vm, host) = (vm_id(UP), host_id(1));
    let rows = [
        (
            format!("/vms/{vm}"),
            format!(
                r#"{{"memory":"1073741824","status":"up","host":{{"href":"/ovirt-engine/api/hosts/{host}","id":"{host}"}},"actions":{{"link":[{{"href":"/ovirt-engine/api/vms/{vm}/freezefilesystems","rel":"freezefilesystems"}},{{"href":"/ovirt-engine/api/vms/{vm}/migrate","rel":"migrate"}},{{"href":"/ovirt-engine/api/vms/{vm}/start","rel":"start"}},{{"href":"/ovirt-engine/api/vms/{vm}/stop","rel":"stop"}}]}},"name":"up","href":"/ovirt-engine/api/vms/{vm}","id":"{vm}"}}"#
            ),
            format!(
                r#"<vm href="/ovirt-engine/api/vms/{vm}" id="{vm}"><actions><link href="/ovirt-engine/api/vms/{vm}/freezefilesystems" rel="freezefilesystems"/><link href="/ovirt-engine/api/vms/{vm}/migrate" rel="migrate"/><link href="/ovirt-engine/api/vms/{vm}/start" rel="start"/><link href="/ovirt-engine/api/vms/{vm}/stop" rel="stop"/></actions><name>up</name><memory>1073741824</memory><status>up</status><host href="/ovirt-engine/api/hosts/{host}" id="{host}"/></vm>"#
            ),
        ),
        (
            format!("/hosts/{host}"),
            format!(
                r#"{{"address":"hv1.example.com","status":"up","name":"hv1","href":"/ovirt-engine/api/hosts/{host}","id":"{host}"}}"#
            ),
            format!(
                r#"<host href="/ovirt-engine/api/hosts/{host}" id="{host}"><name>hv1</name><address>hv1.example.com</address><status>up</status></host>"#
            ),
        ),
    ];
    for (path, as_json, as_xml) in rows {
        assert_eq!(body(&engine, &path).await, as_json, "{path}");
        assert_eq!(xml(&engine, &path).await, as_xml, "{path}");
        let (list, _) = path.trim_start_matches('/').split_once('/').unwrap();
        assert!(body(&engine, &format!("/{list}")).await.contains(&as_json), "{list}");
        assert!(xml(&engine, &format!("/{list}")).await.contains(&as_xml), "{list}");
        assert!(ask(&engine, &admin(), get(&format!("/v4{path}"))).await.body.contains("/ovirt-engine/api/v4/"));
    }
    for path in
        [format!("/vms/{}", vm_id(9)), format!("/hosts/{}", host_id(9)), "/vms/1".to_owned(), "/hosts/x".to_owned()]
    {
        let answer = ask(&engine, &admin(), get(&path)).await;
        assert_eq!((answer.status, answer.body.as_str()), (404, ""), "{path}");
    }
}

#[tokio::test]
async fn lists_are_searched_and_cut() {
    let engine = machines([]).await;
    for (path, key, expected) in [
        ("/vms", "vm", &["down", "moving", "starting", "stopping", "up"][..]),
        ("/vms?max=2", "vm", &["down", "moving"]),
        ("/vms;max=2", "vm", &["down", "moving"]),
        ("/vms?max=0", "vm", &[]),
        ("/vms?search=name%3Dup", "vm", &["up"]),
        ("/vms?search=name%3Dst*", "vm", &["starting", "stopping"]),
        ("/vms?search=status%3Dup", "vm", &["up"]),
        ("/vms?search=name%3Dst*%20sortby%20name%20desc", "vm", &["stopping", "starting"]),
        ("/vms?search=page%202&max=2", "vm", &["starting", "stopping"]),
        ("/vms?search=cluster%3Dx", "vm", &[]),
        ("/hosts?search=status%3Dmaintenance", "host", &["hv3"]),
        ("/hosts?search=hv*%20sortby%20status", "host", &["hv3", "hv1", "hv2"]),
    ] {
        let answer = ask(&engine, &admin(), get(path)).await;
        let rows = answer.json()[key].as_array().cloned().unwrap_or_default();
        let names: Vec<_> = rows.iter().map(|row| row["name"].as_str().unwrap()).collect();
        assert_eq!((answer.status, names.as_slice()), (200, expected), "{path}");
    }
    assert_eq!(ask(&engine, &admin(), get("/vms?max=-1")).await.status, 400);
    assert_eq!(body(&crate::support::engine([]), "/vms").await, "{}");
    assert_eq!(xml(&crate::support::engine([]), "/vms").await, "<vms/>");
}

#[tokio::test]
async fn capabilities_list_the_monitored_commands() {
    let engine = engine([]);
    assert_eq!(
        body(&engine, "/capabilities").await,
        r#"{"monitored_commands":{"monitored_command":[{"name":"StopVm","id":"7"},{"name":"RunVm","id":"12"},{"name":"MigrateVm","id":"14"},{"name":"MigrateVmToServer","id":"16"}]}}"#
    );
    assert_eq!(
        xml(&engine, "/capabilities").await,
        r#"<capabilities><monitored_commands><monitored_command id="7" name="StopVm"/><monitored_command id="12" name="RunVm"/><monitored_command id="14" name="MigrateVm"/><monitored_command id="16" name="MigrateVmToServer"/></monitored_commands></capabilities>"#
    );
}

#[tokio::test]
async fn every_link_of_the_root_can_be_read() {
    let engine = machines([job_with_steps(1, Status::Started, true)]).await;
    for base in ["", "/v4"] {
        let root = ask(&engine, &admin(), get(base)).await.json();
        let links = root["link"].as_array().unwrap();
        for name in ["capabilities", "hosts", "jobs", "roles", "users", "vms", "jobs/search", "vms/search"] {
            assert!(links.iter().any(|link| link["rel"] == name), "{name}");
        }
        for link in links {
            let href = link["href"].as_str().unwrap().strip_prefix("/ovirt-engine/api").unwrap();
            let path = href.replace("{query}", "");
            let answer = ask(&engine, &admin(), get(&path)).await;
            assert_eq!(answer.status, 200, "{href}: {}", answer.body);
            // Each entity of the list, and each list of an entity.
            let rows = answer.json().as_object().unwrap().values().next().cloned().unwrap_or_default();
            for row in rows.as_array().into_iter().flatten() {
                let hrefs = row.get("link").and_then(|links| links.as_array()).into_iter().flatten();
                for href in hrefs.map(|link| &link["href"]).chain([&row["href"]]) {
                    let path = href.as_str().unwrap().strip_prefix("/ovirt-engine/api").unwrap();
                    assert_eq!(ask(&engine, &admin(), get(path)).await.status, 200, "{path}");
                }
            }
        }
    }
}

/// The hosts and machines that sample jobs name exist.
#[tokio::test]
async fn the_sample_worlds_hosts_and_machines_are_stored() {
    let engine = engine([]);
    engine.store.seed(&scenario::sample_inventory()).await.unwrap();
    assert_eq!(engine.store.seed(&scenario::sample_inventory()).await, Ok(false), "only once");
    let world = scenario::world(42, time(NOW), time(NOW), &Retention::OVIRT);
    // As with a real engine, few steps name a host: those of a day name most.
    let day = (0..24).flat_map(|hour| scenario::world(42, time(NOW), later(hour * 3600), &Retention::OVIRT));
    let mut hosts: Vec<HostId> =
        day.flat_map(|record| record.content.steps).filter_map(|step| step.execution_host).collect();
    hosts.sort_unstable();
    hosts.dedup();
    assert!(hosts.len() > 4);
    for host in hosts {
        let answer = ask(&engine, &admin(), get(&format!("/hosts/{host}"))).await;
        assert!(answer.json()["name"].as_str().unwrap().starts_with("hv0"), "{host}");
    }
    let vms: Vec<String> = engine.store.vms().await.unwrap().into_iter().map(|vm| vm.name).collect();
    let launches: Vec<&str> =
        world.iter().filter_map(|record| record.content.job.description.strip_prefix("Launching VM ")).collect();
    assert!(launches.len() > 2 && launches.iter().all(|name| vms.iter().any(|vm| vm == name)), "{launches:?}");
    for vm in engine.store.vms().await.unwrap() {
        if let Some(host) = vm.state.host() {
            assert_eq!(ask(&engine, &admin(), get(&format!("/hosts/{host}"))).await.status, 200, "{}", vm.name);
        }
    }
}
