//! Measures decoding, nesting, filtering and flattening with 10,000 jobs of ten steps each.
#![allow(missing_docs, reason = "criterion's macros write the functions")]
#![allow(clippy::unwrap_used, reason = "a bench may")]

use std::hint::black_box;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use task_monitor::{
    domain::{
        JobWithSteps, Status, Step, Time,
        change::diff,
        outline::{
            Column, Direction, Expansion, Filter, Names, NodeId, Query, Snapshot, Sort, StepTree, StuckJobs, Zone,
            filter, flatten,
        },
    },
    engine::scenario,
    wire::{Base, Format, describe, json},
};

const JOBS: usize = 10_000;
const STEPS: usize = 10;

fn now() -> Time {
    Time::from_timestamp_millis(1_767_225_600_000).unwrap()
}

fn world() -> Vec<JobWithSteps> {
    scenario::large(7, JOBS, STEPS, now()).into_iter().map(|record| record.content).collect()
}

fn snapshot(world: &[JobWithSteps]) -> Snapshot {
    let node = |content: &JobWithSteps| (content.job.clone(), Some(StepTree::nest(content.steps.clone())));
    Snapshot::default().advance(world.iter().map(node))
}

fn names() -> Names {
    scenario::users().into_iter().map(|user| (user.id, user.user_name)).collect()
}

/// Every job and every step with children is open: there are 110,000 rows.
fn all_open(snapshot: &Snapshot) -> Expansion {
    let mut expansion = Expansion::default();
    for job in snapshot.jobs() {
        expansion.extend([NodeId::Job(job.job.id)]);
        let steps = job.steps.tree().into_iter().flat_map(StepTree::nodes);
        let parents = steps.filter(|step| step.descendants > 0);
        expansion.extend(parents.map(|step| NodeId::Step(job.job.id, step.step.id)));
    }
    expansion
}

fn decode(criterion: &mut Criterion) {
    let plain = describe::jobs(Format::Json, Base::Plain, false, world().into_iter()).into_bytes();
    criterion.bench_function("decode 10,000 jobs", |bencher| bencher.iter(|| json::read_jobs(black_box(&plain))));
    let followed = describe::jobs(Format::Json, Base::Plain, true, world().into_iter()).into_bytes();
    criterion.bench_function("decode 10,000 jobs, steps followed", |bencher| {
        bencher.iter(|| json::read_jobs(black_box(&followed)));
    });
}

fn nest(criterion: &mut Criterion) {
    let steps = || -> Vec<Vec<Step>> { world().into_iter().map(|content| content.steps).collect() };
    let nest_all = |steps: Vec<Vec<Step>>| steps.into_iter().map(StepTree::nest).collect::<Vec<_>>();
    criterion.bench_function("nest 10,000 x 10", |bencher| {
        bencher.iter_batched(steps, nest_all, BatchSize::LargeInput);
    });
}

fn flatten_rows(criterion: &mut Criterion) {
    let snapshot = snapshot(&world());
    let filtered = filter(&snapshot, &Filter::default(), Sort::default(), &names(), Zone::default(), now());
    let expansion = all_open(&snapshot);
    assert_eq!(flatten(&snapshot, &filtered, &expansion).len(), JOBS * (STEPS + 1));
    criterion.bench_function("flatten 110,000 visible rows", |bencher| {
        bencher.iter(|| flatten(black_box(&snapshot), &filtered, &expansion));
    });
    let closed = Expansion::default();
    criterion.bench_function("flatten 10,000 closed jobs", |bencher| {
        bencher.iter(|| flatten(black_box(&snapshot), &filtered, &closed));
    });
}

fn diff_snapshots(criterion: &mut Criterion) {
    let world = world();
    let old = snapshot(&world);
    let poll = || {
        let end = |(index, content): (usize, &JobWithSteps)| {
            let mut job = content.job.clone();
            if index % 100 == 0 {
                job.status = Status::Aborted;
            }
            (job, None)
        };
        world.iter().enumerate().map(end).collect::<Vec<_>>()
    };
    criterion.bench_function("advance by a poll with 1 % changed", |bencher| {
        bencher.iter_batched(poll, |jobs| old.advance(jobs), BatchSize::LargeInput);
    });
    let new = old.advance(poll());
    assert!((80..=100).contains(&diff(&old, &new).changed.len()));
    criterion.bench_function("diff with 1 % changed", |bencher| bencher.iter(|| diff(black_box(&old), &new)));
}

/// What a poll, another order or another search costs when nearly all jobs are as before.
fn filter_again(criterion: &mut Criterion) {
    let (world, names) = (world(), names());
    let old = snapshot(&world);
    let mut changed = world;
    changed.iter_mut().step_by(100).for_each(|content| content.job.status = Status::Aborted);
    let new = old.advance(changed.iter().map(|content| (content.job.clone(), None)));
    let question = |text: &str| Filter { text: text.to_owned(), ..Filter::default() };
    let by_task = Sort { column: Column::Description, direction: Direction::Ascending };
    let (searched, all) = (question("db01"), question(""));
    let zone = Zone::default();
    let stuck = StuckJobs::default();
    let query = |filter, sort| Query { filter, sort, names: &names, zone: &zone, now: now(), stuck: &stuck };
    let before = filter(&old, &searched, Sort::default(), &names, Zone::default(), now());
    let rows = [
        ("nothing changed", &old, &searched, Sort::default()),
        ("1 % changed", &new, &searched, Sort::default()),
        ("another order", &old, &searched, by_task),
        ("no search", &old, &all, Sort::default()),
    ];
    for (name, snapshot, question, sort) in rows {
        criterion.bench_function(&format!("filter 110,000 rows again: {name}"), |bencher| {
            bencher.iter(|| before.again(&old, black_box(snapshot), query(question, sort), None));
        });
    }
}

fn search(criterion: &mut Criterion) {
    let (snapshot, names) = (snapshot(&world()), names());
    for (name, text) in [("a letter", "a"), ("a word", "db01"), ("no match", "nothing has this"), ("a time", "02:15")] {
        let question = Filter { text: text.to_owned(), ..Filter::default() };
        criterion.bench_function(&format!("filter 110,000 rows: {name}"), |bencher| {
            bencher.iter(|| filter(black_box(&snapshot), &question, Sort::default(), &names, Zone::default(), now()));
        });
    }
}

criterion_group!(benches, decode, nest, flatten_rows, diff_snapshots, search, filter_again);
criterion_main!(benches);
