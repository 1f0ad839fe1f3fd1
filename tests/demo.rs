//! The demo's engine in a real browser: its world, what it keeps, two tabs at once, and each fault.
//! `cargo test --target wasm32-unknown-unknown --no-default-features --features demo --test demo`
#![cfg(all(target_arch = "wasm32", feature = "demo"))]
// Clippy knows the tests of `#[test]` only.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::{cell::Cell, collections::HashSet, future::Future, rc::Rc};

use serde_json::{Value, json};
use task_monitor::{
    api::{ApiError, Client, CorrelationId, Credentials, LogInError, NewJob, NewStep, log_in, log_out},
    domain::{Job, JobId, Status, StepType, rules::Outcome},
    host::demo::{DemoEngine, Fault},
};
use uuid::Uuid;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::js_sys::{Array, Date, Promise, eval};

wasm_bindgen_test_configure!(run_in_browser);

const WORLD: &str = "task-monitor-demo/1/world";

/// One tab of the demo, and the client of its page.
#[derive(Clone)]
struct Tab {
    engine: DemoEngine,
    client: Rc<Client<DemoEngine>>,
}

impl Tab {
    /// As a reload does, or another tab.
    fn open() -> Self {
        let engine = DemoEngine::open();
        Self { engine: engine.clone(), client: Rc::new(Client::new(engine, Credentials::none())) }
    }

    /// A tab with a new world. All tests share the browser's storage, and run one after the other.
    async fn fresh() -> Self {
        let tab = Self::open();
        tab.engine.reset().await;
        tab
    }

    async fn jobs(&self) -> Vec<Job> {
        self.client.jobs(false).await.unwrap().value.items.into_iter().map(|(job, _)| job).collect()
    }

    async fn add(&self, description: &str) -> Job {
        let new = NewJob { description: description.to_owned(), auto_cleared: false };
        self.client.add_job(&new, &correlation()).await.unwrap()
    }

    async fn has(&self, id: JobId) -> bool {
        self.jobs().await.iter().any(|job| job.id == id)
    }

    async fn status(&self, id: JobId) -> Status {
        self.client.job(id).await.unwrap().status
    }

    async fn running_external(&self) -> Job {
        let jobs = self.jobs().await;
        jobs.into_iter().find(|job| job.external && job.status == Status::Started).unwrap()
    }
}

fn correlation() -> CorrelationId {
    CorrelationId::new(Uuid::new_v4())
}

fn storage() -> web_sys::Storage {
    web_sys::window().unwrap().local_storage().unwrap().unwrap()
}

fn entry_of(id: JobId) -> String {
    format!("task-monitor-demo/1/job/{id}")
}

/// Runs all of them at once, as far as one thread can.
async fn at_once<F: Future<Output = ()> + 'static>(works: impl IntoIterator<Item = F>) {
    let promises = works.into_iter().map(|work| {
        future_to_promise(async move {
            work.await;
            Ok(JsValue::UNDEFINED)
        })
    });
    let promises: Array = promises.collect();
    JsFuture::from(Promise::all(&promises)).await.unwrap();
}

/// Changes the browser for as long as it lives.
struct Changed(&'static str);

impl Changed {
    fn by(change: &str, back: &'static str) -> Self {
        eval(change).unwrap();
        Self(back)
    }

    fn without_locks() -> Self {
        Self::by(
            "Object.defineProperty(navigator, 'locks', { value: undefined, configurable: true })",
            "delete navigator.locks",
        )
    }

    fn with_blocked_storage() -> Self {
        Self::by(
            "globalThis.before = Object.getOwnPropertyDescriptor(window, 'localStorage');
             Object.defineProperty(window, 'localStorage', {
               configurable: true, get() { throw new DOMException('no', 'SecurityError') } })",
            "Object.defineProperty(window, 'localStorage', globalThis.before)",
        )
    }

    fn with_full_storage() -> Self {
        Self::by(
            "globalThis.before = Storage.prototype.setItem;
             Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }",
            "Storage.prototype.setItem = globalThis.before",
        )
    }

    fn with_a_clock_three_hours_ahead() -> Self {
        Self::by(
            "globalThis.before = Date.now; Date.now = () => globalThis.before() + 3 * 3600_000",
            "Date.now = globalThis.before",
        )
    }
}

impl Drop for Changed {
    fn drop(&mut self) {
        eval(self.0).unwrap();
    }
}

#[wasm_bindgen_test]
async fn its_world_is_at_work() {
    let tab = Tab::fresh().await;
    let jobs = tab.client.jobs(true).await.unwrap().value;
    assert_eq!(jobs.unreadable, 0);
    let running: Vec<_> = jobs.items.iter().filter(|(job, _)| job.status == Status::Started).collect();
    assert!(!running.is_empty());
    assert!(running.iter().any(|(_, steps)| !steps.as_ref().unwrap().is_empty()));
    assert!(jobs.items.iter().any(|(job, _)| job.status == Status::Failed));
    let root = tab.client.root().await.unwrap();
    assert_eq!(tab.client.user(root.user.unwrap()).await.unwrap().0, "admin@internal");
}

#[wasm_bindgen_test]
async fn its_world_goes_on_after_a_gap() {
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
async fn what_was_made_is_there_after_a_reload_and_the_world_is_not_stored() {
    let tab = Tab::fresh().await;
    let job = tab.add("outlives a reload").await;
    let step =
        NewStep { job: job.id, parent: None, step_type: StepType::Executing, description: "its step".to_owned() };
    tab.client.add_step(&step).await.unwrap();
    let again = Tab::open();
    assert_eq!(again.jobs().await, tab.jobs().await);
    assert_eq!(again.client.steps(job.id).await.unwrap().items.len(), 1);
    assert!(storage().get_item(&entry_of(job.id)).unwrap().is_some());
    let entries = (0..storage().length().unwrap()).filter_map(|index| storage().key(index).unwrap());
    assert_eq!(entries.filter(|name| name.starts_with("task-monitor-demo/1/job/")).count(), 1);
}

#[wasm_bindgen_test]
async fn what_was_changed_of_the_world_stays_changed() {
    let (tab, other) = (Tab::fresh().await, Tab::open());
    let job = other.running_external().await;
    tab.client.end_job(job.id, Outcome::Failed, true).await.unwrap();
    for tab in [tab, other, Tab::open()] {
        assert_eq!(tab.status(job.id).await, Status::Failed);
        assert_eq!(tab.jobs().await.iter().filter(|other| other.id == job.id).count(), 1);
    }
}

#[wasm_bindgen_test]
async fn two_tabs_at_once_lose_nothing() {
    two_tabs_add_and_end().await;
}

#[wasm_bindgen_test]
async fn two_tabs_at_once_lose_nothing_without_locks() {
    let _without = Changed::without_locks();
    two_tabs_add_and_end().await;
}

/// Each adds jobs while the other ends what the first one added before, and both add steps to one job.
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
        tab.client.add_step(&step("first")).await.unwrap();
        other.client.end_job(job, Outcome::Succeeded, false).await.unwrap();
        other.client.add_step(&step("second")).await.unwrap();
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

/// What another tab writes may be seen here only some time after it has let go of the lock.
#[wasm_bindgen_test]
async fn a_turn_waits_for_what_the_one_before_wrote() {
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
    tab.add("goes on").await;
    assert_eq!(storage().get_item("task-monitor-demo/1/turn").unwrap().as_deref(), Some("1001"));
}

#[wasm_bindgen_test]
async fn versions_go_up_with_each_write() {
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
async fn a_reset_is_for_all_tabs_and_for_the_demo_only() {
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
async fn ended_jobs_are_removed_in_their_time_and_do_not_come_back() {
    let tab = Tab::fresh().await;
    let own = tab.add("made").await;
    let worlds = tab.running_external().await;
    for id in [own.id, worlds.id] {
        tab.client.clear_job(id).await.unwrap();
        tab.client.end_job(id, Outcome::Succeeded, true).await.unwrap();
        assert!(tab.has(id).await);
        make_older(id);
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

/// As if it had ended two hours ago.
fn make_older(id: JobId) {
    let text = storage().get_item(&entry_of(id)).unwrap().unwrap();
    let mut entry: Value = serde_json::from_str(&text).unwrap();
    entry["kept"]["job"]["content"]["job"]["end_time"] = json!(Date::now() as i64 - 2 * 3_600_000);
    storage().set_item(&entry_of(id), &entry.to_string()).unwrap();
}

#[wasm_bindgen_test]
async fn what_cannot_be_read_is_ignored() {
    let tab = Tab::fresh().await;
    let job = tab.add("readable").await;
    let stray = JobId::new(Uuid::new_v4());
    let copy = storage().get_item(&entry_of(job.id)).unwrap().unwrap();
    for (name, text) in [
        (entry_of(stray), "{"),
        (entry_of(JobId::new(Uuid::new_v4())), &copy),
        ("task-monitor-demo/1/job/nonsense".to_owned(), &copy),
        (format!("task-monitor-demo/2/job/{stray}"), "another version"),
        (WORLD.to_owned(), "not a world"),
    ] {
        storage().set_item(&name, text).unwrap();
    }
    for tab in [tab, Tab::open()] {
        let jobs = tab.jobs().await;
        assert_eq!(jobs.iter().filter(|other| other.description == "readable").count(), 1);
        assert!(jobs.len() > 5);
        assert!(tab.engine.keeps());
    }
}

#[wasm_bindgen_test]
async fn with_blocked_storage_its_world_is_in_memory_and_it_says_so() {
    let told = Rc::new(Cell::new(0));
    let tab = {
        let _blocked = Changed::with_blocked_storage();
        let tab = Tab::open();
        tab.engine.watch({
            let told = Rc::clone(&told);
            move |_| told.set(told.get() + 1)
        });
        let job = tab.add("in memory").await;
        assert!(tab.has(job.id).await);
        tab.client.end_job(job.id, Outcome::Succeeded, false).await.unwrap();
        assert_eq!(tab.status(job.id).await, Status::Finished);
        assert_eq!((tab.engine.keeps(), told.get()), (false, 1));
        tab.engine.reset().await;
        assert!(!tab.has(job.id).await);
        assert!(tab.jobs().await.len() > 5);
        tab
    };
    // A reset tries again.
    tab.engine.reset().await;
    assert!(tab.engine.keeps());
}

#[wasm_bindgen_test]
async fn with_full_storage_nothing_is_lost_in_this_tab() {
    let tab = Tab::fresh().await;
    let before = tab.add("before").await;
    let job = {
        let _full = Changed::with_full_storage();
        tab.add("after").await
    };
    assert!(!tab.engine.keeps());
    assert!(tab.has(before.id).await && tab.has(job.id).await);
    assert!(Tab::open().has(before.id).await);
}

#[wasm_bindgen_test]
async fn unreachable() {
    let tab = Tab::fresh().await;
    tab.engine.set_fault(Fault::Unreachable);
    assert_eq!(tab.client.jobs(false).await.unwrap_err(), ApiError::Unreachable);
    tab.engine.set_fault(Fault::None);
    assert!(!tab.jobs().await.is_empty());
}

#[wasm_bindgen_test]
async fn slow() {
    let tab = Tab::fresh().await;
    tab.engine.set_fault(Fault::Slow);
    let begun = Date::now();
    assert!(!tab.jobs().await.is_empty());
    let took = Date::now() - begun;
    assert!((3_900.0..6_000.0).contains(&took), "took {took} ms");
}

#[wasm_bindgen_test]
async fn the_session_has_ended_until_somebody_logs_in() {
    let tab = Tab::fresh().await;
    tab.engine.set_fault(Fault::SessionEnded);
    for _ in 0..2 {
        assert_eq!(tab.client.jobs(false).await.unwrap_err(), ApiError::Unauthenticated);
    }
    let refused = log_in(&tab.engine, "nobody@internal", "any").await.unwrap_err();
    assert!(matches!(refused, LogInError::Refused(words) if words.contains("incorrect")));
    assert!(log_in(&tab.engine, "admin@internal", "").await.is_err());
    assert_eq!(tab.client.jobs(false).await.unwrap_err(), ApiError::Unauthenticated);
    let credentials = log_in(&tab.engine, "admin@internal", "any").await.unwrap();
    assert_eq!(tab.engine.fault(), Fault::None);
    let client = Client::new(tab.engine.clone(), credentials);
    assert!(client.jobs(false).await.is_ok());
    log_out(&tab.engine, client.credentials()).await.unwrap();
}

#[wasm_bindgen_test]
async fn the_next_write_is_carried_out_and_its_reply_lost() {
    let tab = Tab::fresh().await;
    tab.engine.set_fault(Fault::LostReply);
    assert!(!tab.jobs().await.is_empty());
    let (new, correlation) =
        (NewJob { description: "answered by nobody".to_owned(), auto_cleared: false }, correlation());
    assert_eq!(tab.client.add_job(&new, &correlation).await.unwrap_err(), ApiError::Unreachable);
    assert_eq!(tab.engine.fault(), Fault::None);
    assert_eq!(tab.client.jobs_of(&correlation).await.unwrap().len(), 1);
    assert!(tab.has(tab.add("answered").await.id).await);
}

#[wasm_bindgen_test]
async fn a_fault_is_one_tabs_own() {
    let (tab, other) = (Tab::fresh().await, Tab::open());
    tab.engine.set_fault(Fault::Unreachable);
    assert!(!other.jobs().await.is_empty());
    assert_eq!(other.engine.fault(), Fault::None);
}
