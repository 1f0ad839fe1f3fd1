//! Runs statements on a connection of either kind.

use std::{io, time::Duration};

use sqlx::{
    FromRow, PgConnection, Postgres, Sqlite, SqliteConnection, Transaction as SqlxTransaction, pool::PoolConnection,
    postgres::PgRow, query_as_with, query_with, sqlite::SqliteRow,
};
use tokio::time::timeout;

use super::{failed, statement::Statement};
use crate::engine::StoreError;

/// How long a PostgreSQL server may take for a statement. It ends statements earlier by itself, unless it is gone.
const PATIENCE: Duration = Duration::from_secs(12);

/// Waits for PostgreSQL, but not for ever: a machine that is gone closes no connection.
pub(super) async fn patient<T>(statement: impl Future<Output = sqlx::Result<T>> + Send) -> sqlx::Result<T> {
    match timeout(PATIENCE, statement).await {
        Ok(done) => done,
        Err(_) => Err(sqlx::Error::Io(io::ErrorKind::TimedOut.into())),
    }
}

/// A type that rows of both kinds can be read into. `#[derive(FromRow)]` implements it for structs of [`uuid::Uuid`], `String`,
/// `i64`, `bool`, `Vec<u8>`, and options of them.
pub(super) trait AnyRow: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

impl<T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin> AnyRow for T {}

/// A borrowed connection.
#[derive(Debug)]
pub(super) enum Connection<'c> {
    /// To SQLite.
    Sqlite(&'c mut SqliteConnection),
    /// To PostgreSQL.
    Postgres(&'c mut PgConnection),
}

impl Connection<'_> {
    /// Runs a statement, and returns how many rows it changed.
    pub(super) async fn execute(&mut self, statement: Statement) -> Result<u64, StoreError> {
        match self {
            Self::Sqlite(connection) => {
                let (sql, values) = statement.into_parts::<Sqlite>().map_err(failed)?;
                let done = query_with(sql, values).execute(&mut **connection).await;
                done.map(|done| done.rows_affected()).map_err(failed)
            }
            Self::Postgres(connection) => {
                let (sql, values) = statement.into_parts::<Postgres>().map_err(failed)?;
                let done = patient(query_with(sql, values).execute(&mut **connection)).await;
                done.map(|done| done.rows_affected()).map_err(failed)
            }
        }
    }

    /// All rows that a statement finds.
    pub(super) async fn all<T: AnyRow>(&mut self, statement: Statement) -> Result<Vec<T>, StoreError> {
        match self {
            Self::Sqlite(connection) => {
                let (sql, values) = statement.into_parts::<Sqlite>().map_err(failed)?;
                query_as_with(sql, values).fetch_all(&mut **connection).await.map_err(failed)
            }
            Self::Postgres(connection) => {
                let (sql, values) = statement.into_parts::<Postgres>().map_err(failed)?;
                patient(query_as_with(sql, values).fetch_all(&mut **connection)).await.map_err(failed)
            }
        }
    }

    /// The row that a statement finds, if any.
    pub(super) async fn optional<T: AnyRow>(&mut self, statement: Statement) -> Result<Option<T>, StoreError> {
        match self {
            Self::Sqlite(connection) => {
                let (sql, values) = statement.into_parts::<Sqlite>().map_err(failed)?;
                query_as_with(sql, values).fetch_optional(&mut **connection).await.map_err(failed)
            }
            Self::Postgres(connection) => {
                let (sql, values) = statement.into_parts::<Postgres>().map_err(failed)?;
                patient(query_as_with(sql, values).fetch_optional(&mut **connection)).await.map_err(failed)
            }
        }
    }
}

/// A connection for single statements.
#[derive(Debug)]
pub(super) enum Session {
    /// To SQLite.
    Sqlite(PoolConnection<Sqlite>),
    /// To PostgreSQL.
    Postgres(PoolConnection<Postgres>),
}

impl Session {
    /// To run a statement on.
    pub(super) fn connection(&mut self) -> Connection<'_> {
        match self {
            Self::Sqlite(held) => Connection::Sqlite(held),
            Self::Postgres(held) => Connection::Postgres(held),
        }
    }
}

/// A transaction; without a commit it is rolled back.
#[derive(Debug)]
pub(super) enum Transaction {
    /// In SQLite.
    Sqlite(SqlxTransaction<'static, Sqlite>),
    /// In PostgreSQL.
    Postgres(SqlxTransaction<'static, Postgres>),
}

impl Transaction {
    /// To run a statement on.
    pub(super) fn connection(&mut self) -> Connection<'_> {
        match self {
            Self::Sqlite(begun) => Connection::Sqlite(begun),
            Self::Postgres(begun) => Connection::Postgres(begun),
        }
    }

    /// Commits: on disk when this returns.
    pub(super) async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(begun) => begun.commit().await,
            Self::Postgres(begun) => patient(begun.commit()).await,
        }
        .map_err(failed)
    }
}
