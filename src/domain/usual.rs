//! How long tasks of a kind usually take: the median of those that the page has seen end well.

use std::hash::{Hash, Hasher};

use chrono::TimeDelta;
use rustc_hash::{FxHashMap, FxHasher};

use super::{Job, Step};

/// The kind of a job or step: its text without names. A step's kind contains that of its job, because every command has a step
/// *Executing*.
///
/// Only a hash is kept: of two kinds with the same hash, one would get the usual length of both, which is most unlikely.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Kind(u64);

/// The words before a name in the engine's texts (`ExecutionMessages.properties`): `Launching VM ${VM}`.
const BEFORE_A_NAME: [&str; 12] =
    ["VM", "Host", "Disk", "Snapshot", "Template", "Cluster", "Network", "Pool", "Domain", "Center", "Volume", "User"];

impl Kind {
    /// The kind of a job.
    pub fn of_job(job: &Job) -> Self {
        let mut hasher = FxHasher::default();
        job.external.hash(&mut hasher);
        hash_text(&job.description, &mut hasher);
        Self(hasher.finish())
    }

    /// The kind of a step of a job of the kind `job`.
    pub fn of_step(job: Self, step: &Step) -> Self {
        let mut hasher = FxHasher::default();
        (job.0, step.step_type).hash(&mut hasher);
        hash_text(&step.description, &mut hasher);
        Self(hasher.finish())
    }
}

fn hash_text(text: &str, hasher: &mut FxHasher) {
    let mut before = "";
    for word in text.split_whitespace() {
        if !is_name(before, word) {
            word.hash(hasher);
        }
        before = word;
    }
}

/// Whether a word is a name or a number. If a name is not recognized, the kind is narrower: then the page knows fewer tasks of it, and
/// says nothing about their usual length.
fn is_name(before: &str, word: &str) -> bool {
    let looks_like_a_name = |character: char| character.is_ascii_digit() || matches!(character, '_' | '-' | '.' | '@');
    BEFORE_A_NAME.contains(&before) || word.contains(looks_like_a_name)
}

/// The usual length of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usual {
    /// The median.
    pub length: TimeDelta,
    /// Of how many tasks.
    pub of: usize,
}

/// Fewer tasks tell nothing.
pub const ENOUGH: usize = 5;

/// Of each kind, the last so many tasks count.
const MOST_TASKS: usize = 50;

/// If there are more kinds, those with too few tasks are forgotten; if many are left, all of them.
const MOST_KINDS: usize = 20_000;

/// The lengths of the tasks that ended well, by kind, in whole seconds.
#[derive(Debug, Clone, Default)]
pub struct Lengths(FxHashMap<Kind, Vec<u32>>);

impl Lengths {
    /// A task of this kind has ended well.
    pub fn learn(&mut self, kind: Kind, length: TimeDelta) {
        let Ok(seconds) = u32::try_from(length.num_seconds()) else { return };
        if self.0.len() >= MOST_KINDS {
            self.0.retain(|_, lengths| lengths.len() >= ENOUGH);
            // So that this happens seldom.
            if self.0.len() > MOST_KINDS / 2 {
                self.0.clear();
            }
        }
        let lengths = self.0.entry(kind).or_default();
        if lengths.len() == MOST_TASKS {
            lengths.remove(0);
        }
        lengths.push(seconds);
    }

    /// How many kinds are known.
    pub fn kinds(&self) -> usize {
        self.0.len()
    }

    /// The usual length of a kind; none if too few tasks are known.
    pub fn usual(&self, kind: Kind) -> Option<Usual> {
        let lengths = self.0.get(&kind).filter(|lengths| lengths.len() >= ENOUGH)?;
        let mut sorted = lengths.clone();
        sorted.sort_unstable();
        let (lower, upper) = (sorted[(sorted.len() - 1) / 2], sorted[sorted.len() / 2]);
        let length = TimeDelta::seconds(i64::midpoint(lower.into(), upper.into()));
        Some(Usual { length, of: sorted.len() })
    }
}
