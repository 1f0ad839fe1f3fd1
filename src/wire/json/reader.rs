//! Reads a list of jobs while it arrives, and decodes only what is not as in the list before.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::de::IgnoredAny;
use xxhash_rust::xxh3::xxh3_128_with_seed;

use super::{
    Undecodable,
    job::{FollowedJob, read_jobs, read_listed_job},
    split::{SplitError, Splitter},
};

/// A list of jobs as it was read. `T` is what the page makes of a job.
#[derive(Debug, Clone)]
pub struct ReadJobs<T> {
    /// The jobs that could be read, in the engine's order.
    pub items: Vec<T>,
    /// How many entries could not be read, as in [`Listed`](super::Listed).
    pub unreadable: usize,
    /// How many entries were decoded: the others are as in the list before.
    pub decoded: usize,
    /// Whether the list came to its end. If it did not, there are jobs that are not in `items`.
    pub is_whole: bool,
    /// The seed of all hashes. Another one for each page, so that nobody can prepare two jobs that the page takes for one.
    seed: u64,
    /// What was read without a fault, by the hashes of its bytes.
    ///
    /// They have 128 bits: among a million jobs two have the same by chance with a probability of about 10⁻²⁷.
    known: FxHashMap<u128, T>,
}

/// A list of jobs that is being read.
#[derive(Debug)]
pub struct JobsReader<T> {
    splitter: Splitter,
    before: Arc<ReadJobs<T>>,
    /// Makes of a job what the page keeps.
    make: fn(FollowedJob) -> T,
    list: ReadJobs<T>,
}

impl<T> ReadJobs<T> {
    /// No list yet.
    pub fn none(seed: u64) -> Self {
        Self { items: Vec::new(), unreadable: 0, decoded: 0, is_whole: false, seed, known: FxHashMap::default() }
    }
}

impl<T: Clone> JobsReader<T> {
    /// A reader that knows the list before.
    pub fn new(before: Arc<ReadJobs<T>>, make: fn(FollowedJob) -> T) -> Self {
        let list = ReadJobs::none(before.seed);
        Self { splitter: Splitter::new("job"), before, make, list }
    }

    /// Takes the next bytes of the body, which may be cut anywhere.
    ///
    /// An error is one of the whole body, as for [`read_jobs`]. An entry that cannot be read is counted.
    pub fn take(&mut self, bytes: &[u8]) -> Result<(), Undecodable> {
        let Self { splitter, before, make, list } = self;
        splitter.take(bytes, &mut |entry| list.take(entry, before, *make))
    }

    /// How many jobs have come so far.
    pub const fn count(&self) -> usize {
        self.list.items.len()
    }

    /// The body has ended, or its connection is lost. If it broke off after at least one job, that is no error.
    pub fn finish(self) -> Result<ReadJobs<T>, Undecodable> {
        let Self { splitter, make, mut list, .. } = self;
        match splitter.finish() {
            Ok(rest) => {
                let rest = read_jobs(&rest)?;
                list.unreadable += rest.unreadable;
                // A single job without brackets.
                list.decoded += rest.items.len();
                list.items.extend(rest.items.into_iter().map(make));
                list.is_whole = true;
                Ok(list)
            }
            Err(SplitError::BrokenOff) if !list.items.is_empty() => Ok(list),
            Err(error) => Err(error.into()),
        }
    }
}

impl<T: Clone> ReadJobs<T> {
    fn take(&mut self, entry: &[u8], before: &Self, make: fn(FollowedJob) -> T) -> Result<(), Undecodable> {
        let hash = xxh3_128_with_seed(entry, self.seed);
        if let Some(job) = before.known.get(&hash) {
            self.known.insert(hash, job.clone());
            self.items.push(job.clone());
            return Ok(());
        }
        if entry == b"null" {
            return Ok(());
        }
        self.decoded += 1;
        match read_listed_job(entry) {
            Ok((job, unreadable)) => {
                let job = make(job);
                // Unreadable steps are counted at every poll.
                if unreadable == 0 {
                    self.known.insert(hash, job.clone());
                }
                self.unreadable += unreadable;
                self.items.push(job);
            }
            Err(_) => {
                check(entry)?;
                self.unreadable += 1;
            }
        }
        Ok(())
    }
}

/// Whether a value that no job can be read from is JSON at all. If it is not, then neither is the body.
fn check(entry: &[u8]) -> Result<(), Undecodable> {
    let text = std::str::from_utf8(entry).map_err(|_| Undecodable("the body is not UTF-8".to_owned()))?;
    serde_json::from_str::<IgnoredAny>(text)?;
    Ok(())
}
