//! Times of a job when the clock was set back: nothing ends before it starts, and nothing is updated before the last update.

use chrono::TimeDelta;

use crate::domain::{Job, JobWithSteps, Time};

/// Now, or the start if that is later.
pub fn not_before(start: Option<Time>, now: Time) -> Time {
    start.map_or(now, |start| start.max(now))
}

/// When a job ends that is ended now: not before it starts, and not before anything that happened in it.
pub fn end_of_job(target: &JobWithSteps, now: Time) -> Time {
    let steps = target.steps.iter().flat_map(|step| [step.start_time, step.end_time]);
    not_before(steps.chain([target.job.start_time]).flatten().max(), now)
}

/// Notes that the job changed now. Clients compare this time with the one that they know, so it moves on with each change, if only
/// by a millisecond.
pub fn touch(job: &mut Job, now: Time) {
    let moved_on = job.last_updated.map(|last| if now < last { last + TimeDelta::milliseconds(1) } else { now });
    job.last_updated = Some(not_before(job.start_time, moved_on.unwrap_or(now)));
}
