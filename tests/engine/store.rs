//! The store in memory, commands over a store that fails, and retention.

use std::{future::Future, sync::Arc};

use crate::{
    machines::{DOWN, inventory, vm_id},
    stored,
    support::{NOW, TestEnvironment, admin, ask, engine, get, job, job_id, job_with_steps, post, step, step_id, time},
};
use chrono::TimeDelta;
use task_monitor::{
    domain::{Event, Job, JobId, JobWithSteps, Status, StepId, StepType, Time, VmId, event::EventId},
    engine::{
        Along, AnswerStore, CommandError, Correlation, Earlier, EndsAhead, Engine, JobRecord, KeyedRequest,
        KnownVersion, List, ListVersion, MemoryStore, NewJob, NewStep, Retention, SaveError, Saved, SavedOnce,
        StepPlace, Store, StoreError, StoreErrorKind, Stored,
        events::{EventList, EventStore, NewEvent},
        inventory::{Change, Host, Inventory, InventoryStore, RunningCommand, Versioned, Vm},
    },
};

fn record(content: JobWithSteps) -> JobRecord {
    JobRecord { content, correlation_id: "a".to_owned(), scenario: false }
}

#[tokio::test]
async fn a_stale_save_changes_nothing() {
    let store = MemoryStore::default();
    let new = record(job(1, Status::Started, true));
    let first = store.save(&new, None).await.unwrap().version;
    assert_eq!(store.save(&new, None).await, Err(SaveError::Stale), "it exists already");
    let second = store.save(&new, Some(first)).await.unwrap().version;
    assert_eq!(store.save(&new, Some(first)).await, Err(SaveError::Stale), "it was saved in between");
    let known = |number, version| KnownVersion { id: job_id(number), version };
    assert_eq!(store.delete(&[known(1, first)]).await, Ok(0), "it was saved in between");
    assert_eq!(store.delete(&[known(1, second), known(2, second)]).await, Ok(1));
    assert_eq!(store.save(&new, Some(second)).await, Err(SaveError::Stale), "it was deleted");
    let third = store.save(&new, None).await.unwrap().version;
    assert!(third > second, "a job that is made again gets a new version");
}

#[tokio::test]
async fn steps_lead_to_their_job() {
    let store =
        MemoryStore::of([record(job_with_steps(1, Status::Started, true)), record(job(2, Status::Started, true))]);
    let job_of = async |number| store.load_by_step(step_id(number)).await.unwrap().map(|s| s.record.content.job.id);
    assert_eq!((job_of(12).await, job_of(99).await), (Some(job_id(1)), None));
    let Stored { mut record, version } = store.load(job_id(1)).await.unwrap().unwrap();
    record.content.steps.remove(1);
    record.content.steps.push(step(1, 99, None, Status::Started, true));
    store.save(&record, Some(version)).await.unwrap();
    assert_eq!((job_of(12).await, job_of(99).await), (None, Some(job_id(1))));
    let known = store.load(job_id(1)).await.unwrap().unwrap().known();
    assert_eq!(store.delete(&[known]).await, Ok(1));
    assert_eq!(job_of(99).await, None);
}

#[tokio::test]
async fn lists_are_by_start_time_and_then_id() {
    let jobs = [(4, 7), (2, 5), (3, 5), (1, 9)].map(|(number, start)| {
        let job = Job { start_time: Some(time(start)), ..job_with_steps(number, Status::Started, true).job };
        record(JobWithSteps { job, ..job_with_steps(number, Status::Started, true) })
    });
    let store = MemoryStore::of(jobs);
    let ids = async |list: List| -> Vec<JobId> {
        store.list(&list).await.unwrap().iter().map(|record| record.content.job.id).collect()
    };
    assert_eq!(ids(List::default()).await, [2, 3, 4, 1].map(job_id));
    assert_eq!(ids(List { max: Some(3), ..List::default() }).await, [2, 3, 4].map(job_id));
    let none = List { correlation: Some(Correlation::IsNot("a".to_owned())), ..List::default() };
    assert_eq!(ids(none).await, []);
    for with_steps in [true, false] {
        let list = store.list(&List { with_steps, ..List::default() }).await.unwrap();
        assert!(list.iter().all(|record| record.content.steps.is_empty() != with_steps));
    }
}

/// Also shows that commands can be run by a server with threads.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn writers_of_one_job_lose_nothing() {
    let engine = Arc::new(engine([job(1, Status::Started, true)]));
    let add = |number: u32| {
        let engine = Arc::clone(&engine);
        let place = StepPlace::Job(job_id(1));
        let new = NewStep { step_type: StepType::Executing, description: number.to_string(), place };
        tokio::spawn(async move { engine.add_step(&admin(), new, |_| None).await })
    };
    let tasks: Vec<_> = (0..40).map(add).collect();
    for task in tasks {
        assert!(task.await.unwrap().is_ok());
    }
    let mut numbers: Vec<_> = stored(&engine, job_id(1)).await.steps.iter().filter_map(|step| step.number).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, (0..40).collect::<Vec<_>>());
}

/// A store in which every save fails.
struct FailingStore {
    job: JobWithSteps,
    error: SaveError,
}

impl Store for FailingStore {
    async fn load(&self, _: JobId) -> Result<Option<Stored>, StoreError> {
        Ok(Some(Stored { record: record(self.job.clone()), version: 1 }))
    }

    async fn load_by_step(&self, _: StepId) -> Result<Option<Stored>, StoreError> {
        self.load(job_id(1)).await
    }

    fn list(&self, _: &List) -> impl Future<Output = Result<Vec<JobRecord>, StoreError>> + Send {
        std::future::ready(Err(StoreError::broken("secret path")))
    }

    async fn list_version(&self) -> Result<ListVersion, StoreError> {
        Err(StoreError::broken("secret path"))
    }

    async fn save(&self, _: &JobRecord, _: Option<u64>) -> Result<Saved, SaveError> {
        Err(self.error.clone())
    }

    async fn delete(&self, _: &[KnownVersion]) -> Result<usize, StoreError> {
        Ok(0)
    }
}

impl AnswerStore for FailingStore {
    async fn earlier(&self, _: &KeyedRequest, _: Time) -> Result<Earlier, StoreError> {
        Ok(Earlier::Nothing)
    }

    async fn save_along(&self, record: &JobRecord, replaces: Option<u64>, _: &Along) -> Result<SavedOnce, SaveError> {
        self.save(record, replaces).await.map(SavedOnce::Saved)
    }
}

impl EventStore for FailingStore {
    async fn events(&self, _: &EventList) -> Result<Vec<Event>, StoreError> {
        Err(StoreError::broken("secret path"))
    }

    async fn event(&self, _: EventId) -> Result<Option<Event>, StoreError> {
        Err(StoreError::broken("secret path"))
    }

    async fn log(&self, _: &[NewEvent]) -> Result<(), StoreError> {
        Err(StoreError::broken("secret path"))
    }

    async fn add_event(&self, _: &NewEvent, _: &JobRecord) -> Result<Option<EventId>, StoreError> {
        Err(StoreError::broken("secret path"))
    }

    async fn latest_sample_event(&self) -> Result<Option<Time>, StoreError> {
        Ok(None)
    }

    async fn log_sample(&self, _: &[NewEvent], _: Option<Time>) -> Result<bool, StoreError> {
        Ok(false)
    }

    async fn forget_events(&self, _: Time) -> Result<usize, StoreError> {
        Ok(0)
    }
}

impl InventoryStore for FailingStore {
    async fn hosts(&self) -> Result<Vec<Host>, StoreError> {
        Ok(inventory().hosts)
    }

    async fn vms(&self) -> Result<Vec<Vm>, StoreError> {
        Err(StoreError::broken("secret path"))
    }

    async fn vm(&self, id: VmId) -> Result<Option<Versioned<Vm>>, StoreError> {
        let vm = inventory().vms.into_iter().find(|vm| vm.id == id);
        Ok(vm.map(|value| Versioned { value, version: 1 }))
    }

    async fn running(&self) -> Result<Vec<RunningCommand>, StoreError> {
        Ok(Vec::new())
    }

    async fn commit(&self, _: &Change) -> Result<(), SaveError> {
        Err(self.error.clone())
    }

    async fn seed(&self, _: &Inventory) -> Result<bool, StoreError> {
        Ok(false)
    }
}

#[tokio::test]
async fn errors_of_the_store_reach_the_log_but_not_the_client() {
    let failed = |kind| StoreError { kind, text: "secret path".to_owned() };
    let row = |kind, status, retry_after| {
        (SaveError::Store(failed(kind)), CommandError::Store(failed(kind)), status, retry_after)
    };
    for (store_error, error, status, retry_after) in [
        (SaveError::Stale, CommandError::Busy, 409, None),
        row(StoreErrorKind::Broken, 500, None),
        row(StoreErrorKind::Unavailable, 503, Some("5")),
        row(StoreErrorKind::Full, 507, Some("10")),
    ] {
        let engine = Engine {
            store: FailingStore { job: job(1, Status::Started, true), error: store_error },
            environment: TestEnvironment::default(),
        };
        assert_eq!(engine.clear_job(&admin(), job_id(1)).await, Err(error.clone()));
        let new = NewJob { description: "a".to_owned(), auto_cleared: false, correlation_id: "a".to_owned() };
        assert_eq!(engine.add_job(&admin(), new, |_| None).await, Err(error));
        for request in [
            post(&format!("/jobs/{}/clear", job_id(1)), "{}"),
            post("/jobs", r#"{"description":"a"}"#),
            post(&format!("/vms/{}/start", vm_id(DOWN)), "{}"),
        ] {
            let response = task_monitor::engine::http::handle(&engine, &admin(), request).await;
            assert_eq!((response.status, response.header("retry-after")), (status, retry_after));
            let body = String::from_utf8(response.body.into_bytes()).unwrap();
            assert!(body.contains("Operation Failed") && !body.contains("secret"), "{body}");
        }
        for path in ["/jobs", "/vms"] {
            let response = task_monitor::engine::http::handle(&engine, &admin(), get(path)).await;
            assert_eq!(response.status, 500, "{path}");
        }
        // Each is logged once.
        let failures = engine.environment.failures.lock().unwrap();
        assert_eq!(failures.len(), if status == 409 { 2 } else { 5 });
        assert!(failures.iter().all(|error| error.text == "secret path"));
    }
}

/// Age at the end, in minutes, and whether a sweep removes the job.
#[tokio::test]
async fn a_sweep_removes_auto_cleared_jobs_after_their_time() {
    let rows = [
        (Status::Finished, true, true, 11, true),
        (Status::Finished, true, false, 11, true),
        (Status::Finished, true, true, 10, false),
        (Status::Finished, false, true, 10_000, false),
        (Status::Failed, true, true, 59, false),
        (Status::Failed, true, true, 61, true),
        (Status::Aborted, true, true, 61, true),
        (Status::Unknown, true, false, 61, true),
        (Status::Unknown, true, false, 60, false),
        (Status::Started, true, true, 10_000, false),
    ];
    for (status, auto_cleared, external, age, removed) in rows {
        let ended = time(NOW) - TimeDelta::minutes(age);
        let mut content = job_with_steps(1, status, external);
        content.job.auto_cleared = auto_cleared;
        content.job.end_time = status.is_ended().then_some(ended);
        let engine = engine([content]);
        let swept = engine.sweep(&Retention::default(), &EndsAhead::default()).await;
        assert_eq!(swept, Ok(usize::from(removed)), "{status:?} {auto_cleared} {age}");
        let step = ask(&engine, &admin(), get(&format!("/jobs/{0}/steps/{1}", job_id(1), step_id(11)))).await;
        assert_eq!(step.status, if removed { 404 } else { 200 });
    }
    let strict = Retention { succeeded: TimeDelta::zero(), failed: TimeDelta::zero() };
    let mut content = job(1, Status::Finished, true);
    content.job.auto_cleared = true;
    assert_eq!(engine([content]).sweep(&strict, &EndsAhead::default()).await, Ok(1));
}
