//! SQLite: a file, or memory.

use std::{fs::OpenOptions, io, os::unix::fs::OpenOptionsExt, path::Path, time::Duration};

use sqlx::{
    ConnectOptions, Connection as _, SqliteConnection, SqlitePool,
    migrate::Migrator,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tokio::signal::unix::{SignalKind, signal};

use super::{ACQUIRE, Contents, cannot_migrate, cannot_open};
use crate::server::{
    Failure,
    database::{connection::Connection, pools::Pools},
};

static MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");

const READERS: u32 = 4;
/// How long another process, such as the command line, may hold the write lock.
const BUSY: Duration = Duration::from_secs(5);
/// Connections are replaced this often, so that one that no longer works does not stay: for example one from a time when the
/// file system was read-only.
const LIFETIME: Duration = Duration::from_secs(60);

/// SIGXFSZ: what the system sends to a program that writes more to a file than `RLIMIT_FSIZE` allows.
const FILE_TOO_LARGE: SignalKind = SignalKind::from_raw(25);

/// A single connection that is never closed, since the database lives in it.
pub(super) async fn in_memory() -> Result<Pools, Failure> {
    let options = SqliteConnectOptions::new().in_memory(true).foreign_keys(true);
    let pool = SqlitePoolOptions::new().max_connections(1).min_connections(1).idle_timeout(None).max_lifetime(None);
    let pool = pool.connect_with(options).await.map_err(|error| cannot_open("memory", error))?;
    migrate(&pool, "memory").await?;
    Ok(Pools::Sqlite { reader: pool.clone(), writer: pool })
}

pub(super) async fn file(path: &Path) -> Result<Pools, Failure> {
    let shown = path.display().to_string();
    survive_file_limit().map_err(|error| cannot_open(&shown, error))?;
    create_private(path).map_err(|error| cannot_open(&shown, error))?;
    refuse_foreign(path, &shown).await?;
    let options = file_options(path);
    let pool = SqlitePoolOptions::new().acquire_timeout(ACQUIRE).test_before_acquire(false).max_lifetime(LIFETIME);
    let pool = pool.after_release(|connection, _| Box::pin(is_usable(connection)));
    let writer = pool.clone().max_connections(1).connect_with(options.clone()).await;
    let writer = writer.map_err(|error| cannot_open(&shown, error))?;
    prove_writable(&writer, &shown).await?;
    migrate(&writer, &shown).await?;
    let reader = pool.max_connections(READERS).connect_with(options.pragma("query_only", "ON")).await;
    Ok(Pools::Sqlite { reader: reader.map_err(|error| cannot_open(&shown, error))?, writer })
}

/// Whether a connection may be used again. SQLite ends the transaction by itself after some errors, such as a full disk; sqlx does
/// not notice, and would refuse every later transaction.
async fn is_usable(connection: &mut SqliteConnection) -> sqlx::Result<bool> {
    // Waits for a rollback that has been asked for.
    connection.ping().await?;
    Ok(!connection.is_in_transaction())
}

fn file_options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY)
}

/// Makes a write beyond `RLIMIT_FSIZE` an error. Without a handler the signal ends the program; tokio's handler stays after this.
fn survive_file_limit() -> io::Result<()> {
    signal(FILE_TOO_LARGE).map(drop)
}

/// Creates the file, readable by its owner only, since it will contain password hashes. SQLite uses the same mode for its
/// journal.
fn create_private(path: &Path) -> io::Result<()> {
    match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => made.map(drop),
    }
}

async fn refuse_foreign(path: &Path, shown: &str) -> Result<(), Failure> {
    let options = SqliteConnectOptions::new().filename(path).read_only(true).immutable(!has_journal(path));
    let mut connection = options.connect().await.map_err(|error| cannot_open(shown, error))?;
    let tables = "SELECT name FROM sqlite_schema WHERE type = 'table'";
    let looked = Contents::look(Connection::Sqlite(&mut connection), tables).await;
    // The connection only read, so an error here loses nothing.
    drop(connection.close().await);
    looked.map_err(|error| cannot_open(shown, error.text))?.refuse_foreign(&MIGRATIONS, shown)
}

/// Whether there is a journal beside the file. Without one the file can be opened as immutable, which creates no other files.
fn has_journal(path: &Path) -> bool {
    ["-wal", "-journal"].into_iter().any(|ending| {
        let mut journal = path.as_os_str().to_owned();
        journal.push(ending);
        Path::new(&journal).metadata().is_ok_and(|file| file.len() > 0)
    })
}

/// Checks that the file is writable, with a change that is rolled back: SQLite opens a read-only file without an error, and
/// even grants the write lock.
async fn prove_writable(writer: &SqlitePool, shown: &str) -> Result<(), Failure> {
    let not_writable = |error| Failure(format!("The database {shown} is not writable: {error}."));
    let mut trial = writer.begin_with("BEGIN IMMEDIATE").await.map_err(not_writable)?;
    sqlx::query("CREATE TABLE trial (x)").execute(&mut *trial).await.map_err(not_writable)?;
    trial.rollback().await.map_err(not_writable)
}

async fn migrate(pool: &SqlitePool, shown: &str) -> Result<(), Failure> {
    MIGRATIONS.run(pool).await.map_err(|error| cannot_migrate(shown, error))
}
