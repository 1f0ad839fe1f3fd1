//! The engine through its API: a table for each part of the contract.
#![cfg(feature = "server")]
#![allow(clippy::panic, clippy::unwrap_used, reason = "a test may")]

mod attached;
mod clock;
mod commands;
mod counting;
mod departures;
mod errors;
mod events;
mod follow;
mod formats;
mod inventory;
mod limits;
mod machines;
mod operations;
mod permissions;
mod reading;
mod semantics;
mod store;
#[path = "../support/mod.rs"]
mod support;
mod tags;
#[path = "../conformance/xml.rs"]
#[allow(dead_code, reason = "only its reader is of use here")]
mod xml;

use support::{Answer, TestEngine, engine, job, job_with_steps};
use task_monitor::domain::{JobId, JobWithSteps, Status};
use task_monitor::engine::Store;

/// Jobs for tests: 1 started, 2 finished, 3 unknown, 4 internal, all with three steps; 5 belongs to the creator.
fn world() -> TestEngine {
    let mut own = job(5, Status::Started, true);
    own.job.owner = Some(support::creator().user.id);
    engine([
        job_with_steps(1, Status::Started, true),
        job_with_steps(2, Status::Finished, true),
        job_with_steps(3, Status::Unknown, true),
        job_with_steps(4, Status::Started, false),
        own,
    ])
}

async fn stored(engine: &TestEngine, id: JobId) -> JobWithSteps {
    engine.store.load(id).await.unwrap().unwrap().record.content
}

fn check(name: &str, answer: &Answer, status: u16, body: &str) {
    assert_eq!((answer.status, answer.body.as_str()), (status, body), "{name}");
}
