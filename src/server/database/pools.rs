//! The connections: who reads, who writes, and what a transaction may count on.

use sqlx::{PgPool, SqlitePool};

use super::{
    Database, Durability,
    connection::{AnyRow, Session, Transaction},
    failed,
    statement::Statement,
};
use crate::engine::StoreError;

/// The connections to a database of either kind.
#[derive(Debug, Clone)]
pub(super) enum Pools {
    /// To SQLite, which has one writer at a time.
    Sqlite {
        /// Several connections; none of them may write.
        reader: SqlitePool,
        /// A single connection, so that writers queue here instead of finding the database busy.
        writer: SqlitePool,
    },
    /// To PostgreSQL.
    Postgres(PgPool),
}

impl Database {
    /// Asks a connection that writes how safely it does.
    pub async fn durability(&self) -> Result<Durability, StoreError> {
        let mut session = self.writer().await?;
        let mut connection = session.connection();
        let mut ask = async |sql| {
            let row: Option<(String,)> = connection.optional(Statement::new(sql)).await?;
            Ok::<_, StoreError>(row.map(|(text,)| text).unwrap_or_default())
        };
        Ok(match &self.0 {
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

    /// Waits for what is under way and closes. SQLite's writer goes last: it moves the journal into the database file.
    pub async fn close(&self) {
        match &self.0 {
            Pools::Sqlite { reader, writer } => {
                reader.close().await;
                writer.close().await;
            }
            Pools::Postgres(pool) => pool.close().await,
        }
    }

    /// All rows that a single statement finds.
    pub(super) async fn all<T: AnyRow>(&self, statement: Statement) -> Result<Vec<T>, StoreError> {
        self.reader().await?.connection().all(statement).await
    }

    /// The row that a single statement finds, if it finds one.
    pub(super) async fn optional<T: AnyRow>(&self, statement: Statement) -> Result<Option<T>, StoreError> {
        self.reader().await?.connection().optional(statement).await
    }

    /// Runs a single statement that writes, and says how many rows it touched.
    pub(super) async fn execute(&self, statement: Statement) -> Result<u64, StoreError> {
        self.writer().await?.connection().execute(statement).await
    }

    /// A transaction that may only read, and sees one state of the database throughout.
    pub(super) async fn read(&self) -> Result<Transaction, StoreError> {
        match &self.0 {
            Pools::Sqlite { reader, .. } => reader.begin().await.map(Transaction::Sqlite),
            // By itself PostgreSQL would show each statement the state of its own moment.
            Pools::Postgres(pool) => {
                pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await.map(Transaction::Postgres)
            }
        }
        .map_err(failed)
    }

    /// A transaction that may write.
    ///
    /// SQLite's takes the one write lock at once: a later upgrade of a reading one could fail. PostgreSQL locks what is
    /// written: the first statement must change the row of the job (or whatever the transaction is about), which makes
    /// everybody else who wants to change it wait, and then see what became of it.
    pub(super) async fn write(&self) -> Result<Transaction, StoreError> {
        match &self.0 {
            Pools::Sqlite { writer, .. } => writer.begin_with("BEGIN IMMEDIATE").await.map(Transaction::Sqlite),
            Pools::Postgres(pool) => pool.begin().await.map(Transaction::Postgres),
        }
        .map_err(failed)
    }

    async fn reader(&self) -> Result<Session, StoreError> {
        match &self.0 {
            Pools::Sqlite { reader, .. } => reader.acquire().await.map(Session::Sqlite),
            Pools::Postgres(pool) => pool.acquire().await.map(Session::Postgres),
        }
        .map_err(failed)
    }

    async fn writer(&self) -> Result<Session, StoreError> {
        match &self.0 {
            Pools::Sqlite { writer, .. } => writer.acquire().await.map(Session::Sqlite),
            Pools::Postgres(pool) => pool.acquire().await.map(Session::Postgres),
        }
        .map_err(failed)
    }
}
