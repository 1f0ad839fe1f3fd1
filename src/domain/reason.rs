//! Why a job failed, from the engine's events.
//!
//! Neither a job nor a step says why it failed; an event does. Nothing in the API links the two: a job has the same correlation id
//! as its events, but does not show it. So an event is a *candidate* if it happened while the job ran, and it is *proven* if a search
//! for jobs with its id finds the job. The events that say most often have no id at all. They are *hints*: never called the cause.

mod candidates;
mod explanation;
mod failed_job;
mod hints;
mod proofs;
mod ring;
mod signature;
mod telling;
mod text;

pub use candidates::candidates;
pub use explanation::{Explanation, Logged, Silence, explain};
pub use failed_job::FailedJob;
pub use hints::hints;
pub use proofs::{Proof, Proofs};
pub use ring::{Gap, Ring};
pub use signature::signature;
pub use telling::{most_telling_first, tells_why};

/// How surely an event belongs to a job. The levels are never mixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// Its correlation id is that of this job alone.
    ThisTask,
    /// Its correlation id is that of so many jobs, this one among them.
    GroupOf(usize),
    /// It has no correlation id. It happened at the same time, to the same host or machine.
    SameTime,
}
