//! The jobs engine behind the API: commands and queries over a [`Store`]. Pure: clock, ids and store are handed in.

mod command;
mod environment;
pub mod events;
pub mod http;
pub mod inventory;
mod kept_answer;
mod permission;
mod query;
mod retention;
pub mod scenario;
mod search;
mod store;

pub use command::{Added, CommandError, NewJob, NewStep, StepPlace};
pub use environment::Environment;
pub use kept_answer::{Along, AnswerStore, Earlier, Keep, KeptAnswer, KeyedRequest, SavedOnce};
pub use permission::{ActionGroup, Caller, PredefinedRole, Role, RoleError, RoleType, User};
pub use query::{Pages, QueryError, Reader};
pub use retention::{EndsAhead, Retention};
pub use search::{
    Comparison, Condition, EventField, EventSearch, Found, JobField, JobSearch, Order, Query, Relation, Search,
    SearchField, SearchTerms, Wanted,
};
pub use store::{
    Correlation, JobRecord, KnownVersion, List, ListPosition, ListVersion, MemoryStore, SaveError, Saved, Store,
    StoreError, StoreErrorKind, Stored,
};

use crate::domain::Time;
use chrono::SubsecRound;

/// How often a command is tried before it gives up. Each failed attempt means that another command succeeded.
const ATTEMPTS: usize = 64;

/// The engine: a store and its environment.
#[derive(Debug)]
pub struct Engine<S, E> {
    /// Stores the jobs.
    pub store: S,
    /// Clock, ids, users.
    pub environment: E,
}

impl<S: Store, E: Environment> Engine<S, E> {
    /// The time now, in whole milliseconds, as stores keep it and the API shows it.
    fn now(&self) -> Time {
        self.environment.now().trunc_subsecs(3)
    }
}
