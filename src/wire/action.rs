//! The body of `end` and `clear`: what is asked, and the same object back as the answer.

use serde::Serialize;

use super::{
    fault::Fault,
    json::{self, Base, Flag, JobLink, Number},
};
use crate::domain::{JobId, Status};

/// What a client asks of an action, as far as this API looks at it (`Action` of the API model).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Action {
    /// Accepted and echoed; these actions never run in the background.
    pub asynchronous: Option<bool>,
    /// Whether to end a job against resistance.
    pub force: Option<bool>,
    /// How many milliseconds to wait first: its `expiry`. Echoed only.
    pub grace_period: Option<i64>,
    /// How it ended, in the words of the feature page: `finished`, `failed` or `aborted`.
    pub status: Option<String>,
    /// How it ended: well or not.
    pub succeeded: Option<bool>,
}

impl Action {
    /// The answer to an action that was done. Job actions name their job, step actions name nothing.
    pub fn write_complete(&self, base: Base, job: Option<JobId>) -> Vec<u8> {
        json::to_bytes(&self.echo("complete", None, job.map(|id| JobLink::new(base, id))))
    }

    /// The answer to an action that was refused.
    pub fn write_failed(&self, fault: &Fault) -> Vec<u8> {
        json::to_bytes(&self.echo("failed", Some(fault), None))
    }

    /// The request comes back as the answer, with its status overwritten (`AbstractBackendActionableResource.doAction`).
    fn echo<'a>(&self, status: &'static str, fault: Option<&'a Fault>, job: Option<JobLink>) -> Echo<'a> {
        Echo {
            asynchronous: self.asynchronous.map(Flag),
            fault,
            force: self.force.map(Flag),
            grace_period: self.grace_period.map(|expiry| GracePeriod { expiry: Number(expiry) }),
            job,
            status,
            succeeded: self.succeeded.map(Flag),
        }
    }
}

/// A client's request to end or clear something; what is `None` or false is left out.
pub fn write_request(succeeded: Option<bool>, status: Option<Status>, force: bool) -> Vec<u8> {
    json::to_bytes(&Asked { force, status: status.map(Status::as_str), succeeded })
}

#[derive(Serialize)]
struct Echo<'a> {
    #[serde(rename = "async", skip_serializing_if = "Option::is_none")]
    asynchronous: Option<Flag>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fault: Option<&'a Fault>,
    #[serde(skip_serializing_if = "Option::is_none")]
    force: Option<Flag>,
    #[serde(skip_serializing_if = "Option::is_none")]
    grace_period: Option<GracePeriod>,
    #[serde(skip_serializing_if = "Option::is_none")]
    job: Option<JobLink>,
    status: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    succeeded: Option<Flag>,
}

#[derive(Serialize)]
struct GracePeriod {
    expiry: Number,
}

#[derive(Serialize)]
struct Asked {
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    force: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    succeeded: Option<bool>,
}
