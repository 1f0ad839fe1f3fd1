//! Queues of commands on the same job.
//!
//! The store refuses stale saves, and the engine then tries the command again. With many concurrent commands on one job, some
//! would fail every time; queues make that fair. Correctness does not depend on them: other processes do not queue, nor do
//! new steps under a step of another job than the path's.

use std::{
    array,
    hash::{BuildHasher, RandomState},
};

use tokio::sync::{Mutex, MutexGuard};

/// The number of queues. Jobs that share one wait a little longer.
const QUEUES: usize = 64;

/// The queues, first in, first out.
#[derive(Debug)]
pub(super) struct JobQueues {
    queues: [Mutex<()>; QUEUES],
    hash: RandomState,
}

impl JobQueues {
    pub(super) fn new() -> Self {
        Self { queues: array::from_fn(|_| Mutex::default()), hash: RandomState::new() }
    }

    /// Waits for the turn of a command on the job in the path; returns at once if there is none.
    pub(super) async fn wait(&self, path: &str) -> Option<MutexGuard<'_, ()>> {
        let job = job(path)?.to_ascii_lowercase();
        let hash = usize::try_from(self.hash.hash_one(job) % QUEUES as u64).ok()?;
        Some(self.queues.get(hash)?.lock().await)
    }
}

/// The segment after `jobs` in a path, without matrix parameters.
fn job(path: &str) -> Option<&str> {
    let mut segments = path.split('/').map(|segment| segment.split(';').next().unwrap_or_default());
    segments.find(|segment| *segment == "jobs")?;
    segments.next().filter(|segment| !segment.is_empty())
}

#[cfg(test)]
mod tests {
    use super::job;

    #[test]
    fn finds_the_job_of_a_path() {
        for (path, expected) in [
            ("/ovirt-engine/api/jobs/abc", Some("abc")),
            ("/ovirt-engine/api/v4/jobs/abc;x=y/steps/def/end", Some("abc")),
            ("/ovirt-engine/api/jobs;max=3/abc/end", Some("abc")),
            ("/ovirt-engine/api/jobs", None),
            ("/ovirt-engine/api/jobs/", None),
            ("/ovirt-engine/api/users/abc", None),
        ] {
            assert_eq!(job(path), expected, "{path}");
        }
    }
}
