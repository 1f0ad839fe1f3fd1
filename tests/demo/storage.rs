//! What the demo stores in the browser, and how it works without storage.

use std::{cell::Cell, rc::Rc};

use serde_json::Value;
use task_monitor::{
    api::NewStep,
    domain::{JobId, Status, StepType, rules::Outcome},
};
use uuid::Uuid;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::{
    browser::Changed,
    tab::{Tab, WORLD, correlation, entry_of, storage},
};

#[wasm_bindgen_test]
async fn added_jobs_survive_a_reload_and_the_sample_world_is_not_stored() {
    let tab = Tab::fresh().await;
    let job = tab.add("outlives a reload").await;
    let step =
        NewStep { job: job.id, parent: None, step_type: StepType::Executing, description: "its step".to_owned() };
    tab.client.add_step(&step, &correlation()).await.unwrap();
    let again = Tab::open();
    assert_eq!(again.jobs().await, tab.jobs().await);
    assert_eq!(again.client.steps(job.id).await.unwrap().items.len(), 1);
    assert!(storage().get_item(&entry_of(job.id)).unwrap().is_some());
    let entries = (0..storage().length().unwrap()).filter_map(|index| storage().key(index).unwrap());
    assert_eq!(entries.filter(|name| name.starts_with("task-monitor-demo/1/job/")).count(), 1);
}

#[wasm_bindgen_test]
async fn changes_of_the_sample_world_are_stored() {
    let (tab, other) = (Tab::fresh().await, Tab::open());
    let job = other.running_external().await;
    tab.client.end_job(job.id, Outcome::Failed, true).await.unwrap();
    for tab in [tab, other, Tab::open()] {
        assert_eq!(tab.status(job.id).await, Status::Failed);
        assert_eq!(tab.jobs().await.iter().filter(|other| other.id == job.id).count(), 1);
    }
}

#[wasm_bindgen_test]
async fn each_write_increases_the_version() {
    let (tab, other) = (Tab::fresh().await, Tab::open());
    let job = tab.add("counts").await;
    other.client.clear_job(job.id).await.unwrap();
    tab.client.end_job(job.id, Outcome::Succeeded, false).await.unwrap();
    let entry: Value = serde_json::from_str(&storage().get_item(&entry_of(job.id)).unwrap().unwrap()).unwrap();
    assert_eq!(entry["version"], 3);
    let job = other.client.job(job.id).await.unwrap();
    assert_eq!((job.status, job.auto_cleared), (Status::Finished, true));
}

#[wasm_bindgen_test]
async fn unreadable_entries_are_ignored() {
    let tab = Tab::fresh().await;
    let job = tab.add("readable").await;
    let stray = JobId::new(Uuid::new_v4());
    let copy = storage().get_item(&entry_of(job.id)).unwrap().unwrap();
    for (name, text) in [
        (entry_of(stray), "{"),
        (entry_of(JobId::new(Uuid::new_v4())), &copy),
        ("task-monitor-demo/1/job/not-an-id".to_owned(), &copy),
        (format!("task-monitor-demo/2/job/{stray}"), "another version"),
        (WORLD.to_owned(), "not a world"),
    ] {
        storage().set_item(&name, text).unwrap();
    }
    for tab in [tab, Tab::open()] {
        let jobs = tab.jobs().await;
        assert_eq!(jobs.iter().filter(|other| other.description == "readable").count(), 1);
        assert!(jobs.len() > 5);
        assert!(tab.engine.can_store());
    }
}

#[wasm_bindgen_test]
async fn with_blocked_storage_jobs_are_in_memory_and_the_page_is_notified() {
    let notified = Rc::new(Cell::new(0));
    let tab = {
        let _blocked = Changed::with_blocked_storage();
        let tab = Tab::open();
        tab.engine.watch({
            let notified = Rc::clone(&notified);
            move |_| notified.set(notified.get() + 1)
        });
        let job = tab.add("in memory").await;
        assert!(tab.has(job.id).await);
        tab.client.end_job(job.id, Outcome::Succeeded, false).await.unwrap();
        assert_eq!(tab.status(job.id).await, Status::Finished);
        assert_eq!((tab.engine.can_store(), notified.get()), (false, 1));
        tab.engine.reset().await;
        assert!(!tab.has(job.id).await);
        assert!(tab.jobs().await.len() > 5);
        tab
    };
    // A reset tries storage again.
    tab.engine.reset().await;
    assert!(tab.engine.can_store());
}

#[wasm_bindgen_test]
async fn with_full_storage_this_tab_loses_nothing() {
    let tab = Tab::fresh().await;
    let before = tab.add("before").await;
    let job = {
        let _full = Changed::with_full_storage();
        tab.add("after").await
    };
    assert!(!tab.engine.can_store());
    assert!(tab.has(before.id).await && tab.has(job.id).await);
    assert!(Tab::open().has(before.id).await);
}
