//! One job with its steps: save, load, save again, delete.

use task_monitor::{
    domain::{ExternalSystem, HostId, Job, Percent, Status, Step, StepType},
    engine::{KnownVersion, List, SaveError, Saved, Store, Stored},
};
use uuid::Uuid;

use crate::{job_id, record, step, step_id, time};

pub(super) async fn keeps_everything(store: impl Store) {
    let mut plain = record(1, 1000);
    plain.content.job.description = "Zeile\nzwei \u{202e} \u{1} 🚚 'quoted' \"; DROP TABLE job".to_owned();
    let mut full = record(2, 2000);
    full.scenario = true;
    full.content.job = Job {
        status: Status::Aborted,
        external: false,
        auto_cleared: true,
        end_time: time(-5),
        owner: None,
        ..full.content.job
    };
    let parent = step(&full, 21);
    let child = Step {
        parent: Some(parent.id),
        step_type: StepType::RemovingBricks,
        number: Some(3),
        status: Status::Unknown,
        progress: Some(Percent::clamped(42)),
        end_time: time(7),
        external: false,
        external_system: Some(ExternalSystem::Gluster),
        execution_host: Some(HostId::new(Uuid::from_u128(9))),
        ..step(&full, 22)
    };
    full.content.steps = vec![child.clone(), parent];
    for kept in [&plain, &full] {
        let saved = store.save(kept, None).await.unwrap();
        let loaded = store.load(kept.content.job.id).await.unwrap().unwrap();
        assert_eq!(loaded.record, *kept);
        assert_eq!(loaded.version, saved.version);
    }
    assert_eq!(store.load_by_step(child.id).await.unwrap().unwrap().record, full);
}

pub(super) async fn reports_missing_jobs(store: impl Store) {
    assert_eq!(store.load(job_id(1)).await, Ok(None));
    assert_eq!(store.load_by_step(step_id(1)).await, Ok(None));
    assert_eq!(store.delete(&[KnownVersion { id: job_id(1), version: 1 }]).await, Ok(0));
    assert_eq!(store.list(&List::default()).await, Ok(Vec::new()));
    assert_eq!(store.save(&record(1, 0), Some(1)).await, Err(SaveError::Stale));
    assert_eq!(store.load(job_id(1)).await, Ok(None));
}

pub(super) async fn refuses_stale_saves(store: impl Store) {
    let mut record = record(1, 0);
    let first = store.save(&record, None).await.unwrap();
    assert_eq!(store.save(&record, None).await, Err(SaveError::Stale), "it exists already");
    record.content.job.description = "second".to_owned();
    let second = store.save(&record, Some(first.version)).await.unwrap();
    assert!(second.version > first.version);
    let mut late = record.clone();
    late.content.job.description = "late".to_owned();
    late.content.steps = vec![step(&late, 1)];
    assert_eq!(store.save(&late, Some(first.version)).await, Err(SaveError::Stale));
    assert_eq!(store.load(job_id(1)).await.unwrap().unwrap().record, record, "a refused save changes nothing");
    assert_eq!(store.load_by_step(step_id(1)).await, Ok(None));
}

pub(super) async fn replaces_steps(store: impl Store) {
    let mut record = record(1, 0);
    let make = |id| step(&record, id);
    let ended = |id| Step { status: Status::Finished, end_time: time(5), ..make(id) };
    let states = [
        vec![make(1), make(2), make(3)],
        vec![make(1), ended(2), make(3), make(4)],
        vec![make(4), make(1)],
        vec![make(5), make(1), make(6), ended(4)],
        Vec::new(),
        vec![make(7)],
    ];
    let mut version = None;
    for state in states {
        record.content.steps = state;
        version = Some(store.save(&record, version).await.unwrap().version);
        assert_eq!(store.load(job_id(1)).await.unwrap().unwrap().record, record);
    }
    assert_eq!(store.load_by_step(step_id(1)).await, Ok(None), "a deleted step is not found");
}

/// The number of steps has no limit.
pub(super) async fn a_job_may_have_many_steps(store: impl Store) {
    let mut record = record(1, 0);
    record.content.steps = (0..3_000).map(|number| step(&record, number)).collect();
    let version = store.save(&record, None).await.unwrap().version;
    let added = step(&record, 3_000);
    record.content.steps.push(added);
    store.save(&record, Some(version)).await.unwrap();
    assert!(store.load_by_step(step_id(3_000)).await.unwrap().unwrap().record == record);
}

pub(super) async fn deletes_jobs_with_their_steps(store: impl Store) {
    let mut known = Vec::new();
    for number in 1..=3 {
        let mut record = record(number, 0);
        record.content.steps = vec![step(&record, number)];
        let Saved { version } = store.save(&record, None).await.unwrap();
        known.push(KnownVersion { id: job_id(number), version });
    }
    let elsewhere = KnownVersion { id: job_id(7), version: 1 };
    assert_eq!(store.delete(&[]).await, Ok(0));
    assert_eq!(store.delete(&[known[0], known[2], elsewhere]).await, Ok(2));
    assert_eq!(store.load(job_id(1)).await, Ok(None));
    assert_eq!(store.load_by_step(step_id(1)).await, Ok(None));
    assert_eq!(store.load_by_step(step_id(2)).await.unwrap().unwrap().record.content.job.id, job_id(2));

    let Stored { record, version } = store.load(job_id(2)).await.unwrap().unwrap();
    store.save(&record, Some(version)).await.unwrap();
    assert_eq!(store.delete(&[known[1]]).await, Ok(0), "it was saved in between");
    assert_eq!(store.load(job_id(2)).await.unwrap().unwrap().record, record);
}
