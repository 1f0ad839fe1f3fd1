//! Runs statements on a connection, of whichever kind it is.

use sqlx::{
    FromRow, PgConnection, Postgres, Sqlite, SqliteConnection, Transaction as Begun, pool::PoolConnection,
    postgres::PgRow, query_as_with, query_with, sqlite::SqliteRow,
};

use super::{failed, statement::Statement};
use crate::engine::StoreError;

/// What a row of either kind can become. `#[derive(FromRow)]` does it for structs of [`uuid::Uuid`], `String`, `i64`,
/// `bool`, `Vec<u8>`, and options of them.
pub(super) trait AnyRow: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin {}

impl<T: for<'r> FromRow<'r, SqliteRow> + for<'r> FromRow<'r, PgRow> + Send + Unpin> AnyRow for T {}

/// A connection that somebody else holds.
#[derive(Debug)]
pub(super) enum Connection<'c> {
    /// To SQLite.
    Sqlite(&'c mut SqliteConnection),
    /// To PostgreSQL.
    Postgres(&'c mut PgConnection),
}

impl Connection<'_> {
    /// Runs a statement, and says how many rows it touched.
    pub(super) async fn execute(&mut self, statement: Statement) -> Result<u64, StoreError> {
        match self {
            Self::Sqlite(connection) => {
                let (sql, values) = statement.into_parts::<Sqlite>().map_err(failed)?;
                let done = query_with(sql, values).execute(&mut **connection).await;
                done.map(|done| done.rows_affected()).map_err(failed)
            }
            Self::Postgres(connection) => {
                let (sql, values) = statement.into_parts::<Postgres>().map_err(failed)?;
                let done = query_with(sql, values).execute(&mut **connection).await;
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
                query_as_with(sql, values).fetch_all(&mut **connection).await.map_err(failed)
            }
        }
    }

    /// The row that a statement finds, if it finds one.
    pub(super) async fn optional<T: AnyRow>(&mut self, statement: Statement) -> Result<Option<T>, StoreError> {
        match self {
            Self::Sqlite(connection) => {
                let (sql, values) = statement.into_parts::<Sqlite>().map_err(failed)?;
                query_as_with(sql, values).fetch_optional(&mut **connection).await.map_err(failed)
            }
            Self::Postgres(connection) => {
                let (sql, values) = statement.into_parts::<Postgres>().map_err(failed)?;
                query_as_with(sql, values).fetch_optional(&mut **connection).await.map_err(failed)
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

/// Statements that happen together or not at all. Without a commit: not at all.
#[derive(Debug)]
pub(super) enum Transaction {
    /// In SQLite.
    Sqlite(Begun<'static, Sqlite>),
    /// In PostgreSQL.
    Postgres(Begun<'static, Postgres>),
}

impl Transaction {
    /// To run a statement on.
    pub(super) fn connection(&mut self) -> Connection<'_> {
        match self {
            Self::Sqlite(begun) => Connection::Sqlite(begun),
            Self::Postgres(begun) => Connection::Postgres(begun),
        }
    }

    /// Makes it happen: on disk when this returns.
    pub(super) async fn commit(self) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(begun) => begun.commit().await,
            Self::Postgres(begun) => begun.commit().await,
        }
        .map_err(failed)
    }
}
