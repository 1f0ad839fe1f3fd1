//! Tests of the tree grid in a real browser. The grid is mounted alone, and the tests put jobs into its state. There is no engine.
//! `cargo test --target wasm32-unknown-unknown --no-default-features --features demo --test web`
#![cfg(target_arch = "wasm32")]
// Clippy's settings for tests cover `#[test]` only.
#![allow(clippy::unwrap_used)]

use std::{any::Any, cell::RefCell, collections::BTreeMap, rc::Rc, sync::Arc};

use leptos::{mount::mount_to, prelude::*, task::tick};
use task_monitor::{
    domain::{
        Job, JobId, Status, Step, StepId, StepType, Time,
        outline::{NodeId, StepTree},
    },
    host::PageHost,
    ui::{
        grid::TreeGrid,
        state::{AppState, Session},
        sync::Sync,
    },
    view::grid::Sight,
};
use uuid::Uuid;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{
    Element, HtmlElement,
    js_sys::{Function, Promise},
};

wasm_bindgen_test_configure!(run_in_browser);

/// 20 rows and the header.
const HEIGHT: u32 = 20 * 32 + 38;
const START: i64 = 1_767_225_600_000;

/// How often each part of the state has notified its readers.
type Wakes = Rc<RefCell<BTreeMap<&'static str, usize>>>;

/// A mounted tree grid, and the state behind it.
struct Stage {
    element: HtmlElement,
    state: AppState,
    wakes: Wakes,
    mounted: Option<Box<dyn Any>>,
}

impl Stage {
    /// A grid with these jobs, 20 rows high.
    async fn with(jobs: Vec<(Job, Option<StepTree>)>) -> Self {
        let element = document().create_element("section").unwrap().unchecked_into::<HtmlElement>();
        // The styles that the window of rows depends on.
        element.set_inner_html(&format!(
            "<style>.grid-scroller {{ height: {HEIGHT}px; overflow: auto; width: 1000px }}
            .grid-head {{ height: 38px }} .grid-body {{ position: relative }}
            .row {{ height: 32px; overflow: hidden; position: absolute }}</style>"
        ));
        document().body().unwrap().append_child(&element).unwrap();
        let made = Rc::new(RefCell::new(None));
        let mounted = mount_to(element.clone(), {
            let made = Rc::clone(&made);
            move || {
                let state = AppState::new(PageHost::detect());
                // Nobody is logged in, so the page sends no requests.
                state.session.session.set(Session::LoggedOut);
                state.provide();
                provide_context(Sync::start(state));
                *made.borrow_mut() = Some((state, count_wakes(state)));
                view! { <TreeGrid/> }
            }
        });
        let (state, wakes) = made.borrow_mut().take().unwrap();
        let stage = Self { element, state, wakes, mounted: Some(Box::new(mounted)) };
        stage.show(jobs).await;
        stage
    }

    /// Shows these jobs, as after a poll.
    async fn show(&self, jobs: Vec<(Job, Option<StepTree>)>) {
        self.state.grid.update(|grid| {
            let next = grid.jobs.snapshot().advance(jobs);
            grid.show(Arc::new(next), time(1_000_000));
        });
        settle().await;
    }

    /// Which parts of the state have notified their readers since the last call, and how often.
    fn woken(&self) -> BTreeMap<&'static str, usize> {
        std::mem::take(&mut *self.wakes.borrow_mut())
    }

    async fn scroll_to(&self, top: i32) {
        self.element.query_selector(".grid-scroller").unwrap().unwrap().set_scroll_top(top);
        settle().await;
    }

    /// Presses a key on the focused element.
    async fn press(&self, key: &str) {
        call(
            "key",
            "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))",
            &key.into(),
        );
        settle().await;
    }

    fn rows(&self) -> Vec<Element> {
        let rows = self.element.query_selector_all(".row").unwrap();
        (0..rows.length()).map(|index| rows.item(index).unwrap().unchecked_into()).collect()
    }

    /// Row indexes as assistive technologies see them: the header has index 1.
    fn indexes(&self) -> Vec<usize> {
        self.rows().iter().map(|row| row.get_attribute("aria-rowindex").unwrap().parse().unwrap()).collect()
    }

    fn row(&self, node: NodeId) -> HtmlElement {
        self.element.query_selector(&format!("[id='row-{node}']")).unwrap().unwrap().unchecked_into()
    }

    /// Begins to count the changes in the document, by row.
    fn watch(&self) {
        call(
            "stage",
            "stage.changes = {};
            stage.observer = new MutationObserver((records) => {
                for (const { target } of records) {
                    const row = (target.closest ? target : target.parentElement)?.closest('.row')?.id ?? 'elsewhere';
                    stage.changes[row] = (stage.changes[row] ?? 0) + 1;
                }
            });
            stage.observer.observe(stage, { subtree: true, childList: true, attributes: true, characterData: true })",
            &self.element,
        );
    }

    /// The number of changes, by row.
    fn changes(&self) -> BTreeMap<String, usize> {
        let text =
            call("stage", "return Object.entries(stage.changes).map((pair) => pair.join('=')).join()", &self.element);
        let text = text.as_string().unwrap();
        let pairs = text.split(',').filter_map(|pair| pair.split_once('='));
        pairs.map(|(row, changes)| (row.to_owned(), changes.parse().unwrap())).collect()
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.mounted = None;
        self.element.remove();
    }
}

/// Reads each part of the state, and counts its notifications.
fn count_wakes(state: AppState) -> Wakes {
    let wakes = Wakes::default();
    let count = |part: &'static str, read: fn(AppState)| {
        let wakes = Rc::clone(&wakes);
        Effect::new(move || {
            read(state);
            *wakes.borrow_mut().entry(part).or_default() += 1;
        });
    };
    count("jobs", |state| state.grid.jobs().track());
    count("outline", |state| state.grid.outline().track());
    count("cursor", |state| state.grid.cursor().track());
    count("viewport", |state| state.grid.viewport().track());
    count("watch", |state| state.grid.watch().track());
    count("clock", |state| _ = state.clock.now());
    count("axis", |state| _ = state.axis.end());
    wakes
}

fn call(parameter: &str, body: &str, value: &JsValue) -> JsValue {
    Function::new_with_args(parameter, body).call1(&JsValue::NULL, value).unwrap()
}

/// Waits for effects, then for the next frame, and for the effects of that frame.
async fn settle() {
    for _ in 0..3 {
        tick().await;
        let frame = call("_", "return new Promise((drawn) => requestAnimationFrame(drawn))", &JsValue::NULL);
        JsFuture::from(frame.unchecked_into::<Promise>()).await.unwrap();
    }
}

fn time(after: i64) -> Time {
    Time::from_timestamp_millis(START + after).unwrap()
}

fn job_id(number: u32) -> JobId {
    JobId::new(Uuid::from_u128(u128::from(number)))
}

fn job_node(number: u32) -> NodeId {
    NodeId::Job(job_id(number))
}

/// A job with a higher number is newer, so its row is further up.
fn job(number: u32) -> Job {
    Job {
        id: job_id(number),
        description: format!("Job {number}"),
        status: Status::Finished,
        external: true,
        auto_cleared: false,
        owner: None,
        start_time: Some(time(i64::from(number) * 10)),
        end_time: Some(time(500_000)),
        last_updated: Some(time(500_000)),
    }
}

fn step(number: u32, of: u32, parent: Option<u32>) -> Step {
    let id = |number: u32| StepId::new(Uuid::from_u128(1_000_000 + u128::from(number)));
    Step {
        id: id(number),
        job: job_id(of),
        parent: parent.map(id),
        step_type: StepType::Executing,
        description: format!("Step {number}"),
        number: Some(0),
        status: Status::Finished,
        progress: None,
        start_time: Some(time(0)),
        end_time: Some(time(1)),
        external: true,
        external_system: None,
        execution_host: None,
    }
}

/// Jobs that have no steps.
fn jobs(count: u32) -> Vec<(Job, Option<StepTree>)> {
    (1..=count).map(|number| (job(number), Some(StepTree::nest(Vec::new())))).collect()
}

#[wasm_bindgen_test]
async fn rows_in_the_document_are_those_in_view_and_a_few_more() {
    let stage = Stage::with(jobs(1_000)).await;
    assert_eq!(stage.indexes(), (2..25).collect::<Vec<_>>());
    for top in [16, 320, 9_000, 1_000 * 32 - 640] {
        stage.scroll_to(top).await;
        let indexes = stage.indexes();
        assert!(indexes.len() <= 20 + 8, "{} rows at {top}", indexes.len());
        // The tab stop may be out of view: the focused row, or the first one.
        let first = usize::try_from(top).unwrap() / 32 + 2;
        let wanted = (first..first + 20).all(|index| indexes.contains(&index));
        assert!(wanted, "{indexes:?} at {top}");
        assert!(indexes.is_sorted(), "in the order of the document: {indexes:?}");
    }
}

#[wasm_bindgen_test]
async fn rows_that_stay_in_view_keep_their_elements() {
    let stage = Stage::with(jobs(100)).await;
    let before = stage.row(job_node(90));
    stage.watch();
    stage.scroll_to(2 * 32).await;
    assert!(before.is_connected());
    assert_eq!(stage.changes().get(&format!("row-{}", job_node(90))), None, "its row has not changed");
}

#[wasm_bindgen_test]
async fn the_keyboard_moves_the_browsers_focus() {
    let tree = StepTree::nest(vec![step(1, 100, None), step(2, 100, Some(1)), step(3, 100, None)]);
    let mut all = jobs(100);
    all[99].1 = Some(tree);
    let stage = Stage::with(all).await;
    stage.row(job_node(100)).focus().unwrap();
    let focused = || document().active_element().unwrap();
    let text = || focused().query_selector(".text").unwrap().unwrap().text_content().unwrap();
    for (key, now) in [
        ("ArrowRight", "Job 100"),
        ("ArrowDown", "Step 1"),
        ("*", "Step 1"),
        ("ArrowDown", "Step 2"),
        ("ArrowLeft", "Step 1"),
        ("End", "Job 1"),
        ("ArrowDown", "Job 1"),
        ("ArrowUp", "Job 2"),
        ("Home", "Job 100"),
        ("PageDown", "Job 84"),
        ("PageUp", "Job 100"),
        ("ArrowLeft", "Job 100"),
        ("ArrowDown", "Job 99"),
    ] {
        stage.press(key).await;
        assert_eq!(text(), now, "after {key}");
        assert_eq!(focused().get_attribute("tabindex").as_deref(), Some("0"));
    }
    let stops = stage.element.query_selector_all(".row[tabindex='0'], .cell[tabindex='0']").unwrap();
    assert_eq!(stops.length(), 1);
    stage.press("ArrowRight").await;
    assert_eq!(focused().get_attribute("aria-colindex").as_deref(), Some("1"));
    stage.press("End").await;
    assert_eq!(focused().get_attribute("aria-colindex").as_deref(), Some("8"));
}

#[wasm_bindgen_test]
async fn the_focused_row_stays_when_it_is_scrolled_out_of_view() {
    let stage = Stage::with(jobs(500)).await;
    stage.row(job_node(499)).focus().unwrap();
    stage.scroll_to(8_000).await;
    assert_eq!(document().active_element().unwrap().id(), format!("row-{}", job_node(499)));
    assert_eq!(stage.indexes().first(), Some(&3));
}

#[wasm_bindgen_test]
async fn when_a_row_is_removed_the_next_one_gets_the_focus() {
    let stage = Stage::with(jobs(30)).await;
    stage.row(job_node(25)).focus().unwrap();
    settle().await;
    stage.show(jobs(30).into_iter().filter(|(job, _)| job.id != job_id(25)).collect()).await;
    assert_eq!(document().active_element().unwrap().id(), format!("row-{}", job_node(24)));
}

/// A job moves that does not have the focus. The focused row keeps the focus, however the list reorders the elements.
#[wasm_bindgen_test]
async fn a_row_that_moves_does_not_change_the_focus() {
    for (direction, index, start) in [("up", 4, 400_000), ("down", 13, 5)] {
        let stage = Stage::with(jobs(15)).await;
        stage.row(job_node(8)).focus().unwrap();
        settle().await;
        let mut next = jobs(15);
        next[index].0.start_time = Some(time(start));
        stage.show(next).await;
        assert!(stage.indexes().is_sorted(), "{direction}: {:?}", stage.indexes());
        assert_eq!(document().active_element().unwrap().id(), format!("row-{}", job_node(8)), "{direction}");
    }
}

#[wasm_bindgen_test]
async fn a_poll_without_changes_changes_nothing_in_the_document() {
    let stage = Stage::with(jobs(100)).await;
    stage.watch();
    stage.show(jobs(100)).await;
    assert_eq!(stage.changes(), BTreeMap::new());
}

#[wasm_bindgen_test]
async fn a_poll_changes_only_the_rows_of_changed_jobs() {
    let stage = Stage::with(jobs(100)).await;
    stage.watch();
    let mut next = jobs(100);
    next[94].0.status = Status::Failed;
    next[3].0.status = Status::Failed;
    stage.show(next).await;
    let changes = stage.changes();
    let changed = format!("row-{}", job_node(95));
    assert_eq!(changes.keys().collect::<Vec<_>>(), [&changed], "the other one is out of view");
    // The word for the status, and the status of icon, cell and bar; the mark of a new failure, and when it failed.
    assert!(changes[&changed] <= 9, "{changes:?}");
}

#[wasm_bindgen_test]
async fn a_failure_that_was_seen_changes_only_its_row() {
    let stage = Stage::with(jobs(100)).await;
    let mut next = jobs(100);
    next[94].0.status = Status::Failed;
    stage.show(next).await;
    stage.woken();
    stage.watch();
    let look = |seconds: i64| stage.state.grid.pass_time(time(2_000_000 + seconds * 1_000), || Sight::List);
    look(0);
    settle().await;
    assert_eq!((stage.woken(), stage.changes()), (BTreeMap::new(), BTreeMap::new()), "it is still new");
    look(3);
    settle().await;
    assert_eq!(stage.woken(), BTreeMap::from([("watch", 1)]));
    // The text and the class of the mark.
    assert_eq!(stage.changes(), BTreeMap::from([(format!("row-{}", job_node(95)), 2)]));
}

#[wasm_bindgen_test]
async fn time_changes_only_rows_that_run_or_have_failed() {
    const HOUR: i64 = 3_600_000;
    let stage = Stage::with(jobs(100)).await;
    let mut next = jobs(100);
    next[94].0.status = Status::Failed;
    (next[96].0.status, next[96].0.end_time) = (Status::Started, None);
    stage.state.clock.tick_to(time(10 * HOUR));
    stage.show(next).await;
    stage.watch();
    stage.state.clock.tick_to(time(11 * HOUR));
    settle().await;
    let changes = stage.changes();
    let running = stage.row(job_node(97));
    assert_eq!(changes.into_keys().collect::<Vec<_>>(), [95, 97].map(|number| format!("row-{}", job_node(number))));
    let part = |selector| running.query_selector(selector).unwrap().unwrap().text_content().unwrap();
    let remark = "· usually 8 min, now 10 h; no update for 10 h";
    assert_eq!((part(".flag"), part(".remark")), ("Stuck".to_owned(), remark.to_owned()));
}

#[wasm_bindgen_test]
async fn a_new_job_moves_rows_and_does_not_change_their_content() {
    let stage = Stage::with(jobs(100)).await;
    call(
        "stage",
        "stage.changes = {};
        stage.observer = new MutationObserver((records) => {
            for (const { target } of records) {
                const row = (target.closest ? target : target.parentElement)?.closest('.cell')?.parentElement?.id;
                if (row) stage.changes[row] = 1;
            }
        });
        stage.observer.observe(stage, { subtree: true, childList: true, attributes: true, characterData: true })",
        &stage.element,
    );
    stage.show(jobs(101)).await;
    assert_eq!(stage.indexes().len(), 23);
    let touched: Vec<String> = stage.changes().into_keys().collect();
    // The tab stop moves from the old first row to the new one.
    assert!(
        touched.iter().all(|row| [100, 101].map(|number| format!("row-{}", job_node(number))).contains(row)),
        "{touched:?}"
    );
}

#[wasm_bindgen_test]
async fn a_scroll_notifies_only_readers_of_the_viewport() {
    let stage = Stage::with(jobs(1_000)).await;
    stage.woken();
    stage.scroll_to(3_200).await;
    assert_eq!(stage.woken(), BTreeMap::from([("viewport", 1)]));
}

#[wasm_bindgen_test]
async fn a_key_notifies_only_readers_of_what_it_changes() {
    let stage = Stage::with(jobs(1_000)).await;
    stage.row(job_node(1_000)).focus().unwrap();
    settle().await;
    stage.woken();
    stage.press("ArrowDown").await;
    assert_eq!(stage.woken(), BTreeMap::from([("cursor", 1)]));
    stage.press("End").await;
    assert_eq!(stage.woken(), BTreeMap::from([("cursor", 1), ("viewport", 1)]));
}

#[wasm_bindgen_test]
async fn a_tick_changes_only_visible_running_rows() {
    let mut all = jobs(100);
    for running in [98, 95, 3] {
        all[running - 1].0.status = Status::Started;
        all[running - 1].0.end_time = None;
    }
    let stage = Stage::with(all).await;
    // The time axis does not move within one of its steps.
    stage.state.clock.tick_to(time(6_000_000));
    settle().await;
    stage.woken();
    stage.watch();
    stage.state.clock.tick_to(time(6_001_000));
    settle().await;
    assert_eq!(stage.woken(), BTreeMap::from([("clock", 1)]));
    let touched: Vec<String> = stage.changes().into_keys().collect();
    let mut expected = [98, 95].map(|number| format!("row-{}", job_node(number)));
    expected.sort();
    assert_eq!(touched, expected);
}
