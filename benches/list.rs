//! Measures how a list of 10,000 jobs of ten steps each is read while it arrives.
#![allow(missing_docs, reason = "criterion's macros write the functions")]
#![allow(clippy::unwrap_used, reason = "a bench may")]

use std::{hint::black_box, sync::Arc};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use task_monitor::{
    domain::{JobWithSteps, Status, Time},
    engine::scenario,
    wire::{
        Base, Format, describe,
        json::{
            FollowedJob, JobsReader, ReadJobs, read_jobs,
            split::{SplitError, Splitter},
        },
    },
};

const JOBS: usize = 10_000;
const STEPS: usize = 10;
/// As a browser hands out a body.
const PIECE: usize = 64 << 10;

fn world() -> Vec<JobWithSteps> {
    let now = Time::from_timestamp_millis(1_767_225_600_000).unwrap();
    scenario::large(7, JOBS, STEPS, now).into_iter().map(|record| record.content).collect()
}

fn body(world: Vec<JobWithSteps>) -> Vec<u8> {
    describe::jobs(Format::Json, Base::V4, true, world.into_iter()).into_bytes()
}

/// The same world with one of a hundred jobs changed.
fn with_changes(mut world: Vec<JobWithSteps>) -> Vec<JobWithSteps> {
    for content in world.iter_mut().step_by(100) {
        content.job.status = Status::Unknown;
        content.job.description.push('.');
    }
    world
}

fn split(body: &[u8]) -> usize {
    let (mut splitter, mut count) = (Splitter::new("job"), 0);
    for piece in body.chunks(PIECE) {
        splitter
            .take(piece, &mut |entry| {
                count += usize::from(!black_box(entry).is_empty());
                Ok::<_, SplitError>(())
            })
            .unwrap();
    }
    splitter.finish().unwrap();
    count
}

fn read(before: &Arc<ReadJobs<Arc<FollowedJob>>>, body: &[u8]) -> ReadJobs<Arc<FollowedJob>> {
    let mut reader = JobsReader::new(Arc::clone(before), Arc::new);
    for piece in body.chunks(PIECE) {
        reader.take(piece).unwrap();
    }
    reader.finish().unwrap()
}

fn split_bodies(criterion: &mut Criterion) {
    let compact = body(world());
    // As a real engine writes it.
    let pretty = format!("{:#}", serde_json::from_slice::<serde_json::Value>(&compact).unwrap()).into_bytes();
    let mut group = criterion.benchmark_group("split 10,000 x 10");
    for (name, body) in [("compact", &compact), ("pretty", &pretty)] {
        assert_eq!(split(body), JOBS);
        group.throughput(Throughput::Bytes(body.len() as u64));
        group.bench_function(name, |bencher| bencher.iter(|| split(black_box(body))));
    }
}

fn read_bodies(criterion: &mut Criterion) {
    let before = body(world());
    let after = body(with_changes(world()));
    let none = Arc::new(ReadJobs::none(7));
    let known = Arc::new(read(&none, &before));
    assert_eq!((read(&none, &before).decoded, read(&known, &after).decoded), (JOBS, JOBS / 100));
    let mut group = criterion.benchmark_group("read 10,000 x 10");
    group.sample_size(20).throughput(Throughput::Bytes(before.len() as u64));
    group.bench_function("whole, as one body", |bencher| bencher.iter(|| read_jobs(black_box(&before))));
    for (name, known, body) in
        [("nothing known", &none, &before), ("1 % changed", &known, &after), ("nothing changed", &known, &before)]
    {
        group.bench_function(name, |bencher| bencher.iter(|| read(known, black_box(body))));
    }
}

criterion_group!(benches, split_bodies, read_bodies);
criterion_main!(benches);
