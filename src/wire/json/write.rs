//! Jobs and steps as an engine writes them: its own members from a to z, its links from a to z, then what everything has
//! (`CustomObjectMapperFactory`). What is absent is left out, never null.

use serde::{Serialize, Serializer, ser::SerializeMap};

use super::form::{Base, Flag, Href, Link, Links, Number, Place, Reference, millis, to_bytes};
use crate::{
    domain::{HostId, Job, JobId, JobWithSteps, Step, StepId, UserId},
    wire::Body,
};

/// A piece of a list is sent when it has grown to this many bytes.
const PIECE: usize = 32 * 1024;

/// One job; with its steps when `follow=steps` asked for them.
pub fn write_job(base: Base, job: &Job, steps: Option<&[Step]>) -> Vec<u8> {
    to_bytes(&job_row(base, job, steps))
}

/// A list of jobs, made piece by piece as it is sent. An empty one is `{}`, or `{"job":[]}` when it was followed, for then
/// the engine has touched the list.
pub fn write_jobs(base: Base, followed: bool, jobs: impl Iterator<Item = JobWithSteps> + Send + 'static) -> Body {
    let mut jobs = jobs.peekable();
    if jobs.peek().is_none() {
        let empty: &[u8] = if followed { br#"{"job":[]}"# } else { b"{}" };
        return Body::Bytes(empty.to_vec());
    }
    let mut opening: &[u8] = br#"{"job":["#;
    Body::Pieces(Box::new(std::iter::from_fn(move || {
        jobs.peek()?;
        let mut piece = Vec::with_capacity(PIECE + PIECE / 4);
        while piece.len() < PIECE
            && let Some(job) = jobs.next()
        {
            piece.extend_from_slice(opening);
            piece.extend(write_job(base, &job.job, followed.then_some(&job.steps)));
            opening = b",";
        }
        if jobs.peek().is_none() {
            piece.extend_from_slice(b"]}");
        }
        Some(piece)
    })))
}

/// One step. `job` is the one that the request named, which need not be the step's own (`BackendStepsResource.addParents`).
pub fn write_step(base: Base, job: JobId, step: &Step) -> Vec<u8> {
    to_bytes(&step_row(base, job, step))
}

/// A list of steps; an empty one is `{}`.
pub fn write_steps(base: Base, job: JobId, steps: &[Step]) -> Vec<u8> {
    to_bytes(&StepList { base, job, steps })
}

/// The statistics of a step: none, for only Gluster's steps have any.
pub fn write_statistics() -> Vec<u8> {
    b"{}".to_vec()
}

/// A job that is pointed at: its links, and nothing about it.
#[derive(Serialize)]
pub(in crate::wire) struct JobLink {
    actions: Links<[Link; 2]>,
    link: [Link; 1],
    href: Href,
    id: JobId,
}

impl JobLink {
    pub(in crate::wire) const fn new(base: Base, id: JobId) -> Self {
        Self { actions: job_actions(base, id), link: job_links(base, id), href: Href(base, Place::Job(id)), id }
    }
}

#[derive(Serialize)]
struct JobRow<'a> {
    auto_cleared: Flag,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_time: Option<i64>,
    external: Flag,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_updated: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_time: Option<i64>,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<Reference<UserId>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    steps: Option<StepList<'a>>,
    actions: Links<[Link; 2]>,
    description: &'a str,
    link: [Link; 1],
    href: Href,
    id: JobId,
}

fn job_row<'a>(base: Base, job: &'a Job, steps: Option<&'a [Step]>) -> JobRow<'a> {
    JobRow {
        auto_cleared: Flag(job.auto_cleared),
        end_time: millis(job.end_time),
        external: Flag(job.external),
        last_updated: millis(job.last_updated),
        start_time: millis(job.start_time),
        status: job.status.as_str(),
        owner: job.owner.map(|id| Reference::new(base, Place::User(id), id)),
        steps: steps.map(|steps| StepList { base, job: job.id, steps }),
        actions: job_actions(base, job.id),
        description: &job.description,
        link: job_links(base, job.id),
        href: Href(base, Place::Job(job.id)),
        id: job.id,
    }
}

/// Every job offers them, internal and ended ones too: links say nothing about permission or state.
const fn job_actions(base: Base, id: JobId) -> Links<[Link; 2]> {
    Links {
        link: [
            Link::new(base, Place::JobPart(id, "clear"), "clear"),
            Link::new(base, Place::JobPart(id, "end"), "end"),
        ],
    }
}

const fn job_links(base: Base, id: JobId) -> [Link; 1] {
    [Link::new(base, Place::JobPart(id, "steps"), "steps")]
}

#[derive(Serialize)]
struct StepRow<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    end_time: Option<i64>,
    external: Flag,
    #[serde(skip_serializing_if = "Option::is_none")]
    external_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    progress: Option<Number>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_time: Option<i64>,
    status: &'static str,
    #[serde(rename = "type")]
    step_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    execution_host: Option<Reference<HostId>>,
    job: Reference<JobId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent_step: Option<Reference<StepId>>,
    actions: Links<[Link; 1]>,
    description: &'a str,
    link: [Link; 1],
    href: Href,
    id: StepId,
}

fn step_row(base: Base, job: JobId, step: &Step) -> StepRow<'_> {
    let id = step.id;
    StepRow {
        end_time: millis(step.end_time),
        external: Flag(step.external),
        external_type: step.external_system.map(|system| system.as_str()),
        number: step.number.map(|number| Number(i64::from(number))),
        progress: step.progress.map(|progress| Number(i64::from(progress.get()))),
        start_time: millis(step.start_time),
        status: step.status.as_str(),
        step_type: step.step_type.as_str(),
        execution_host: step.execution_host.map(|id| Reference::new(base, Place::Host(id), id)),
        job: Reference::new(base, Place::Job(job), job),
        parent_step: step.parent.map(|parent| Reference::new(base, Place::Step(job, parent), parent)),
        actions: Links { link: [Link::new(base, Place::StepPart(job, id, "end"), "end")] },
        description: &step.description,
        link: [Link::new(base, Place::StepPart(job, id, "statistics"), "statistics")],
        href: Href(base, Place::Step(job, id)),
        id,
    }
}

/// `{"step": […]}`, or `{}`.
struct StepList<'a> {
    base: Base,
    job: JobId,
    steps: &'a [Step],
}

impl Serialize for StepList<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        if !self.steps.is_empty() {
            let rows: Vec<_> = self.steps.iter().map(|step| step_row(self.base, self.job, step)).collect();
            map.serialize_entry("step", &rows)?;
        }
        map.end()
    }
}
