//! Reading what an engine sent: section 10 of the contract lists the traps.

use std::{fmt, str::FromStr};

use serde::Deserialize;

use super::{
    shape::{List, Object},
    value::Scalar,
};
use crate::domain::{Job, JobId, Percent, Status, Step, StepType, UserId};

/// The body was not what was asked for: an HTML page, half a document, something else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Undecodable(pub String);

impl fmt::Display for Undecodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A job, and its steps if the request asked to follow them.
pub type FollowedJob = (Job, Option<Vec<Step>>);

/// A list as read: one entry that cannot be used must not cost the others, and must not vanish without a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed<T> {
    /// What could be read, in the engine's order.
    pub items: Vec<T>,
    /// How many entries had no usable id.
    pub unreadable: usize,
}

/// Reads `{"job":[…]}`; `{}` is an empty list. Followed steps come along.
pub fn read_jobs(body: &[u8]) -> Result<Listed<FollowedJob>, Undecodable> {
    let list = decode::<JobsBody<'_>>(body)?.job;
    listed(body, list, JobBody::followed)
}

/// Reads one job.
pub fn read_job(body: &[u8]) -> Result<Job, Undecodable> {
    decode::<JobBody<'_>>(body)?.followed().map(|(job, _)| job).ok_or_else(no_id)
}

/// Reads `{"step":[…]}` of a job. The job is the one that was asked for: links in the body may name another.
pub fn read_steps(body: &[u8], job: JobId) -> Result<Listed<Step>, Undecodable> {
    let list = decode::<StepsBody<'_>>(body)?.step;
    listed(body, list, |step: StepBody<'_>| step.step(job))
}

/// Reads one step of a job.
pub fn read_step(body: &[u8], job: JobId) -> Result<Step, Undecodable> {
    decode::<StepBody<'_>>(body)?.step(job).ok_or_else(no_id)
}

/// What a user is called (`UserMapper`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserName(pub String);

/// Reads a user's name: `user_name` (`admin@internal-authz`), or else `principal`, `name`.
pub fn read_user(body: &[u8]) -> Result<UserName, Undecodable> {
    let user: UserBody<'_> = decode(body)?;
    [user.user_name, user.principal, user.name]
        .into_iter()
        .find_map(Scalar::into_text)
        .map(UserName)
        .ok_or_else(|| Undecodable("the user has no name".to_owned()))
}

/// The API root: which engine this is, and who we are to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiRoot {
    /// `product_info.name`.
    pub product: Option<String>,
    /// `product_info.version.full_version`.
    pub version: Option<String>,
    /// `authenticated_user.id`; engines before 4.2 do not tell.
    pub user: Option<UserId>,
}

/// Reads the API root. All members are optional, but it must be an API root: a JSON object.
pub fn read_api_root(body: &[u8]) -> Result<ApiRoot, Undecodable> {
    let root: RootBody<'_> = decode(body)?;
    let product = root.product_info.0.unwrap_or_default();
    Ok(ApiRoot {
        product: product.name.into_text(),
        version: product.version.0.and_then(|version| version.full_version.into_text()),
        user: root.authenticated_user.id(),
    })
}

fn decode<'de, T: Deserialize<'de>>(body: &'de [u8]) -> Result<T, Undecodable> {
    // All documents of the API are objects. The derived readers would take a list's elements for an object's members.
    if body.trim_ascii_start().first() != Some(&b'{') {
        return Err(Undecodable("this is no JSON object".to_owned()));
    }
    serde_json::from_slice(body).map_err(|error| Undecodable(error.to_string()))
}

/// An object without the list's key is an empty list only if it is `{}`: anything else is some other document, and taking
/// it for an empty list would blank the page.
fn listed<B, T>(body: &[u8], list: List<B>, read: impl Fn(B) -> Option<T>) -> Result<Listed<T>, Undecodable> {
    if !list.present && !body.iter().filter(|byte| !byte.is_ascii_whitespace()).eq(b"{}") {
        return Err(Undecodable("this is not the list that was asked for".to_owned()));
    }
    let sent = list.items.len();
    let items: Vec<T> = list.items.into_iter().filter_map(|item| item.0.and_then(&read)).collect();
    Ok(Listed { unreadable: sent - items.len(), items })
}

fn no_id() -> Undecodable {
    Undecodable("an entry has no usable id".to_owned())
}

#[derive(Deserialize, Default)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct JobsBody<'a> {
    job: List<JobBody<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct StepsBody<'a> {
    step: List<StepBody<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct JobBody<'a> {
    id: Scalar<'a>,
    description: Scalar<'a>,
    status: Scalar<'a>,
    external: Scalar<'a>,
    auto_cleared: Scalar<'a>,
    owner: Object<Reference<'a>>,
    start_time: Scalar<'a>,
    end_time: Scalar<'a>,
    last_updated: Scalar<'a>,
    steps: Object<StepsBody<'a>>,
}

impl JobBody<'_> {
    fn followed(self) -> Option<FollowedJob> {
        let id = self.id.parse()?;
        let steps =
            self.steps.0.map(|steps| steps.step.items.into_iter().filter_map(|step| step.0?.step(id)).collect());
        let job = Job {
            id,
            description: self.description.into_text().unwrap_or_default(),
            status: self.status.parse().unwrap_or(Status::Unknown),
            external: self.external.flag().unwrap_or(false),
            auto_cleared: self.auto_cleared.flag().unwrap_or(false),
            owner: self.owner.id(),
            start_time: self.start_time.time(),
            end_time: self.end_time.time(),
            last_updated: self.last_updated.time(),
        };
        Some((job, steps))
    }
}

#[derive(Deserialize, Default)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct StepBody<'a> {
    id: Scalar<'a>,
    parent_step: Object<Reference<'a>>,
    #[serde(rename = "type")]
    step_type: Scalar<'a>,
    description: Scalar<'a>,
    number: Scalar<'a>,
    status: Scalar<'a>,
    progress: Scalar<'a>,
    start_time: Scalar<'a>,
    end_time: Scalar<'a>,
    external: Scalar<'a>,
    external_type: Scalar<'a>,
    execution_host: Object<Reference<'a>>,
}

impl StepBody<'_> {
    fn step(self, job: JobId) -> Option<Step> {
        Some(Step {
            id: self.id.parse()?,
            job,
            parent: self.parent_step.id(),
            step_type: self.step_type.parse().unwrap_or(StepType::Unknown),
            description: self.description.into_text().unwrap_or_default(),
            number: self.number.integer().and_then(|number| u32::try_from(number).ok()),
            status: self.status.parse().unwrap_or(Status::Unknown),
            progress: self.progress.integer().map(Percent::clamped),
            start_time: self.start_time.time(),
            end_time: self.end_time.time(),
            external: self.external.flag().unwrap_or(false),
            external_system: self.external_type.parse(),
            execution_host: self.execution_host.id(),
        })
    }
}

/// Another object, by id.
#[derive(Deserialize, Default)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct Reference<'a> {
    id: Scalar<'a>,
}

impl Object<Reference<'_>> {
    fn id<T: FromStr>(&self) -> Option<T> {
        self.0.as_ref()?.id.parse()
    }
}

#[derive(Deserialize, Default)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct UserBody<'a> {
    user_name: Scalar<'a>,
    principal: Scalar<'a>,
    name: Scalar<'a>,
}

#[derive(Deserialize, Default)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct RootBody<'a> {
    product_info: Object<ProductBody<'a>>,
    authenticated_user: Object<Reference<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct ProductBody<'a> {
    name: Scalar<'a>,
    version: Object<VersionBody<'a>>,
}

#[derive(Deserialize, Default)]
#[serde(default, bound(deserialize = "'de: 'a"))]
struct VersionBody<'a> {
    full_version: Scalar<'a>,
}
