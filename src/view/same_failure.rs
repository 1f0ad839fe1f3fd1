//! The same failure elsewhere: the failed jobs whose failed step has the same [signature].

use super::{failure::generic, subject::Subject};
use crate::domain::{
    HostId, Status, Time,
    outline::{NodeId, Snapshot, Steps},
    reason::signature,
};

/// How often the page knows a failure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SameFailure {
    /// The failures, earliest first, this one included.
    pub all: Vec<OneFailure>,
    /// Which of them this one is, from 1.
    pub number: usize,
    /// The host on which all of them happened, if there is one.
    pub host: Option<HostId>,
    /// How many failed jobs were not compared, because their steps are not loaded.
    pub not_compared: usize,
}

/// One of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OneFailure {
    /// The failed step, or the job if no step failed.
    pub node: NodeId,
    /// The name of its job.
    pub job: String,
    /// When it failed.
    pub at: Option<Time>,
    host: Option<HostId>,
}

impl SameFailure {
    /// The failures like that of this job, or of the job of this step. None if it has not failed, or its steps are not loaded.
    /// `hosts` are known names of hosts.
    pub fn of(subject: &Subject, snapshot: &Snapshot, hosts: &[String]) -> Option<Self> {
        let job = Subject { step: None, ..subject.clone() };
        let (wanted, own) = (signature_of(&job, hosts)?, failure_of(&job));
        let mut not_compared = 0;
        let mut all: Vec<OneFailure> = Vec::new();
        for node in snapshot.jobs().iter().filter(|node| node.job.status == Status::Failed) {
            let other = Subject { job: node.clone(), step: None };
            not_compared += usize::from(node.steps == Steps::Unfetched);
            if signature_of(&other, hosts).is_some_and(|signature| signature == wanted) {
                all.push(failure_of(&other));
            }
        }
        all.sort_by_key(|failure| (failure.at, failure.node));
        let number = all.iter().position(|failure| failure.node == own.node)? + 1;
        let host = all.first().and_then(|first| first.host);
        let host = host.filter(|host| all.len() > 1 && all.iter().all(|failure| failure.host == Some(*host)));
        Some(Self { all, number, host, not_compared })
    }
}

/// A generic name of a step says nothing alone, so that of its job belongs to it.
fn signature_of(job: &Subject, hosts: &[String]) -> Option<String> {
    if job.status() != Status::Failed || job.job.steps == Steps::Unfetched {
        return None;
    }
    let of = |text: &str| signature(text, hosts.iter().map(String::as_str));
    Some(match job.failed_step() {
        Some(step) if generic(step.description()).is_none() => of(step.description()),
        Some(step) => format!("{}\n{}", of(job.description()), of(step.description())),
        None => format!("{}\n", of(job.description())),
    })
}

fn failure_of(job: &Subject) -> OneFailure {
    let failed = job.failed_step().unwrap_or_else(|| job.clone());
    OneFailure {
        node: failed.id(),
        job: job.name(),
        at: failed.end_time(),
        host: failed.step().and_then(|step| step.step.execution_host),
    }
}
