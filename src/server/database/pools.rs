//! Connections for reading and writing, and transactions.

use sqlx::{PgPool, SqlitePool};
use uuid::Uuid;

use super::{
    Database, Durability,
    connection::{AnyRow, Session, Transaction, patient},
    failed,
    statement::Statement,
};
use crate::engine::StoreError;

/// The connections to a database of either kind.
#[derive(Debug, Clone)]
pub(super) enum Pools {
    /// SQLite, which has one writer at a time.
    Sqlite {
        /// Several read-only connections.
        reader: SqlitePool,
        /// A single connection, so that writers queue here and never find the database busy.
        writer: SqlitePool,
    },
    /// To PostgreSQL.
    Postgres(PgPool),
}

impl Pools {
    /// How many lists may hold a connection at once: half of the connections, so that others can read too. None where there is
    /// only one.
    pub(super) fn snapshots(&self) -> usize {
        let connections = match self {
            Self::Sqlite { reader, .. } => reader.options().get_max_connections(),
            Self::Postgres(pool) => pool.options().get_max_connections(),
        };
        usize::try_from(connections / 2).unwrap_or(0)
    }
}

impl Database {
    /// The settings of a writing connection.
    pub async fn durability(&self) -> Result<Durability, StoreError> {
        let mut session = self.writer().await?;
        let mut connection = session.connection();
        let mut ask = async |sql| {
            let row: Option<(String,)> = connection.optional(Statement::new(sql)).await?;
            Ok::<_, StoreError>(row.map(|(text,)| text).unwrap_or_default())
        };
        Ok(match &self.pools {
            Pools::Sqlite { .. } => Durability::Sqlite {
                journal_mode: ask("SELECT journal_mode FROM pragma_journal_mode").await?,
                synchronous: ask("SELECT CAST(synchronous AS TEXT) FROM pragma_synchronous").await?,
                foreign_keys: ask("SELECT CAST(foreign_keys AS TEXT) FROM pragma_foreign_keys").await?,
            },
            Pools::Postgres(_) => Durability::Postgres {
                synchronous_commit: ask("SELECT current_setting('synchronous_commit')").await?,
                fsync: ask("SELECT current_setting('fsync')").await?,
            },
        })
    }

    /// Waits for running statements and closes. SQLite's writer is closed last: it moves the journal into the database file.
    pub async fn close(&self) {
        match &self.pools {
            Pools::Sqlite { reader, writer } => {
                reader.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }

    /// Reads something, to see whether the database answers.
    pub async fn probe(&self) -> Result<(), StoreError> {
        self.all::<(Uuid,)>(Statement::new("SELECT id FROM job LIMIT 1")).await.map(drop)
    }

    /// All rows that a single statement finds.
    pub(super) async fn all<T: AnyRow>(&self, statement: Statement) -> Result<Vec<T>, StoreError> {
        self.reader().await?.connection().all(statement).await
    }

    /// The row that a single statement finds, if any.
    pub(super) async fn optional<T: AnyRow>(&self, statement: Statement) -> Result<Option<T>, StoreError> {
        self.reader().await?.connection().optional(statement).await
    }

    /// Runs a single writing statement, and returns how many rows it changed.
    pub(super) async fn execute(&self, statement: Statement) -> Result<u64, StoreError> {
        self.writer().await?.connection().execute(statement).await
    }

    /// A read-only transaction that sees one state of the database.
    pub(super) async fn read(&self) -> Result<Transaction, StoreError> {
        match &self.pools {
            Pools::Sqlite { reader, .. } => reader.begin().await.map(Transaction::Sqlite),
            // PostgreSQL's default shows each statement a newer state.
            Pools::Postgres(pool) => {
                let begin = pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
                patient(begin).await.map(Transaction::Postgres)
            }
        }
        .map_err(failed)
    }

    /// A transaction that may write.
    ///
    /// In SQLite it takes the write lock at once, since a later upgrade could fail. PostgreSQL locks rows that are written: the
    /// first statement must change the row of the job (or other subject), so that concurrent transactions on it wait.
    pub(super) async fn write(&self) -> Result<Transaction, StoreError> {
        match &self.pools {
            Pools::Sqlite { writer, .. } => writer.begin_with("BEGIN IMMEDIATE").await.map(Transaction::Sqlite),
            Pools::Postgres(pool) => patient(pool.begin()).await.map(Transaction::Postgres),
        }
        .map_err(failed)
    }

    async fn reader(&self) -> Result<Session, StoreError> {
        match &self.pools {
            Pools::Sqlite { reader, .. } => reader.acquire().await.map(Session::Sqlite),
            Pools::Postgres(pool) => pool.acquire().await.map(Session::Postgres),
        }
        .map_err(failed)
    }

    async fn writer(&self) -> Result<Session, StoreError> {
        match &self.pools {
            Pools::Sqlite { writer, .. } => writer.acquire().await.map(Session::Sqlite),
            Pools::Postgres(pool) => pool.acquire().await.map(Session::Postgres),
        }
        .map_err(failed)
    }
}
