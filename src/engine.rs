//! The jobs engine behind the API: commands and queries over a [`Store`]. Pure: clock, ids and store are handed in.

mod command;
mod environment;
pub mod http;
pub mod inventory;
mod permission;
mod query;
mod retention;
pub mod scenario;
mod search;
mod store;

pub use command::{CommandError, NewStep, StepPlace};
pub use environment::Environment;
pub use permission::{ActionGroup, Caller, PredefinedRole, Role, RoleError, RoleType, User};
pub use query::{Pages, QueryError, Reader};
pub use retention::Retention;
pub use search::{Query, Search};
pub use store::{
    Correlation, JobRecord, Known, List, ListPlace, MemoryStore, SaveError, Saved, Store, StoreError, Stored,
};

use crate::domain::Time;
use chrono::SubsecRound;

/// How often a command runs before it gives up. Each time, another command has succeeded.
const ATTEMPTS: usize = 64;

/// The engine: a store, and what surrounds it.
#[derive(Debug)]
pub struct Engine<S, E> {
    /// Where jobs are kept.
    pub store: S,
    /// Clock, ids, users.
    pub environment: E,
}

impl<S: Store, E: Environment> Engine<S, E> {
    /// The time now, to the millisecond: what is kept is what is shown, and what comes back is what was kept.
    fn now(&self) -> Time {
        self.environment.now().trunc_subsecs(3)
    }
}
