//! How fast `jobs-engine` sends a long list with all steps, and with how much memory.
//!
//! `make bench-list`. It starts its own servers on loopback, over SQLite and PostgreSQL. One client reads
//! `GET /jobs?follow=steps` of 10,000 jobs with 10 steps each several times, in both formats, and counts the bytes. It asks
//! again with the tag of the last answer, too.
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

use std::time::{Duration, Instant};

use installation::{DatabaseKind, Installation};
use reqwest::{
    Client, Response,
    header::{ACCEPT, ETAG, IF_NONE_MATCH},
};

const JOBS: usize = 10_000;
const STEPS: usize = 10;
const RUNS: usize = 5;
/// How often the memory is looked at, in bytes of the body.
const LOOK: u64 = 2_000_000;

#[tokio::main]
async fn main() {
    // reqwest needs a TLS provider, even for plain HTTP.
    rustls::crypto::ring::default_provider().install_default().unwrap();
    println!(
        "| {JOBS} jobs of {STEPS} steps | MB | first byte, ms | all, ms | MB/s | MB of memory before, during, after | not modified, ms |"
    );
    println!("|---|---|---|---|---|---|---|");
    for kind in [DatabaseKind::Sqlite, DatabaseKind::Postgres] {
        let Some(installation) = Installation::new(kind, 1).await else { continue };
        installation.fill(JOBS, STEPS).await;
        let reader = Reader { client: Client::new(), token: installation.log_in().await, installation: &installation };
        for format in ["application/json", "application/xml"] {
            for _ in 0..RUNS {
                reader.run(kind, format).await;
            }
        }
    }
}

struct Reader<'i> {
    client: Client,
    token: String,
    installation: &'i Installation,
}

impl Reader<'_> {
    async fn run(&self, kind: DatabaseKind, format: &str) {
        let before = self.memory();
        let started = Instant::now();
        let mut answer = self.ask(format, None).await;
        assert_eq!(answer.status(), 200);
        let tag = answer.headers().get(ETAG).map(|tag| tag.to_str().unwrap().to_owned());
        let (mut length, mut during, mut looked, mut first) = (0, before, 0, None);
        while let Some(chunk) = answer.chunk().await.unwrap() {
            first.get_or_insert_with(|| started.elapsed());
            length += chunk.len() as u64;
            if length > looked + LOOK {
                looked = length;
                during = during.max(self.memory());
            }
        }
        let all = started.elapsed();
        let again = match tag {
            Some(tag) => format!("{:.1}", milliseconds(self.not_modified(format, &tag).await)),
            None => "-".to_owned(),
        };
        println!(
            "| {kind:?}, {format} | {:.1} | {:.1} | {:.0} | {:.0} | {:.0}, {:.0}, {:.0} | {again} |",
            megabytes(length),
            milliseconds(first.unwrap()),
            milliseconds(all),
            megabytes(length) / all.as_secs_f64(),
            megabytes(before),
            megabytes(during),
            megabytes(self.memory()),
        );
    }

    async fn not_modified(&self, format: &str, tag: &str) -> Duration {
        let started = Instant::now();
        assert_eq!(self.ask(format, Some(tag)).await.status(), 304);
        started.elapsed()
    }

    async fn ask(&self, format: &str, tag: Option<&str>) -> Response {
        let url = format!("{}/ovirt-engine/api/jobs?follow=steps", self.installation.urls()[0]);
        let request = self.client.get(url).bearer_auth(&self.token).header(ACCEPT, format);
        tag.into_iter().fold(request, |request, tag| request.header(IF_NONE_MATCH, tag)).send().await.unwrap()
    }

    fn memory(&self) -> u64 {
        self.installation.memory()[0]
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}
