//! Opens a database: creates a new one, upgrades an older one, refuses a newer one without changing it.

mod postgres;
mod sqlite;

use std::time::Duration;

use sqlx::migrate::Migrator;

use super::{Database, DatabaseUrl, connection::Connection, statement::Statement};
use crate::{engine::StoreError, server::Failure};

/// How long a statement waits for a connection. With the time that it may then wait for a lock, this is well below the time
/// limit of a request.
const ACQUIRE: Duration = Duration::from_secs(8);

impl Database {
    /// Opens the database; creates or upgrades it if needed.
    pub async fn open(url: &DatabaseUrl) -> Result<Self, Failure> {
        match url {
            DatabaseUrl::Memory => sqlite::in_memory().await,
            DatabaseUrl::Sqlite(path) => sqlite::file(path).await,
            DatabaseUrl::Postgres(url) => postgres::open(url).await,
        }
        .map(Self::over)
    }
}

/// What a database contains before it is opened.
enum Contents {
    Empty,
    Foreign,
    Ours(i64),
}

impl Contents {
    /// Reads it. `tables` is the statement that lists all tables.
    async fn look(mut connection: Connection<'_>, tables: &'static str) -> Result<Self, StoreError> {
        let tables: Vec<(String,)> = connection.all(Statement::new(tables)).await?;
        if tables.is_empty() {
            return Ok(Self::Empty);
        }
        if !tables.iter().any(|(table,)| table == "_sqlx_migrations") {
            return Ok(Self::Foreign);
        }
        let newest: Option<(Option<i64>,)> =
            connection.optional(Statement::new("SELECT max(version) FROM _sqlx_migrations")).await?;
        Ok(newest.and_then(|(version,)| version).map_or(Self::Empty, Self::Ours))
    }

    /// Refuses a database of a newer version, or of another program.
    fn refuse_foreign(&self, migrations: &Migrator, shown: &str) -> Result<(), Failure> {
        match *self {
            Self::Empty => Ok(()),
            Self::Foreign => Err(Failure(format!("{shown} is a database of another program; it was not changed."))),
            Self::Ours(version) if migrations.version_exists(version) => Ok(()),
            Self::Ours(version) => Err(Failure(format!(
                "The database {shown} was written by a newer version of jobs-engine (schema {version}); \
                 it was not changed. Start that version, or name another database."
            ))),
        }
    }
}

fn cannot_open(shown: &str, error: impl std::fmt::Display) -> Failure {
    Failure(format!("Cannot open the database {shown}: {error}."))
}

fn cannot_migrate(shown: &str, error: impl std::fmt::Display) -> Failure {
    Failure(format!("Cannot upgrade the database {shown}: {error}."))
}
