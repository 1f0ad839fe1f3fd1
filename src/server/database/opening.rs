//! Opens a database: makes a new one, brings an older one up to date, refuses a newer one without touching it.

mod postgres;
mod sqlite;

use std::time::Duration;

use sqlx::migrate::Migrator;

use super::{Database, DatabaseUrl, connection::Connection, statement::Statement};
use crate::{engine::StoreError, server::Failure};

/// How long a statement waits for a connection.
const ACQUIRE: Duration = Duration::from_secs(30);

impl Database {
    /// Opens the database, made and brought up to date as needed.
    pub async fn open(url: &DatabaseUrl) -> Result<Self, Failure> {
        match url {
            DatabaseUrl::Memory => sqlite::in_memory().await,
            DatabaseUrl::Sqlite(path) => sqlite::file(path).await,
            DatabaseUrl::Postgres(url) => postgres::open(url).await,
        }
        .map(Self)
    }
}

/// What is in a database before anything of ours has touched it.
enum Contents {
    Empty,
    Foreign,
    Ours(i64),
}

impl Contents {
    /// Looks. `tables` is the statement that lists the names of all tables.
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

    /// Refuses what belongs to a newer version, or to something else.
    fn refuse_foreign(&self, migrations: &Migrator, shown: &str) -> Result<(), Failure> {
        match *self {
            Self::Empty => Ok(()),
            Self::Foreign => Err(Failure(format!("{shown} is a database of another program; it was left as it is."))),
            Self::Ours(version) if migrations.version_exists(version) => Ok(()),
            Self::Ours(version) => Err(Failure(format!(
                "The database {shown} was written by a newer version of jobs-engine (schema {version}); \
                 it was left as it is. Start that version, or name another database."
            ))),
        }
    }
}

fn cannot_open(shown: &str, error: impl std::fmt::Display) -> Failure {
    Failure(format!("Cannot open the database {shown}: {error}."))
}

fn cannot_migrate(shown: &str, error: impl std::fmt::Display) -> Failure {
    Failure(format!("Cannot bring the database {shown} up to date: {error}."))
}
