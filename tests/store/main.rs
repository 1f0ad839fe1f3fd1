//! One test suite for all stores.
#![cfg(all(feature = "server", not(target_arch = "wasm32")))]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod answers;
mod at_once;
mod events;
mod file;
mod inventory;
mod jobs;
mod lists;
#[path = "../support/postgres.rs"]
mod postgres_server;
mod sessions;
mod snapshots;
mod versions;

use std::path::Path;

use answers::{concurrent_requests_with_one_key_are_one, keeps_answers_with_jobs};
use at_once::{
    concurrent_commands_on_one_machine_begin_once, concurrent_inserters_all_succeed, concurrent_savers_lose_nothing,
};
use events::{
    a_program_has_each_custom_id_once, finds_events, forgets_old_events, keeps_everything_of_an_event,
    the_sample_world_writes_each_event_once, who_follows_the_events_misses_none,
    writes_events_with_what_they_are_about,
};
use inventory::{commits_a_change_whole_or_not_at_all, is_seeded_once_and_keeps_everything};
use jobs::{
    a_job_may_have_many_steps, deletes_jobs_with_their_steps, keeps_everything, refuses_stale_saves, replaces_steps,
    reports_missing_jobs,
};
use lists::{lists_auto_cleared_jobs, lists_continue_after_any_position, lists_in_order};
use task_monitor::{
    domain::{Job, JobId, JobWithSteps, Status, Step, StepId, StepType, Time, UserId},
    engine::{JobRecord, MemoryStore},
    server::database::{Database, DatabaseUrl},
};
use tempfile::TempDir;
use uuid::Uuid;
use versions::{every_change_makes_another_version, lists_of_one_version_are_equal};

/// Runs each behaviour on each store.
macro_rules! every_store {
    ($($behaviour:ident)*) => {
        mod memory {
            $(#[tokio::test]
            async fn $behaviour() {
                super::$behaviour(super::MemoryStore::default()).await;
            })*
        }
        mod sqlite_file {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $behaviour() {
                let folder = super::TempDir::new().unwrap();
                super::$behaviour(super::open(folder.path()).await).await;
            })*
        }
        mod sqlite_in_memory {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $behaviour() {
                super::$behaviour(super::Database::open(&super::DatabaseUrl::Memory).await.unwrap()).await;
            })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
            async fn $behaviour() {
                let Some(url) = super::postgres_server::database() else { return };
                super::$behaviour(super::Database::open(&url.parse().unwrap()).await.unwrap()).await;
            })*
        }
    };
}

every_store! {
    keeps_everything
    reports_missing_jobs
    refuses_stale_saves
    replaces_steps
    concurrent_savers_lose_nothing
    concurrent_inserters_all_succeed
    lists_in_order
    lists_continue_after_any_position
    lists_auto_cleared_jobs
    a_job_may_have_many_steps
    deletes_jobs_with_their_steps
    is_seeded_once_and_keeps_everything
    commits_a_change_whole_or_not_at_all
    concurrent_commands_on_one_machine_begin_once
    keeps_answers_with_jobs
    concurrent_requests_with_one_key_are_one
    every_change_makes_another_version
    lists_of_one_version_are_equal
    keeps_everything_of_an_event
    writes_events_with_what_they_are_about
    a_program_has_each_custom_id_once
    finds_events
    forgets_old_events
    the_sample_world_writes_each_event_once
    who_follows_the_events_misses_none
}

async fn open(folder: &Path) -> Database {
    Database::open(&DatabaseUrl::Sqlite(folder.join("jobs.db"))).await.unwrap()
}

fn record(number: u128, start: i64) -> JobRecord {
    let job = Job {
        id: job_id(number),
        description: format!("job {number}"),
        status: Status::Started,
        external: true,
        auto_cleared: false,
        owner: Some(UserId::new(Uuid::from_u128(77))),
        start_time: time(start),
        end_time: None,
        last_updated: time(start),
    };
    JobRecord { content: JobWithSteps { job, steps: Vec::new() }, correlation_id: "run".to_owned(), scenario: false }
}

fn step(record: &JobRecord, number: u128) -> Step {
    Step {
        id: step_id(number),
        job: record.content.job.id,
        parent: None,
        step_type: StepType::Executing,
        description: format!("step {number}"),
        number: None,
        status: Status::Started,
        progress: None,
        start_time: time(1),
        end_time: None,
        external: true,
        external_system: None,
        execution_host: None,
    }
}

fn job_id(number: u128) -> JobId {
    JobId::new(Uuid::from_u128(number))
}

fn step_id(number: u128) -> StepId {
    StepId::new(Uuid::from_u128(number << 64))
}

fn time(milliseconds: i64) -> Option<Time> {
    Time::from_timestamp_millis(milliseconds)
}
