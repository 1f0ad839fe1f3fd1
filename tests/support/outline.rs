//! Snapshots for tests, fixed and random.

use std::sync::Arc;

use proptest::prelude::*;
use task_monitor::domain::{
    Job, JobWithSteps, Status, Step, Time,
    outline::{Filter, Filtered, Names, NodeId, Snapshot, Sort, StatusSet, StepTree, Zone, filter},
};

use super::{NOW, admin, job, job_id, plain_user, step, step_id, time};

/// The engine's time.
pub fn now() -> Time {
    time(NOW)
}

/// A job with its steps, as in the answer to a poll with `follow=steps`.
pub fn fetched(content: JobWithSteps) -> (Job, Option<StepTree>) {
    (content.job, Some(StepTree::nest(content.steps)))
}

/// A snapshot of jobs whose steps are all loaded.
pub fn snapshot(jobs: impl IntoIterator<Item = JobWithSteps>) -> Snapshot {
    Snapshot::default().advance(jobs.into_iter().map(fetched))
}

/// A started external job with these steps: number, parent, status.
pub fn job_of(number: u128, steps: &[(u128, Option<u128>, Status)]) -> JobWithSteps {
    let steps = steps.iter().map(|&(id, parent, status)| step(number, id, parent, status, true)).collect();
    JobWithSteps { steps, ..job(number, Status::Started, true) }
}

/// The users' names that the fixtures know.
pub fn names() -> Names {
    [admin(), plain_user()].into_iter().map(|caller| (caller.user.id, caller.user.user_name)).collect()
}

/// The jobs that match a filter, newest first.
pub fn left(snapshot: &Snapshot, wanted: &Filter) -> Filtered {
    filter(snapshot, wanted, Sort::default(), &names(), Zone::default(), now())
}

/// A filter with only a text.
pub fn search(text: &str) -> Filter {
    Filter { text: text.to_owned(), ..Filter::default() }
}

pub fn job_node(number: u128) -> NodeId {
    NodeId::Job(job_id(number))
}

pub fn step_node(job: u128, number: u128) -> NodeId {
    NodeId::Step(job_id(job), step_id(number))
}

/// Any status.
pub fn any_status() -> impl Strategy<Value = Status> + Clone {
    prop::sample::select(Status::ALL.to_vec())
}

/// Up to twelve steps of a job in any order: with orphans, repeated ids, steps under themselves, and circles.
pub fn any_steps(job: u128) -> impl Strategy<Value = Vec<Step>> {
    let one = (0..10_u128, prop::option::of(0..12_u128), any_status(), 0..3_u32);
    prop::collection::vec(one, 0..12).prop_map(move |steps| {
        let made = steps.into_iter().map(|(number, parent, status, place)| Step {
            number: Some(place),
            ..step(job, job * 100 + number, parent.map(|parent| job * 100 + parent), status, number % 2 == 0)
        });
        made.collect()
    })
}

/// A job with that number, in any state. Half of the jobs have loaded steps.
fn any_job() -> impl Strategy<Value = (Job, Option<Vec<Step>>)> {
    let traits = (0..16_u128, any_status(), any::<bool>(), any::<bool>());
    traits.prop_flat_map(|(number, status, external, known)| {
        any_steps(number).prop_map(move |steps| (job(number, status, external).job, known.then_some(steps)))
    })
}

/// The answer to a poll: up to 16 jobs, in any order, some with steps.
pub fn any_poll() -> impl Strategy<Value = Vec<(Job, Option<Vec<Step>>)>> {
    prop::collection::vec(any_job(), 0..24)
}

/// The next snapshot after a poll.
pub fn advanced(snapshot: &Snapshot, poll: Vec<(Job, Option<Vec<Step>>)>) -> Arc<Snapshot> {
    Arc::new(snapshot.advance(poll.into_iter().map(|(job, steps)| (job, steps.map(StepTree::nest)))))
}

/// Filters that some jobs match and others do not.
pub fn any_filter() -> impl Strategy<Value = Filter> {
    let text = prop::sample::select(vec!["", "", "job 1", "step 1", "2", "failed", "external 3", "nothing has this"]);
    let statuses = prop::collection::vec(any_status(), 0..3);
    (text, statuses, prop::option::of(any::<bool>()), any::<bool>()).prop_map(
        |(text, statuses, external, attention)| Filter {
            text: text.to_owned(),
            statuses: StatusSet::from_iter(statuses),
            external,
            attention,
            stuck: false,
            event_jobs: false,
        },
    )
}
