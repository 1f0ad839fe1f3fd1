//! The database: the one place that knows SQL.
//!
//! Everything above speaks to [`Database`] alone. There are two kinds of it, SQLite and PostgreSQL, and one set of
//! statements for both: a table's module never asks which kind it works on.
//!
//! | module | what it is for |
//! |---|---|
//! | `url` | where a database is, as the command line says it |
//! | `opening` | makes a new one, brings an older one up to date, refuses a newer one |
//! | `pools` | the connections: who reads, who writes, transactions |
//! | `statement`, `connection` | a statement with its values, and running it on either kind |
//! | `row` | rows to and from the domain |
//! | `jobs`, `saving`, `accounts`, `roles`, `sessions`, `cookies`, `inventory`, `sample_world` | the tables |
//! | `duty` | work that only one process may do at a time |
//!
//! **To add a table:** create it in a new migration of the same number and name in `migrations/sqlite` and
//! `migrations/postgres` (an id is BLOB there and UUID here, yes or no INTEGER and BOOLEAN, a count or a time INTEGER and
//! BIGINT, words TEXT on both, `COLLATE "C"` on PostgreSQL where they are sorted). Derive `FromRow` for a struct of its
//! columns in Rust's `Uuid`, `bool`, `i64`, `String` and options of them. Write each statement once, in a module of the
//! table's own: `Statement::new("… WHERE id = $1").bind(id)`, run by [`Database`]'s `all`, `optional` and `execute`, or
//! by a transaction from its `read` and `write`. Both kinds know `$1`, `"user"` in quotes, `ON CONFLICT DO NOTHING`,
//! `string_agg`, `NULLS FIRST` and `RETURNING`. NULLs sort first in SQLite and last in PostgreSQL, unless it is said.
//! Keep a database of the schema before yours in `tests/samples/databases/`.

mod accounts;
mod connection;
mod cookies;
mod duty;
mod inventory;
mod jobs;
mod opening;
mod pools;
mod roles;
mod row;
mod sample_world;
mod saving;
mod sessions;
mod statement;
mod url;

pub use accounts::{Account, NameTaken};
pub use duty::{Candidate, Duty};
pub use roles::{RoleNameTaken, RoleRemoval};
pub use sample_world::SampleWorld;
pub use url::{DatabaseUrl, PostgresUrl};

use self::pools::Pools;
use crate::engine::StoreError;

/// Jobs, users and the sample world's seed. Cheap to clone: the clones share their connections.
#[derive(Debug, Clone)]
pub struct Database(Pools);

/// How safely the database keeps what it was given, in its own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Durability {
    /// SQLite's pragmas.
    Sqlite {
        /// `wal` for a file.
        journal_mode: String,
        /// `2` is FULL: each commit is on disk before it is answered.
        synchronous: String,
        /// `1` is on.
        foreign_keys: String,
    },
    /// PostgreSQL's settings.
    Postgres {
        /// Anything but `off`: each commit is on disk before it is answered.
        synchronous_commit: String,
        /// `on`, unless the administrator of the server has given up on safety.
        fsync: String,
    },
}

fn failed(error: sqlx::Error) -> StoreError {
    StoreError(error.to_string())
}
