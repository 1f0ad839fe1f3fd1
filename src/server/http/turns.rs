//! Who changes a job next.
//!
//! The store refuses late saves, and the engine then runs the command again. That is right, but not fair: of many who change
//! one job at once, the unlucky ones lose every time. So they queue here. Nothing depends on it: other processes, and steps
//! that go under a step of another job than the path names, do not queue.

use std::{
    array,
    hash::{BuildHasher, RandomState},
};

use tokio::sync::{Mutex, MutexGuard};

/// Two jobs that share a queue by accident wait a little longer.
const QUEUES: usize = 64;

/// Queues, first come, first served.
#[derive(Debug)]
pub(super) struct Turns {
    queues: [Mutex<()>; QUEUES],
    hash: RandomState,
}

impl Turns {
    pub(super) fn new() -> Self {
        Self { queues: array::from_fn(|_| Mutex::default()), hash: RandomState::new() }
    }

    /// Waits for the turn to change the job that a path names. Without one there is nothing to wait for.
    pub(super) async fn wait(&self, path: &str) -> Option<MutexGuard<'_, ()>> {
        let job = job(path)?.to_ascii_lowercase();
        let hash = usize::try_from(self.hash.hash_one(job) % QUEUES as u64).ok()?;
        Some(self.queues.get(hash)?.lock().await)
    }
}

/// What follows `jobs/` in a path, without matrix parameters.
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
