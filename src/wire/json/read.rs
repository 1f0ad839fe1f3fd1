//! Reading what an engine sent: section 10 of the contract lists the traps.

use std::cell::Cell;

use super::value::{Member, Undecodable, Value};
use crate::domain::{Job, JobId, Percent, Status, Step, StepType, UserId};

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

/// Reads `{"job":[…]}`; without `job` it is an empty list. Followed steps come along.
pub fn read_jobs(body: &[u8]) -> Result<Listed<FollowedJob>, Undecodable> {
    let unreadable = Cell::new(0);
    let mut jobs = listed(&decode(body)?, Member::Job, |entry| followed(entry, &unreadable))?;
    jobs.unreadable += unreadable.get();
    Ok(jobs)
}

/// Reads one job.
pub fn read_job(body: &[u8]) -> Result<Job, Undecodable> {
    job(&decode(body)?).ok_or_else(no_id)
}

/// Reads `{"step":[…]}` of a job. The job is the one that was asked for: links in the body may name another.
pub fn read_steps(body: &[u8], job: JobId) -> Result<Listed<Step>, Undecodable> {
    listed(&decode(body)?, Member::Step, |entry| step(entry, job))
}

/// Reads one step of a job.
pub fn read_step(body: &[u8], job: JobId) -> Result<Step, Undecodable> {
    step(&decode(body)?, job).ok_or_else(no_id)
}

/// What a user is called (`UserMapper`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserName(pub String);

/// Reads a user's name: `user_name` (`admin@internal-authz`), or else `principal`, `name`.
pub fn read_user(body: &[u8]) -> Result<UserName, Undecodable> {
    let user = decode(body)?;
    [Member::UserName, Member::Principal, Member::Name]
        .into_iter()
        .find_map(|name| text(user.get(name)))
        .map(UserName)
        .ok_or_else(|| Undecodable("the user has no name".to_owned()))
}

/// Reads a host's `name` (`HostMapper`).
pub fn read_host(body: &[u8]) -> Result<String, Undecodable> {
    // A user without the names that only users have.
    read_user(body).map(|UserName(name)| name)
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
    let root = decode(body)?;
    let product = root.get(Member::ProductInfo);
    Ok(ApiRoot {
        product: text(product.get(Member::Name)),
        version: text(product.get(Member::Version).get(Member::FullVersion)),
        user: root.get(Member::AuthenticatedUser).get(Member::Id).parse(),
    })
}

/// What came of a log-in.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TokenReply {
    /// `access_token`.
    pub token: Option<String>,
    /// Why there is none: `error` in words, or a code with `error_description` where the scope is another.
    pub refusal: Option<String>,
}

/// Reads the answer to a log-in (`OAuthTokenServlet`). Some proxies answer with a page, which says nothing.
pub fn read_token_reply(body: &[u8]) -> TokenReply {
    let reply = decode(body).unwrap_or(Value::Null);
    let said = |name| text(reply.get(name));
    TokenReply {
        token: said(Member::AccessToken),
        refusal: said(Member::ErrorDescription).or_else(|| said(Member::Error)),
    }
}

/// All documents of the API are objects.
fn decode(body: &[u8]) -> Result<Value<'_>, Undecodable> {
    match Value::read(body)? {
        value @ Value::Object(_) => Ok(value),
        _ => Err(Undecodable("this is no JSON object".to_owned())),
    }
}

/// An object without the list's key is an empty list, whatever links it may have. If it has members of other documents it
/// is one of those, and taking a fault for an empty list would blank the page. `null` among the entries is nothing at all.
fn listed<T>(body: &Value<'_>, key: Member, read: impl Fn(&Value<'_>) -> Option<T>) -> Result<Listed<T>, Undecodable> {
    let no_list = || Undecodable("this is not the list that was asked for".to_owned());
    let members = body.object().ok_or_else(no_list)?;
    let entries = match members.find(key) {
        Some(list) => list.entries().ok_or_else(no_list)?,
        None if members.is_empty() => &[],
        None => return Err(no_list()),
    };
    Ok(all(entries, read))
}

fn all<T>(entries: &[Value<'_>], read: impl Fn(&Value<'_>) -> Option<T>) -> Listed<T> {
    let items: Vec<T> = entries.iter().filter_map(read).collect();
    let sent = entries.iter().filter(|entry| **entry != Value::Null).count();
    Listed { unreadable: sent - items.len(), items }
}

fn no_id() -> Undecodable {
    Undecodable("an entry has no usable id".to_owned())
}

fn text(value: &Value<'_>) -> Option<String> {
    value.text().map(str::to_owned)
}

fn followed(value: &Value<'_>, unreadable: &Cell<usize>) -> Option<FollowedJob> {
    let job = job(value)?;
    let steps = value.get(Member::Steps).object().map(|steps| {
        let entries = steps.get(Member::Step).entries().unwrap_or_default();
        let steps = all(entries, |entry| step(entry, job.id));
        unreadable.set(unreadable.get() + steps.unreadable);
        steps.items
    });
    Some((job, steps))
}

fn job(value: &Value<'_>) -> Option<Job> {
    let job = value.object()?;
    Some(Job {
        id: job.get(Member::Id).parse()?,
        description: text(job.get(Member::Description)).unwrap_or_default(),
        status: job.get(Member::Status).parse().unwrap_or(Status::Unknown),
        external: job.get(Member::External).flag().unwrap_or(false),
        auto_cleared: job.get(Member::AutoCleared).flag().unwrap_or(false),
        owner: job.get(Member::Owner).get(Member::Id).parse(),
        start_time: job.get(Member::StartTime).time(),
        end_time: job.get(Member::EndTime).time(),
        last_updated: job.get(Member::LastUpdated).time(),
    })
}

fn step(value: &Value<'_>, job: JobId) -> Option<Step> {
    let step = value.object()?;
    Some(Step {
        id: step.get(Member::Id).parse()?,
        job,
        parent: step.get(Member::ParentStep).get(Member::Id).parse(),
        step_type: step.get(Member::Type).parse().unwrap_or(StepType::Unknown),
        description: text(step.get(Member::Description)).unwrap_or_default(),
        number: step.get(Member::Number).integer().and_then(|number| u32::try_from(number).ok()),
        status: step.get(Member::Status).parse().unwrap_or(Status::Unknown),
        progress: step.get(Member::Progress).integer().map(Percent::clamped),
        start_time: step.get(Member::StartTime).time(),
        end_time: step.get(Member::EndTime).time(),
        external: step.get(Member::External).flag().unwrap_or(false),
        external_system: step.get(Member::ExternalType).parse(),
        execution_host: step.get(Member::ExecutionHost).get(Member::Id).parse(),
    })
}
