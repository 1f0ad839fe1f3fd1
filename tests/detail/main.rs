//! What the detail of a job or step says and draws.
#![cfg(feature = "server")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may")]

mod others;
mod step_timeline;
#[path = "../support/mod.rs"]
mod support;
mod ticket;
mod ticks;

use support::{NOW, job, outline::snapshot, step, time};
use task_monitor::{
    domain::{JobWithSteps, Status, Step},
    view::subject::Subject,
};

const FAILED: Status = Status::Failed;
const ENDED: Status = Status::Finished;
const RUNS: Status = Status::Started;

/// Number, parent, description, status, start and end in seconds after the job's start.
type Row = (u128, Option<u128>, &'static str, Status, Option<i64>, Option<i64>);

/// A job with these steps, which started at [`NOW`] and ended 100 seconds later, or runs.
fn subject(status: Status, rows: &[Row]) -> Subject {
    let at = |seconds: i64| time(NOW + seconds * 1_000);
    let steps = rows.iter().map(|&(number, parent, description, status, start, end)| Step {
        description: description.to_owned(),
        start_time: start.map(at),
        end_time: end.map(at),
        ..step(1, number, parent, status, false)
    });
    let mut content = JobWithSteps { steps: steps.collect(), ..job(1, status, false) };
    content.job.start_time = Some(at(0));
    content.job.end_time = status.is_ended().then(|| at(100));
    let snapshot = snapshot([content]);
    Subject { job: snapshot.jobs()[0].clone(), step: None }
}
