//! Load test of `jobs-engine`: many clients, each of which adds a job with steps, ends it and reads the list.
//!
//! `make bench-load`. It starts its own servers on loopback, over SQLite and PostgreSQL, with one process and two, with few
//! and many stored jobs, and kills a process in the middle of some cases. Confirmed writes are recorded and compared with
//! the database at the end.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a tool for the terminal, which stops at any error"
)]

mod client;
mod confirmed;
mod installation;
#[path = "../../tests/support/postgres.rs"]
mod postgres;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use client::Load;
use installation::{DatabaseKind, Installation};
use tokio::task::JoinSet;

const CLIENTS: usize = 200;
/// How long each case runs.
const TIME: Duration = Duration::from_secs(10);
/// How many jobs are stored before the second half of the cases.
const MANY: usize = 100_000;
/// How many steps each of them has.
const STORED_STEPS: usize = 2;
/// How many jobs the measured list has.
const LISTED: usize = 10_000;

struct Case {
    kind: DatabaseKind,
    processes: usize,
    stored: usize,
    kill: bool,
}

#[tokio::main]
async fn main() {
    // reqwest needs a TLS provider, even for plain HTTP.
    rustls::crypto::ring::default_provider().install_default().unwrap();
    let case = |kind, processes, stored, kill| Case { kind, processes, stored, kill };
    let mut cases = Vec::new();
    for stored in [0, MANY] {
        for kind in [DatabaseKind::Sqlite, DatabaseKind::Postgres] {
            cases.extend([1, 2].map(|processes| case(kind, processes, stored, false)));
        }
    }
    cases.push(case(DatabaseKind::Sqlite, 1, 0, true));
    cases.push(case(DatabaseKind::Postgres, 2, 0, true));
    println!("{CLIENTS} clients, {} s for each case\n", TIME.as_secs());
    println!(
        "| database | processes | stored jobs | requests/s | p50 ms | p99 ms | errors | peak RSS MB | confirmed, found |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for case in cases {
        run(&case).await;
    }
    println!("\n| list of {LISTED} jobs | seconds | MB sent | peak RSS MB before | after |\n|---|---|---|---|---|");
    for kind in [DatabaseKind::Sqlite, DatabaseKind::Postgres] {
        list(kind).await;
    }
}

async fn run(case: &Case) {
    let Some(mut installation) = Installation::new(case.kind, case.processes).await else { return };
    installation.fill(case.stored, STORED_STEPS).await;
    let token = installation.log_in().await;
    let load = Arc::new(Load::new(installation.urls(), token));
    let started = Instant::now();
    let mut clients = JoinSet::new();
    for number in 0..CLIENTS {
        clients.spawn(Arc::clone(&load).run(number, started + TIME));
    }
    if case.kill {
        tokio::time::sleep_until((started + TIME / 2).into()).await;
        installation.kill_first().await;
    }
    clients.join_all().await;
    let seconds = started.elapsed().as_secs_f64();
    let mut took = load.took();
    took.sort_unstable();
    let at = |share: f64| {
        took.get(((took.len() as f64 - 1.0) * share) as usize).map_or(0.0, |micros| f64::from(*micros) / 1000.0)
    };
    let memory: Vec<String> = installation.peak_memory().iter().map(|bytes| format!("{}", bytes / 1_000_000)).collect();
    let (confirmed, found) = load.confirmed.compare(&installation.open().await).await;
    println!(
        "| {:?} | {}{} | {} | {:.0} | {:.1} | {:.1} | {} | {} | {confirmed}, {found} |",
        case.kind,
        case.processes,
        if case.kill { ", one killed" } else { "" },
        case.stored,
        took.len() as f64 / seconds,
        at(0.5),
        at(0.99),
        load.errors(),
        memory.join(" + "),
    );
    assert_eq!(confirmed, found, "a confirmed write is lost");
}

/// One client reads a long list. Then ten clients read it at once.
async fn list(kind: DatabaseKind) {
    let Some(installation) = Installation::new(kind, 1).await else { return };
    installation.fill(LISTED, STORED_STEPS).await;
    let load = Arc::new(Load::new(installation.urls(), installation.log_in().await));
    let before = installation.peak_memory()[0];
    let started = Instant::now();
    let bytes = load.list_all().await;
    let seconds = started.elapsed().as_secs_f64();
    let one = installation.peak_memory()[0];
    let mut readers = JoinSet::new();
    for _ in 0..10 {
        let load = Arc::clone(&load);
        readers.spawn(async move { load.list_all().await });
    }
    readers.join_all().await;
    let ten = installation.peak_memory()[0];
    let megabytes = |bytes: u64| bytes as f64 / 1e6;
    println!(
        "| {kind:?} | {seconds:.2} | {:.1} | {:.0} | {:.0}, and {:.0} with ten at once |",
        megabytes(bytes),
        megabytes(before),
        megabytes(one),
        megabytes(ten)
    );
}
