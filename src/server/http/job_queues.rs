//! Queues of commands on the same job.
//!
//! The store refuses stale saves, and the engine then tries the command again. With many concurrent commands on one job, some
//! would fail every time; queues make that fair. Correctness does not depend on them: other processes do not queue, nor do
//! new steps under a step of another job than the path's.

use std::{
    array,
    hash::{BuildHasher, RandomState},
    time::Duration,
};

use tokio::{
    sync::{Mutex, MutexGuard},
    time::timeout,
};

/// The number of queues. Jobs that share one wait a little longer.
const QUEUES: usize = 64;

/// How long a command waits for its turn.
const WAIT: Duration = Duration::from_secs(10);

/// The turn of a command did not come in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Crowded;

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

    /// Waits for the turn of a command on the job in the path; returns at once if there is none. Refuses the command if its turn
    /// does not come in time, so that no command runs after its client has stopped waiting.
    pub(super) async fn wait(&self, path: &str) -> Result<Option<MutexGuard<'_, ()>>, Crowded> {
        let Some(queue) = job(path).and_then(|job| self.queue(job)) else { return Ok(None) };
        timeout(WAIT, queue.lock()).await.map(Some).map_err(|_| Crowded)
    }

    fn queue(&self, job: &str) -> Option<&Mutex<()>> {
        let hash = usize::try_from(self.hash.hash_one(job.to_ascii_lowercase()) % QUEUES as u64).ok()?;
        self.queues.get(hash)
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
    use super::*;

    /// A command that holds its turn for long makes those behind it fail, not wait for ever.
    #[tokio::test(start_paused = true)]
    async fn a_turn_that_does_not_come_is_refused() {
        let queues = JobQueues::new();
        let first = queues.wait("/ovirt-engine/api/jobs/abc/end").await.unwrap();
        let other = "/ovirt-engine/api/jobs/ABC/steps";
        assert!(matches!(queues.wait(other).await, Err(Crowded)));
        assert!(queues.wait("/ovirt-engine/api/jobs").await.unwrap().is_none(), "no turn is needed");
        drop(first);
        assert!(queues.wait(other).await.unwrap().is_some());
    }

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
