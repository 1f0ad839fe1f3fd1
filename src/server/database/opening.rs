//! Opens a database: makes a new one, brings an older one up to date, refuses a newer one without touching it.

use std::{fs::OpenOptions, io, os::unix::fs::OpenOptionsExt, path::Path, time::Duration};

use sqlx::{
    ConnectOptions, Connection, SqliteConnection, SqlitePool,
    migrate::Migrator,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};

use super::{Database, DatabaseUrl};
use crate::server::Failure;

static MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");

const READERS: u32 = 4;
/// How long another process (the command line beside the server) may hold the write lock.
const BUSY: Duration = Duration::from_secs(10);
const ACQUIRE: Duration = Duration::from_secs(30);

impl Database {
    /// Opens the database, made and brought up to date as needed.
    pub async fn open(url: &DatabaseUrl) -> Result<Self, Failure> {
        match url {
            DatabaseUrl::Memory => Self::in_memory().await,
            DatabaseUrl::Sqlite(path) => Self::file(path).await,
        }
    }

    /// A single connection that is never given up, for the database lives in it.
    async fn in_memory() -> Result<Self, Failure> {
        let options = SqliteConnectOptions::new().in_memory(true).foreign_keys(true);
        let pool = SqlitePoolOptions::new().max_connections(1).min_connections(1).idle_timeout(None).max_lifetime(None);
        let pool = pool.connect_with(options).await.map_err(|error| cannot_open("memory", &error))?;
        migrate(&pool, "memory").await?;
        Ok(Self { reader: pool.clone(), writer: pool })
    }

    async fn file(path: &Path) -> Result<Self, Failure> {
        let shown = path.display().to_string();
        create_private(path).map_err(|error| cannot_open(&shown, &error))?;
        refuse_foreign(path).await?;
        let options = file_options(path);
        let pool = SqlitePoolOptions::new().acquire_timeout(ACQUIRE).test_before_acquire(false);
        let writer = pool.clone().max_connections(1).connect_with(options.clone()).await;
        let writer = writer.map_err(|error| cannot_open(&shown, &error))?;
        prove_writable(&writer, &shown).await?;
        migrate(&writer, &shown).await?;
        let reader = pool.max_connections(READERS).connect_with(options.pragma("query_only", "ON")).await;
        Ok(Self { reader: reader.map_err(|error| cannot_open(&shown, &error))?, writer })
    }
}

fn file_options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY)
}

/// Makes the file, for its owner alone: it will hold password hashes. SQLite gives its journal the same mode.
fn create_private(path: &Path) -> io::Result<()> {
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made.map(drop),
    }
}

/// Looks into the file before anything could change it: it may belong to a newer version, or to something else.
async fn refuse_foreign(path: &Path) -> Result<(), Failure> {
    let shown = path.display().to_string();
    let options = SqliteConnectOptions::new().filename(path).read_only(true).immutable(!has_journal(path));
    let mut connection = options.connect().await.map_err(|error| cannot_open(&shown, &error))?;
    let looked = versions(&mut connection).await.map_err(|error| cannot_open(&shown, &error));
    // A failure to close a connection that only read loses nothing.
    drop(connection.close().await);
    match looked? {
        Contents::Empty => Ok(()),
        Contents::Foreign => Err(Failure(format!("{shown} is a database of another program; it was left as it is."))),
        Contents::Ours(version) if MIGRATIONS.version_exists(version) => Ok(()),
        Contents::Ours(version) => Err(Failure(format!(
            "The database {shown} was written by a newer version of jobs-engine (schema {version}); \
             it was left as it is. Start that version, or name another database."
        ))),
    }
}

enum Contents {
    Empty,
    Foreign,
    Ours(i64),
}

async fn versions(connection: &mut SqliteConnection) -> sqlx::Result<Contents> {
    let tables: Vec<String> =
        sqlx::query_scalar("SELECT name FROM sqlite_schema WHERE type = 'table'").fetch_all(&mut *connection).await?;
    if tables.is_empty() {
        return Ok(Contents::Empty);
    }
    if !tables.iter().any(|table| table == "_sqlx_migrations") {
        return Ok(Contents::Foreign);
    }
    let newest: Option<i64> =
        sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations").fetch_one(connection).await?;
    Ok(newest.map_or(Contents::Empty, Contents::Ours))
}

/// Whether a journal waits beside the file. Without one the file can be read as immutable, which leaves nothing behind.
fn has_journal(path: &Path) -> bool {
    ["-wal", "-journal"].into_iter().any(|ending| {
        let mut journal = path.as_os_str().to_owned();
        journal.push(ending);
        Path::new(&journal).metadata().is_ok_and(|file| file.len() > 0)
    })
}

/// SQLite opens a file that it may not write for reading, silently.
async fn prove_writable(writer: &SqlitePool, shown: &str) -> Result<(), Failure> {
    let not_writable = |error| Failure(format!("The database {shown} is not writable: {error}."));
    let lock = writer.begin_with("BEGIN IMMEDIATE").await.map_err(not_writable)?;
    lock.rollback().await.map_err(not_writable)
}

async fn migrate(pool: &SqlitePool, shown: &str) -> Result<(), Failure> {
    MIGRATIONS
        .run(pool)
        .await
        .map_err(|error| Failure(format!("Cannot bring the database {shown} up to date: {error}.")))
}

fn cannot_open(shown: &str, error: &dyn std::error::Error) -> Failure {
    Failure(format!("Cannot open the database {shown}: {error}."))
}
