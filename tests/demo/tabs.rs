//! Two tabs at once.

use serde_json::json;
use task_monitor::{
    api::NewStep,
    domain::{Status, StepType, rules::Outcome},
};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::js_sys::eval;

use crate::{
    browser::{Changed, at_once},
    tab::{Tab, correlation, entry_of, storage},
};

#[wasm_bindgen_test]
async fn two_tabs_at_once_lose_nothing() {
    two_tabs_add_and_end().await;
}

#[wasm_bindgen_test]
async fn two_tabs_at_once_lose_nothing_without_locks() {
    let _without = Changed::without_locks();
    two_tabs_add_and_end().await;
}

/// Each tab adds jobs and the other tab ends them. Both tabs add steps to one job.
async fn two_tabs_add_and_end() {
    const EACH: usize = 12;
    let tabs = [Tab::fresh().await, Tab::open()];
    let shared = tabs[0].add("both add steps here").await.id;
    let work = |tab: Tab, other: Tab, number: usize| async move {
        let job = tab.add(&format!("job {number}")).await.id;
        let step = |word: &str| NewStep {
            job: shared,
            parent: None,
            step_type: StepType::Unknown,
            description: format!("{word} {number}"),
        };
        tab.client.add_step(&step("first"), &correlation()).await.unwrap();
        other.client.end_job(job, Outcome::Succeeded, false).await.unwrap();
        other.client.add_step(&step("second"), &correlation()).await.unwrap();
    };
    let works = (0..EACH).flat_map(|number| {
        let [one, two] = tabs.clone();
        [work(one.clone(), two.clone(), number), work(two, one, number)]
    });
    at_once(works.collect::<Vec<_>>()).await;
    for tab in tabs.into_iter().chain([Tab::open()]) {
        let jobs = tab.jobs().await;
        let own: Vec<_> = jobs.iter().filter(|job| job.description.starts_with("job ")).collect();
        assert_eq!(own.len(), 2 * EACH);
        assert!(own.iter().all(|job| job.status == Status::Finished));
        assert_eq!(tab.client.steps(shared).await.unwrap().items.len(), 4 * EACH);
    }
}

/// A write by another tab may arrive some time after that tab has released the lock.
#[wasm_bindgen_test]
async fn a_request_waits_for_the_last_write_of_another_tab() {
    let tab = Tab::fresh().await;
    let job = tab.add("soon").await;
    let late = storage().get_item(&entry_of(job.id)).unwrap().unwrap().replace("soon", "late");
    let other_tab = format!(
        "navigator.locks.request('task-monitor-demo/1/written/1000', () => new Promise((done) => setTimeout(() => {{
           localStorage.setItem('{}', {});
           localStorage.setItem('task-monitor-demo/1/turn', '1000');
           done();
         }}, 300)))",
        entry_of(job.id),
        json!(late)
    );
    eval(&other_tab).unwrap();
    assert_eq!(tab.client.job(job.id).await.unwrap().description, "late");
    tab.add("after it").await;
    assert_eq!(storage().get_item("task-monitor-demo/1/turn").unwrap().as_deref(), Some("1001"));
}
