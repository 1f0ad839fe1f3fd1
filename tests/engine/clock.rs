//! The clock jumps: forward, back, and by years. Nothing ends before it starts, and nothing waits for a clock that was ahead.

use chrono::TimeDelta;
use task_monitor::{
    domain::{JobId, JobWithSteps, Step, Time},
    engine::{EndsAhead, Environment, List, Retention, Store, inventory::InventoryStore, scenario},
};

use crate::{
    machines::{UP, machines, pass, vm_id, vm_state},
    stored,
    support::{TestEngine, admin, ask, post},
    world,
};

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const YEAR: i64 = 365 * 24 * HOUR;

const JUMPS: [i64; 10] = [-1, -10 * SECOND, -59 * MINUTE, -3 * HOUR, -YEAR, -20 * YEAR, 1, HOUR, YEAR, 20 * YEAR];

/// Sends a POST that succeeds, and returns the id of what was added, if anything was.
async fn act(engine: &TestEngine, path: &str, body: &str) -> String {
    let answer = ask(engine, &admin(), post(path, body)).await;
    assert!(answer.status < 300, "{path}: {} {}", answer.status, answer.body);
    answer.json()["id"].as_str().unwrap_or_default().to_owned()
}

fn in_order(content: &JobWithSteps) -> bool {
    let ends = |step: &Step| step.end_time.is_none() || step.end_time >= step.start_time;
    let inside = |step: &Step| content.job.end_time.is_none() || content.job.end_time >= step.start_time;
    let job = &content.job;
    content.steps.iter().all(|step| ends(step) && inside(step) && step.start_time >= job.start_time)
        && (job.end_time.is_none() || job.end_time >= job.start_time)
        && job.last_updated >= job.start_time
}

/// Each command comes after one jump, and is followed by another jump and the end of the job.
#[tokio::test]
async fn no_job_or_step_ends_before_it_starts() {
    for first in JUMPS {
        for second in JUMPS {
            for (command, body) in [
                ("steps/{step}/end", r#"{"succeeded":true}"#),
                ("steps/{step}/end", r#"{"succeeded":false}"#),
                ("steps", r#"{"type":"executing","description":"later"}"#),
                ("steps", r#"{"type":"executing","description":"below","parent_step":{"id":"{step}"}}"#),
                ("end", r#"{"succeeded":true}"#),
                ("end", r#"{"succeeded":false,"force":true}"#),
                ("clear", "{}"),
            ] {
                let engine = world();
                let job = act(&engine, "/jobs", r#"{"description":"a"}"#).await;
                let id: JobId = job.parse().unwrap();
                let path = format!("/jobs/{job}");
                engine.environment.pass(MINUTE);
                let step = act(&engine, &format!("{path}/steps"), r#"{"type":"executing","description":"b"}"#).await;
                let told = format!("{command} {body} after {first} and {second}");
                engine.environment.pass(first);
                let before = stored(&engine, id).await;
                act(&engine, &format!("{path}/{}", command.replace("{step}", &step)), &body.replace("{step}", &step))
                    .await;
                let after = stored(&engine, id).await;
                assert!(in_order(&after), "{told}: {after:?}");
                let moved = after.job.last_updated > before.job.last_updated;
                assert_eq!(moved, command != "clear", "{told}: clients see the change");
                engine.environment.pass(second);
                act(&engine, &format!("{path}/end"), r#"{"succeeded":true}"#).await;
                let ended = stored(&engine, id).await;
                assert!(in_order(&ended) && ended.job.last_updated >= after.job.last_updated, "{told}: {ended:?}");
            }
        }
    }
}

/// A command on a machine ends within its time, or soon after, whenever the clock jumps; its machine is never locked for longer.
#[tokio::test]
async fn a_command_on_a_machine_ends_after_any_jump() {
    for jump in JUMPS {
        for seconds in [0, 5, 20] {
            let engine = machines([]).await;
            act(&engine, &format!("/vms/{}/migrate", vm_id(UP)), "{}").await;
            let job = engine.store.running().await.unwrap()[0].monitoring.job().unwrap();
            pass(&engine, seconds).await;
            engine.environment.pass(jump);
            let mut shown = None;
            for _ in 0..180 {
                pass(&engine, 1).await;
                let content = stored(&engine, job).await;
                assert!(in_order(&content), "{jump} {content:?}");
                let progress = content.steps.iter().find_map(|step| step.progress);
                assert!(progress.is_none() || progress >= shown, "{jump}: progress goes down");
                shown = progress.or(shown);
            }
            let over = stored(&engine, job).await;
            assert_eq!((over.job.status.as_str(), vm_state(&engine, UP).await.as_str()), ("finished", "up on 2"));
            assert!(engine.store.running().await.unwrap().is_empty(), "{jump} after {seconds} s");
        }
    }
}

/// Jumps of the clock after a job's end, each with the minutes that pass then, and how many jobs the sweep after that removes.
#[tokio::test]
async fn a_job_is_kept_for_its_time_after_any_jump() {
    let rows: [&[(i64, i64, usize)]; 7] = [
        &[(0, 9, 0), (0, 2, 1)],
        &[(-HOUR, 0, 0), (0, 9, 0), (0, 2, 1)],
        &[(-YEAR, 0, 0), (0, 9, 0), (0, 2, 1)],
        &[(-HOUR, 0, 0), (-YEAR, 9, 0), (0, 2, 0), (0, 9, 1)],
        &[(-20 * YEAR, 0, 0), (20 * YEAR, 5, 0), (0, 6, 1)],
        &[(-5 * MINUTE, 0, 0), (0, 5, 0), (0, 10, 0), (0, 1, 1)],
        &[(YEAR, 0, 1)],
    ];
    for jumps in rows {
        let engine = world();
        let job = act(&engine, "/jobs", r#"{"description":"a","auto_cleared":true}"#).await;
        act(&engine, &format!("/jobs/{job}/end"), r#"{"succeeded":true}"#).await;
        let ahead = EndsAhead::default();
        for (jump, minutes, removed) in jumps {
            engine.environment.pass(jump + minutes * MINUTE);
            let swept = engine.sweep(&Retention::OVIRT, &ahead).await;
            assert_eq!(swept, Ok(*removed), "{jumps:?}: {jump} {minutes}");
        }
    }
}

/// The sample world goes on after any jump, and what was to come is gone.
#[tokio::test]
async fn the_sample_world_goes_on_after_any_jump() {
    for jump in JUMPS {
        let engine = machines([]).await;
        let start = engine.environment.now();
        let tick = async || {
            let now = engine.environment.now();
            scenario::tick(&engine.store, 42, start, now, &Retention::OVIRT).await.unwrap();
            let jobs = engine.store.list(&List::default()).await.unwrap();
            let jobs: Vec<_> = jobs.into_iter().map(|record| record.content.job).collect();
            assert!(jobs.iter().all(|job| job.start_time <= Some(now)), "{jump}: nothing is still to come");
            assert!(jobs.iter().all(|job| job.end_time.is_none_or(|end| Some(end) >= job.start_time)), "{jump}");
            jobs
        };
        assert!(tick().await.len() > 20);
        engine.environment.pass(jump);
        tick().await;
        engine.environment.pass(2 * SECOND);
        let after = tick().await;
        assert!(after.len() > 20 && after.iter().any(|job| job.status.is_running()), "{jump}: {}", after.len());
        engine.environment.pass(HOUR);
        let later = tick().await;
        let since = |job: &task_monitor::domain::Job| job.start_time > Some(now(&engine) - TimeDelta::hours(1));
        assert!(later.iter().any(since), "{jump}: new jobs start");
    }
}

fn now(engine: &TestEngine) -> Time {
    engine.environment.now()
}
