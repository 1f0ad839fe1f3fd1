//! Bodies. What the engine writes equals the contract's samples (section 9), except for white space. What clients send is read
//! as strictly as section 2 says.

#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod events;
mod json;
mod reader;
mod recorded;
mod samples;
mod split;
#[path = "../support/mod.rs"]
mod support;
mod xml;

use support::time;
use task_monitor::domain::{ExternalSystem, HostId, Job, Percent, Status, Step, StepType};

const BACKUP: &str = "5f5c1f9e-2b0a-4c56-9a0e-6f3f0f6a7c11";
const LAUNCH: &str = "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d";
const COPY: &str = "0d0c9f0e-8d5e-4a8e-8a57-1b0f2d3c4e51";
const VOLUME: &str = "a3b7c6d5-1122-4f33-9b44-556677889900";
const ZERO: i64 = 1_767_225_600_000;

/// A file of `tests/samples`.
fn sample(file: &str) -> String {
    let path = format!("{}/tests/samples/{file}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn text(bytes: impl Into<Vec<u8>>) -> String {
    String::from_utf8(bytes.into()).unwrap()
}

fn id<I: std::str::FromStr<Err: std::fmt::Debug>>(text: &str) -> I {
    text.parse().unwrap()
}

fn backup() -> Job {
    Job {
        id: id(BACKUP),
        description: "Nightly backup".to_owned(),
        status: Status::Started,
        external: true,
        auto_cleared: false,
        owner: Some(id("58101876-0383-0239-02a3-00000000014d")),
        start_time: Some(time(ZERO)),
        end_time: None,
        last_updated: Some(time(ZERO + 1_200)),
    }
}

fn copy() -> Step {
    Step {
        id: id(COPY),
        job: id(BACKUP),
        parent: None,
        step_type: StepType::Executing,
        description: "Copy data".to_owned(),
        number: Some(0),
        status: Status::Started,
        progress: None,
        start_time: Some(time(ZERO + 300)),
        end_time: None,
        external: true,
        external_system: None,
        execution_host: None,
    }
}

fn volume() -> Step {
    Step {
        id: id(VOLUME),
        parent: Some(id(COPY)),
        step_type: StepType::Unknown,
        description: "Volume 1".to_owned(),
        status: Status::Finished,
        start_time: Some(time(ZERO + 600)),
        end_time: Some(time(ZERO + 1_200)),
        ..copy()
    }
}

fn internal() -> Step {
    Step {
        id: id("c1c2c3c4-0000-4000-8000-010203040506"),
        job: id(LAUNCH),
        parent: None,
        step_type: StepType::Unknown,
        description: "Copying Volume".to_owned(),
        number: Some(1),
        status: Status::Started,
        progress: Some(Percent::clamped(42)),
        start_time: Some(time(ZERO + 600)),
        end_time: None,
        external: false,
        external_system: Some(ExternalSystem::Vdsm),
        execution_host: Some(id::<HostId>("2f3e4d5c-0000-4000-8000-aabbccddeeff")),
    }
}
