//! Jobs and steps as an engine sends them. Section 10 of the contract lists the traps.

use std::collections::BTreeMap;

use serde::{Deserialize, de::IgnoredAny};

use super::{
    document::{Undecodable, read_document},
    lenient::{AnyValue, flag, integer, object, reference, text, time, word},
    list::{Listed, read_entries},
};
use crate::domain::{ExternalSystem, HostId, Job, JobId, Percent, Status, Step, StepId, StepType, Time, UserId};

/// A job, and its steps if the request asked to follow them.
pub type FollowedJob = (Job, Option<Vec<Step>>);

/// Reads `{"job":[…]}`; without `job` it is an empty list. Followed steps come along.
pub fn read_jobs(body: &[u8]) -> Result<Listed<FollowedJob>, Undecodable> {
    let document: ListDto<'_> = read_document(body)?;
    if document.job.is_null() && !is_empty_list(body, "job")? {
        return Err(not_the_list());
    }
    let mut unreadable_steps = 0;
    let mut convert = |job: JobDto<'_>| {
        let (job, unreadable) = job.into_followed_job()?;
        unreadable_steps += unreadable;
        Some(job)
    };
    let mut jobs = read_entries(document.job, &mut convert).ok_or_else(not_the_list)?;
    jobs.unreadable += unreadable_steps;
    Ok(jobs)
}

/// Reads one entry of a list of jobs. Gives back, too, how many of its followed steps could not be read.
pub fn read_listed_job(entry: &[u8]) -> Result<(FollowedJob, usize), Undecodable> {
    read_document::<JobDto<'_>>(entry)?.into_followed_job().ok_or_else(no_id)
}

/// Reads one job.
pub fn read_job(body: &[u8]) -> Result<Job, Undecodable> {
    read_document::<JobDto<'_>>(body)?.into_job().ok_or_else(no_id)
}

/// Reads `{"step":[…]}` of a job. The job is the one that was asked for: links in the body may name another.
pub fn read_steps(body: &[u8], job: JobId) -> Result<Listed<Step>, Undecodable> {
    let document: ListDto<'_> = read_document(body)?;
    if document.step.is_null() && !is_empty_list(body, "step")? {
        return Err(not_the_list());
    }
    read_entries(document.step, &mut |step: StepDto| step.into_step(job)).ok_or_else(not_the_list)
}

/// Reads one step of a job.
pub fn read_step(body: &[u8], job: JobId) -> Result<Step, Undecodable> {
    read_document::<StepDto>(body)?.into_step(job).ok_or_else(no_id)
}

/// A list of jobs or of steps, or what came in its place.
#[derive(Deserialize, Default)]
#[serde(default)]
struct ListDto<'a> {
    #[serde(borrow)]
    job: AnyValue<'a, JobDto<'a>>,
    #[serde(borrow)]
    step: AnyValue<'a, StepDto>,
}

/// Whether a document without entries is an empty list: `{}`, perhaps with links. If another document, such as a proxy's message,
/// were taken for an empty list, it would blank the page.
pub(super) fn is_empty_list(body: &[u8], entries: &str) -> Result<bool, Undecodable> {
    let members: BTreeMap<String, IgnoredAny> = read_document(body)?;
    Ok(members.keys().all(|name| name == entries || ["actions", "href", "link"].contains(&name.as_str())))
}

/// `Job` of the API model, as far as the page uses it. All others of its members are skipped.
#[derive(Deserialize, Default)]
#[serde(default)]
struct JobDto<'a> {
    #[serde(deserialize_with = "word")]
    id: Option<JobId>,
    #[serde(deserialize_with = "text")]
    description: Option<String>,
    #[serde(deserialize_with = "word")]
    status: Option<Status>,
    #[serde(deserialize_with = "flag")]
    external: bool,
    #[serde(deserialize_with = "flag")]
    auto_cleared: bool,
    #[serde(deserialize_with = "reference")]
    owner: Option<UserId>,
    #[serde(deserialize_with = "time")]
    start_time: Option<Time>,
    #[serde(deserialize_with = "time")]
    end_time: Option<Time>,
    #[serde(deserialize_with = "time")]
    last_updated: Option<Time>,
    #[serde(borrow, deserialize_with = "object")]
    steps: Option<FollowedStepsDto<'a>>,
}

/// The steps inside a job, if the request asked to follow them.
#[derive(Deserialize, Default)]
#[serde(default)]
struct FollowedStepsDto<'a> {
    #[serde(borrow)]
    step: AnyValue<'a, StepDto>,
}

/// `Step` of the API model, as far as the page uses it.
#[derive(Deserialize, Default)]
#[serde(default)]
struct StepDto {
    #[serde(deserialize_with = "word")]
    id: Option<StepId>,
    #[serde(deserialize_with = "reference")]
    parent_step: Option<StepId>,
    #[serde(rename = "type", deserialize_with = "word")]
    step_type: Option<StepType>,
    #[serde(deserialize_with = "text")]
    description: Option<String>,
    #[serde(deserialize_with = "integer")]
    number: Option<i64>,
    #[serde(deserialize_with = "word")]
    status: Option<Status>,
    #[serde(deserialize_with = "integer")]
    progress: Option<i64>,
    #[serde(deserialize_with = "time")]
    start_time: Option<Time>,
    #[serde(deserialize_with = "time")]
    end_time: Option<Time>,
    #[serde(deserialize_with = "flag")]
    external: bool,
    #[serde(deserialize_with = "word")]
    external_type: Option<ExternalSystem>,
    #[serde(deserialize_with = "reference")]
    execution_host: Option<HostId>,
}

impl JobDto<'_> {
    /// None without a usable id.
    fn into_job(self) -> Option<Job> {
        Some(Job {
            id: self.id?,
            description: self.description.unwrap_or_default(),
            status: self.status.unwrap_or(Status::Unknown),
            external: self.external,
            auto_cleared: self.auto_cleared,
            owner: self.owner,
            start_time: self.start_time,
            end_time: self.end_time,
            last_updated: self.last_updated,
        })
    }

    /// The job with its steps, and how many of these could not be read.
    fn into_followed_job(mut self) -> Option<(FollowedJob, usize)> {
        let steps = self.steps.take();
        let job = self.into_job()?;
        let steps = steps.map(|steps| {
            let listed = read_entries(steps.step, &mut |step: StepDto| step.into_step(job.id));
            listed.unwrap_or_default()
        });
        let unreadable = steps.as_ref().map_or(0, |steps| steps.unreadable);
        Some(((job, steps.map(|steps| steps.items)), unreadable))
    }
}

impl StepDto {
    /// None without a usable id.
    fn into_step(self, job: JobId) -> Option<Step> {
        Some(Step {
            id: self.id?,
            job,
            parent: self.parent_step,
            step_type: self.step_type.unwrap_or(StepType::Unknown),
            description: self.description.unwrap_or_default(),
            number: self.number.and_then(|number| u32::try_from(number).ok()),
            status: self.status.unwrap_or(Status::Unknown),
            progress: self.progress.map(Percent::clamped),
            start_time: self.start_time,
            end_time: self.end_time,
            external: self.external,
            external_system: self.external_type,
            execution_host: self.execution_host,
        })
    }
}

pub(super) fn not_the_list() -> Undecodable {
    Undecodable("not the list that was asked for".to_owned())
}

fn no_id() -> Undecodable {
    Undecodable("no usable id".to_owned())
}
