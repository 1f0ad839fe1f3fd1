//! The sample world: it changes with the clock, a reset begins a new one, and old jobs are removed.

use std::collections::HashSet;

use serde_json::{Value, json};
use task_monitor::domain::{JobId, Status, rules::Outcome};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::js_sys::Date;

use crate::{
    browser::Changed,
    tab::{Tab, entry_of, list, storage},
};

#[wasm_bindgen_test]
async fn the_sample_world_has_running_jobs() {
    let tab = Tab::fresh().await;
    let list = list(&tab.client, true).await.unwrap();
    let jobs = list.read();
    assert_eq!(jobs.unreadable, 0);
    let running: Vec<_> = jobs.items.iter().filter(|listed| listed.0.status == Status::Started).collect();
    assert!(!running.is_empty());
    assert!(running.iter().any(|listed| listed.1.as_ref().is_some_and(|steps| !steps.is_empty())));
    assert!(jobs.items.iter().any(|listed| listed.0.status == Status::Failed));
    let root = tab.client.root().await.unwrap();
    assert_eq!(tab.client.user(root.user.unwrap()).await.unwrap().0, "admin@internal");
}

#[wasm_bindgen_test]
async fn the_sample_world_changes_without_requests() {
    let tab = Tab::fresh().await;
    let own = tab.add("lasts").await;
    let before: HashSet<JobId> = tab.jobs().await.iter().map(|job| job.id).collect();
    let _later = Changed::with_a_clock_three_hours_ahead();
    for tab in [tab, Tab::open()] {
        let after = tab.jobs().await;
        let ids: HashSet<JobId> = after.iter().map(|job| job.id).collect();
        assert_eq!(ids.len(), after.len());
        assert!(ids.contains(&own.id));
        assert!(ids.difference(&before).count() > 0);
        assert!(before.difference(&ids).count() > 0);
        assert!(after.iter().filter(|job| job.status == Status::Started).count() > 1);
    }
}

#[wasm_bindgen_test]
async fn a_reset_affects_all_tabs_and_only_the_demo() {
    storage().set_item("task-monitor/preferences", "kept").unwrap();
    let (tab, other) = (Tab::fresh().await, Tab::open());
    let job = tab.add("goes with the reset").await;
    assert!(other.has(job.id).await);
    let ended = other.running_external().await;
    other.client.end_job(ended.id, Outcome::Succeeded, true).await.unwrap();
    other.engine.reset().await;
    for tab in [tab, other, Tab::open()] {
        assert!(!tab.has(job.id).await);
        assert_eq!(tab.status(ended.id).await, Status::Started);
    }
    assert_eq!(storage().get_item("task-monitor/preferences").unwrap().as_deref(), Some("kept"));
}

#[wasm_bindgen_test]
async fn ended_jobs_are_removed_and_do_not_come_back() {
    let tab = Tab::fresh().await;
    let own = tab.add("made").await;
    let worlds = tab.running_external().await;
    for id in [own.id, worlds.id] {
        tab.client.clear_job(id).await.unwrap();
        tab.client.end_job(id, Outcome::Succeeded, true).await.unwrap();
        assert!(tab.has(id).await);
        move_end_back(id);
    }
    for _ in 0..2 {
        let again = Tab::open();
        assert!(!again.has(own.id).await);
        assert!(!again.has(worlds.id).await);
        assert!(!tab.has(own.id).await);
        assert!(!tab.has(worlds.id).await);
    }
    assert_eq!(storage().get_item(&entry_of(own.id)).unwrap(), None);
}

/// Changes the end of a job to two hours ago.
fn move_end_back(id: JobId) {
    let text = storage().get_item(&entry_of(id)).unwrap().unwrap();
    let mut entry: Value = serde_json::from_str(&text).unwrap();
    entry["kept"]["job"]["content"]["job"]["end_time"] = json!(Date::now() as i64 - 2 * 3_600_000);
    storage().set_item(&entry_of(id), &entry.to_string()).unwrap();
}
