//! What strangers cost `jobs-engine`: 5,000 clients without valid credentials send 1 MiB each, while others work.
//!
//! `make bench-strangers`. For each way to send it, it prints how much more memory the server has at most, how much more of it
//! is left 30 seconds after they left, and how long others had to wait meanwhile.
#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a tool for the terminal, which stops at any error"
)]

#[path = "../load/installation.rs"]
mod installation;
#[path = "../../tests/support/postgres.rs"]
mod postgres;
mod stranger;
mod work;

use std::time::Duration;

use installation::{DatabaseKind, Installation};
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use stranger::{KINDS, Stranger};
use tokio::{sync::watch, task::JoinSet, time::sleep};
use work::Work;

const STRANGERS: usize = 5000;
/// How long they stay.
const STAY: Duration = Duration::from_secs(15);
/// How long after they left the memory is measured again.
const AFTER: Duration = Duration::from_secs(30);
const MEGABYTE: u64 = 1_000_000;

#[tokio::main]
async fn main() {
    // reqwest needs a TLS provider, even for plain HTTP.
    rustls::crypto::ring::default_provider().install_default().unwrap();
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }).unwrap();
    println!(
        "| program | {STRANGERS} strangers | MB before | at most more | more after | requests of others | failed | longest, ms |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for program in ["serve", "connect"] {
        // With a second argument, only what has that in its name.
        let wanted = std::env::args().nth(2).unwrap_or_default();
        for kind in KINDS.iter().filter(|kind| format!("{program}: {}", kind.name).contains(&wanted)) {
            measure(program, kind).await;
        }
    }
}

async fn measure(program: &str, kind: &'static Stranger) {
    let mut installation = Installation::new(DatabaseKind::Sqlite, 1).await.unwrap();
    let token = installation.log_in().await;
    if program == "connect" {
        installation.connect().await;
    }
    let url = installation.urls().pop().unwrap();
    let memory = || installation.memory().pop().unwrap();
    let work = Work::new(url.clone(), token);
    // What it needs in any case.
    work.run(Duration::from_secs(3)).await;
    let before = memory();
    let (leave, left) = watch::channel(());
    let mut strangers = JoinSet::new();
    for _ in 0..STRANGERS {
        strangers.spawn(kind.run(url.clone(), left.clone()));
    }
    let mut most = 0;
    let watched = async {
        loop {
            most = most.max(memory());
            sleep(Duration::from_millis(50)).await;
        }
    };
    let stayed = async {
        let others = work.run(STAY).await;
        drop(leave);
        strangers.join_all().await;
        sleep(AFTER).await;
        others
    };
    let others = tokio::select! {
        others = stayed => others,
        never = watched => never,
    };
    let more = |memory: u64| memory.saturating_sub(before) / MEGABYTE;
    println!(
        "| {program} | {} | {} | {} | {} | {} | {} | {} |",
        kind.name,
        before / MEGABYTE,
        more(most),
        more(memory()),
        others.requests,
        others.failed,
        others.longest.as_millis()
    );
}
