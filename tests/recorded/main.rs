//! What a real oVirt engine 4.5.7 answered (tests/samples/engine-4.5.7), asked again here.
#![cfg(all(feature = "server", not(target_arch = "wasm32")))]
#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::unwrap_used, reason = "a test may")]

mod cases;
mod compare;
mod doors;
#[path = "../engine/machines.rs"]
#[allow(dead_code, reason = "only the data centre is of use here")]
mod machines;
#[path = "../server/process.rs"]
mod process;
mod replay;
#[path = "../support/mod.rs"]
mod support;
mod table;
#[path = "../conformance/xml.rs"]
mod xml;

use process::{DatabaseKind, Installation};
use replay::{Form, Replay};

const KIND: DatabaseKind = DatabaseKind::Sqlite;

#[tokio::test]
async fn the_engine_in_process_answers_as_recorded() {
    for form in [Form::Json, Form::JsonUnderV4, Form::Xml] {
        let doors = doors::in_process().await;
        Replay::of_jobs_engine(form, false).run(&doors).await;
    }
}

#[tokio::test]
async fn the_server_answers_as_recorded() {
    let installation = Installation::new();
    let server = installation.serve(&["--sample"]).await;
    for form in [Form::Json, Form::JsonUnderV4, Form::Xml] {
        let doors = doors::of_server(&server, &installation, form).await;
        Replay::of_jobs_engine(form, true).run(&doors).await;
    }
}

/// `make replay`: the same against the engine that the environment names (docs/ovirt-engine.md).
#[tokio::test]
#[ignore = "needs an engine"]
async fn the_engine_of_the_environment_answers_as_recorded() {
    let doors = doors::of_environment().await;
    Replay::of_engine(std::env::var("REPLAY_AS").as_deref() == Ok("jobs-engine")).run(&doors).await;
}

/// Every row of the tables is about a recorded case, and every departure is in the document.
#[test]
fn the_tables_name_recorded_cases_and_documented_departures() {
    let cases = cases::all();
    let known = |name: &str| name == table::ANY || cases.iter().any(|case| case.name == name);
    for (name, _) in table::LEFT_OUT.iter().flat_map(|(_, names)| names.iter().map(|name| (name, ()))) {
        assert!(known(name), "{name}");
    }
    assert!(table::ONLY_JSON.iter().chain(table::ONLY_FIRST).all(|name| known(name)));
    let document = std::fs::read_to_string("docs/departures.md").unwrap();
    for (name, _, row) in table::DEPARTURES {
        assert!(known(name), "{name}");
        assert!(document.contains(&format!("\n| {row} | ")), "no row {row:?}");
    }
}
