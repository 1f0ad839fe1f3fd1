//! The database. All SQL is here.
//!
//! [`Database`] is either SQLite or PostgreSQL. Both use the same statements: the modules of the tables do not depend on the
//! kind of database.
//!
//! | module | what it is for |
//! |---|---|
//! | `url` | the URL of a database |
//! | `opening` | creates, upgrades or refuses a database |
//! | `pools` | connections for reading and writing, transactions |
//! | `snapshot` | one state of the database, for a long list |
//! | `statement`, `connection` | a statement with its values, and running it on either kind |
//! | `driver_error` | what the errors of the drivers mean |
//! | `row` | rows of jobs and steps |
//! | `jobs`, `saving`, `list_version`, `accounts`, `roles`, `sessions`, `cookies`, `answers`, `events`, `inventory`, `sample_world` | the tables |
//! | `duty` | work that only one process does at a time |
//!
//! **To add a table:** write a migration with the same number and name in `migrations/sqlite` and `migrations/postgres`.
//! Types are BLOB and UUID for ids, INTEGER and BOOLEAN for flags, INTEGER and BIGINT for counts and times, TEXT for text
//! (`COLLATE "C"` on PostgreSQL if it is sorted). Derive `FromRow` for a struct of `Uuid`, `bool`, `i64`, `String` and options
//! of them. Write each statement once, in a module for the table: `Statement::new("… WHERE id = $1").bind(id)`, run by
//! [`Database`]'s `all`, `optional` and `execute`, or in a transaction from `read` or `write`. Both kinds support `$1`,
//! `"user"` in quotes, `ON CONFLICT DO NOTHING`, `string_agg`, `NULLS FIRST` and `RETURNING`. Without `NULLS FIRST`, NULLs
//! sort first in SQLite and last in PostgreSQL. Add a database of the previous schema to `tests/samples/databases/`.

mod accounts;
mod answers;
mod connection;
mod cookies;
mod driver_error;
mod duty;
mod events;
mod inventory;
mod jobs;
mod list_version;
mod opening;
mod pools;
mod roles;
mod row;
mod sample_world;
mod saving;
mod sessions;
mod snapshot;
mod statement;
mod url;

pub use accounts::{Account, NameTaken};
pub use duty::{Candidate, Duty};
pub use roles::{RoleNameTaken, RoleRemoval};
pub use sample_world::SampleWorld;
pub use url::{DatabaseUrl, PostgresUrl};

use std::sync::Arc;

use tokio::sync::Semaphore;

use self::{driver_error::failed, pools::Pools, snapshot::Snapshot};

/// The database. Cheap to clone: clones share their connections.
#[derive(Debug, Clone)]
pub struct Database {
    pools: Pools,
    /// How many more lists may hold a state of the database.
    snapshots: Arc<Semaphore>,
    /// The state that this handle's lists show; without one, each shows the newest.
    snapshot: Option<Snapshot>,
}

impl Database {
    fn over(pools: Pools) -> Self {
        Self { snapshots: Arc::new(Semaphore::new(pools.snapshots())), pools, snapshot: None }
    }
}

/// The database's settings for durability.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Durability {
    /// SQLite's pragmas.
    Sqlite {
        /// `wal` for a file.
        journal_mode: String,
        /// `2` is FULL: a commit returns when it is on disk.
        synchronous: String,
        /// `1` is on.
        foreign_keys: String,
    },
    /// PostgreSQL's settings.
    Postgres {
        /// Anything but `off`: a commit returns when it is on disk.
        synchronous_commit: String,
        /// `on`, unless the server's administrator has turned it off.
        fsync: String,
    },
}
