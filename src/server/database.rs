//! The database: the one place that knows SQL.
//!
//! Everything above speaks to [`Database`] alone. A second kind of database becomes a second implementation inside of this
//! module, and neither the engine nor the rest of the server notices.

mod accounts;
mod jobs;
mod opening;
mod row;
mod sample_world;
mod saving;
mod url;

use sqlx::{Sqlite, SqlitePool, Transaction};

pub use accounts::{Account, NameTaken};
pub use sample_world::SampleWorld;
pub use url::DatabaseUrl;

use crate::engine::StoreError;

/// Jobs, users and the sample world's seed, in SQLite. Cheap to clone: the clones share their connections.
#[derive(Debug, Clone)]
pub struct Database {
    /// Several connections; none of them may write.
    reader: SqlitePool,
    /// A single connection, so that writers queue here instead of finding the database busy.
    writer: SqlitePool,
}

/// How safely the database keeps what it was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Durability {
    /// `PRAGMA journal_mode`: `wal` for a file.
    pub journal_mode: String,
    /// `PRAGMA synchronous`: 2 is FULL, each commit is on disk before it is answered.
    pub synchronous: i64,
    /// `PRAGMA foreign_keys`: 1 is on.
    pub foreign_keys: i64,
}

impl Database {
    /// Asks the connection that writes how safely it does.
    pub async fn durability(&self) -> Result<Durability, StoreError> {
        let mut connection = self.writer.acquire().await.map_err(failed)?;
        Ok(Durability {
            journal_mode: sqlx::query_scalar("PRAGMA journal_mode")
                .fetch_one(&mut *connection)
                .await
                .map_err(failed)?,
            synchronous: sqlx::query_scalar("PRAGMA synchronous").fetch_one(&mut *connection).await.map_err(failed)?,
            foreign_keys: sqlx::query_scalar("PRAGMA foreign_keys")
                .fetch_one(&mut *connection)
                .await
                .map_err(failed)?,
        })
    }

    /// Waits for what is under way and closes. The writer goes last: it moves the journal into the database file.
    pub async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
    }

    /// A transaction that may only read, and sees one state of the database throughout.
    async fn read(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        self.reader.begin().await.map_err(failed)
    }

    /// A transaction that may write. It takes the write lock at once: a later upgrade of a reading one could fail.
    async fn write(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        self.writer.begin_with("BEGIN IMMEDIATE").await.map_err(failed)
    }
}

fn failed(error: sqlx::Error) -> StoreError {
    StoreError(error.to_string())
}
